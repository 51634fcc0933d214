"""Placeholders in braces: which ones a text uses, what is wrong with them, and filling them in.

What is filled in is never looked through again, so nothing that a person wrote can act as a
placeholder or a heading.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Set

from django.utils.translation import gettext as _

PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
HEADING = re.compile(r"^##[ \t]*(.+)$", re.MULTILINE)
BLANK_LINES = re.compile(r"\n{3,}")

Section = dict[str, str]


def used(text: str) -> frozenset[str]:
    """What a text has in braces."""
    return frozenset(PLACEHOLDER.findall(text))


def fill(text: str, words: Mapping[str, str]) -> str:
    """The text with its placeholders filled in. Raises KeyError naming one without words."""
    return PLACEHOLDER.sub(lambda found: words[found.group(1)], text)


def fill_lines(text: str, words: Mapping[str, str]) -> str:
    """The text filled in, without the lines for whose placeholders there are no words at all.

    So a text can name what only some messages have, such as the conditions of a decision.
    """
    kept = [line.rstrip() for line in text.splitlines() if not _is_idle(line, words)]
    return fill(BLANK_LINES.sub("\n\n", "\n".join(kept)).strip(), words).strip()


def fill_sections(text: str, words: Mapping[str, str]) -> Iterator[Section]:
    """What stands under each heading, “## Reasons”; a heading under which nothing stands is left
    out. What comes before the first heading is a section without one.
    """
    before, *rest = HEADING.split(text)
    for heading, body in zip(["", *rest[::2]], [before, *rest[1::2]], strict=True):
        if filled := fill_lines(body, words):
            yield {"heading": fill(heading.strip(), words), "text": filled}


def as_text(sections: Iterable[Section]) -> str:
    """Sections as the text of an e-mail."""
    parts = (f"{section['heading']}\n{section['text']}" for section in sections)
    return "\n\n".join(part.strip() for part in parts)


def unknown(text: str, allowed: Set[str]) -> list[str]:
    """Sentences about placeholders that this text cannot use; each names what it can use."""
    if not (found := used(text) - allowed):
        return []
    return [
        _("{%(name)s} is not known in this letter. Use: %(allowed)s.")
        % {
            "name": "}, {".join(sorted(found)),
            "allowed": ", ".join(f"{{{name}}}" for name in sorted(allowed)),
        }
    ]


def lacking(text: str, needed: Set[str]) -> list[str]:
    """Sentences about placeholders that this text must have and has not."""
    if not (found := needed - used(text)):
        return []
    return [
        _("This letter has to say {%(name)s}. Put it into the text.")
        % {"name": "}, {".join(sorted(found))}
    ]


def _is_idle(line: str, words: Mapping[str, str]) -> bool:
    names = used(line)
    return bool(names) and not any(words[name].strip() for name in names)
