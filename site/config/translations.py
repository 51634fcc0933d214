"""Keeps the translation catalogues: reads strings from the sources, merges and compiles them.

Python only, no GNU gettext: `make messages`. The theme's and the settings' strings go to `home`.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from config.environment import ROOT

LANGUAGE = "fr"
SOURCES = {
    "credentials": ["credentials"],
    "workflows": ["workflows"],
    "appeals": ["appeals"],
    "home": ["home", "templates", "site/config"],
}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_t": None,  # where `_` is the lazy one
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass(frozen=True)
class AppCatalogue:
    """The translations of one app: where they stand, and what they are made from."""

    app: str

    @property
    def po(self) -> Path:
        return ROOT / self.app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"

    @property
    def mo(self) -> Path:
        return self.po.with_suffix(".mo")

    def read(self) -> Catalog:
        """The catalogue as translators left it; an empty one when there is none yet."""
        if not self.po.exists():
            return Catalog(locale=LANGUAGE, charset="utf-8", fuzzy=False)
        with self.po.open("rb") as file:
            return read_po(file, locale=LANGUAGE)

    def updated(self) -> Catalog:
        """The catalogue with exactly the strings that the sources have now."""
        template = Catalog(charset="utf-8")
        for path, message, comments, context in strings(SOURCES[self.app]):
            place = (path.relative_to(ROOT).as_posix(), 0)
            template.add(message, locations=[place], auto_comments=comments, context=context)
        catalogue = self.read()
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        return catalogue

    def write(self, catalogue: Catalog) -> None:
        """Write the text for translators and the compiled file that Django reads."""
        self.po.parent.mkdir(parents=True, exist_ok=True)
        with self.po.open("wb") as file:
            write_po(file, catalogue, width=100, include_lineno=False, ignore_obsolete=True)
        self.mo.write_bytes(compiled(self.read()))


def strings(
    sources: list[str],
) -> Iterator[tuple[Path, str | tuple[str, ...], list[str], str | None]]:
    """Every translatable string below these folders: file, text, comments for translators, context.

    A text with a plural is a pair, singular first.
    """
    for folder in sources:
        for path in sorted((ROOT / folder).rglob("*")):
            source = _python_of(path)
            found = extract("python", BytesIO(source.encode()), KEYWORDS, ["Translators:"])
            for _line, message, comments, context in found:
                yield path, message, comments, context


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue in the binary format that Django reads."""
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """The texts that have no translation, or an unsure one."""
    return [
        str(message.id)
        for message in catalogue
        if message.id and (message.fuzzy or not all(_forms(message.string)))
    ]


def _forms(text: str | Sequence[str] | None) -> Sequence[str]:
    return [text or ""] if text is None or isinstance(text, str) else text


def _python_of(path: Path) -> str:
    """A Python source as it is, a template as the gettext calls in it; nothing for other files."""
    if path.suffix == ".py" and "migrations" not in path.parts:
        return path.read_text()
    if path.suffix in {".html", ".txt"} and "templates" in path.parts:
        calls = templatize(path.read_text(), origin=str(path))
        return "\n".join(line.strip() for line in calls.splitlines())
    return ""


def main() -> None:
    """Bring every catalogue up to date, and say what is left to translate."""
    for app in SOURCES:
        catalogue = AppCatalogue(app)
        updated = catalogue.updated()
        catalogue.write(updated)
        left = untranslated(updated)
        sys.stdout.write(f"{catalogue.po.relative_to(ROOT)}: {len(updated)} texts\n")
        sys.stdout.writelines(f"    to translate: {text}\n" for text in left)


if __name__ == "__main__":
    main()
