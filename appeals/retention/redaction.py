"""A copy of a case in which nobody is named, for sharing with those who learn from it. Pure.

What is known is replaced: names of appellant and first-instance deciders, whole and in parts,
addresses, numbers. What else tells who it was, only a person who reads it can say.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from appeals.models import Case, FirstInstanceDecider

SHORTEST_PART = 3  # letters: shorter parts of names are words of their own
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<!\w)\+?\d[\d\s().-]{6,}\d(?!\w)")


class Redaction:
    """Replaces what tells who it was.

    `words` are further ones, of whoever makes the copy; `contacts` all e-mail addresses and
    telephone numbers that the case ever had.
    """

    def __init__(  # noqa: PLR0913 (all that is known of a case)
        self,
        case: Case,
        deciders: Sequence[FirstInstanceDecider],
        people: Iterable[str] = (),
        words: Iterable[str] = (),
        contacts: Iterable[str] = (),
        marks: Sequence[str] = ("[appellant]", "[decision-maker]", "[staff]", "[removed]"),
    ) -> None:
        appellant, decider, staff, removed = marks
        self._removed = removed
        known = [
            (_parts(case.appellant_name), appellant),
            *((_parts(one.name), decider) for one in deciders),
            *((_parts(name), staff) for name in people),
            ([case.student_number], removed),
            ([word.strip() for word in words], removed),
        ]
        self._names = _Terms(known)
        filed = (case.appellant_email, case.appellant_phone)
        emails = [one.email for one in deciders]
        self._contacts = _Terms([([*filed, *contacts, *emails], removed)])

    def of(self, text: str) -> str:
        """The text, with a mark where something stood. Accents and case make no difference."""
        # Addresses first: they hold names, and what is left of one would not be known as one.
        text = self._contacts.replaced_in(unicodedata.normalize("NFC", text))
        text = EMAIL.sub(self._removed, text)
        text = PHONE.sub(self._removed, text)
        return self._names.replaced_in(text)


class _Terms:
    """What is known, with the mark that takes its place."""

    def __init__(self, known: Iterable[tuple[Iterable[str], str]]) -> None:
        self._marks = {
            plain(unicodedata.normalize("NFC", term.strip())): mark
            for found, mark in known
            for term in found
            if term.strip()
        }
        # The longest first: a whole name before its parts.
        longest_first = sorted(self._marks, key=len, reverse=True)
        self._pattern = re.compile(
            r"(?<!\w)(?:" + "|".join(re.escape(term) for term in longest_first) + r")(?!\w)"
        )

    def replaced_in(self, text: str) -> str:
        """The text, with marks. Accents and case make no difference."""
        pieces, end = [], 0
        for found in self._pattern.finditer(plain(text)) if self._marks else ():
            pieces += [text[end : found.start()], self._marks[found.group()]]
            end = found.end()
        return "".join([*pieces, text[end:]])


def plain(text: str) -> str:
    """The text letter by letter, without accents and in small letters: positions stay the same."""
    return "".join(_plain(letter) for letter in text)


def _plain(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[:1].lower()
    return base if len(base) == 1 else letter


def _parts(name: str) -> list[str]:
    """A name and the parts of it that are long enough to tell."""
    parts = re.split(r"[\s]+", name.strip())
    return [name.strip(), *(part for part in parts if len(part.strip(".,")) >= SHORTEST_PART)]
