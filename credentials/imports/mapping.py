"""Which column of a file feeds which field, and what stands in for empty or foreign words."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from credentials.imports.columns import COLUMNS, REQUIRED
from credentials.imports.problems import SheetError
from credentials.imports.values import tidy


@dataclass(frozen=True)
class Mapping:
    """How a file is read. `columns` maps a field to the file's column that feeds it.

    `defaults` maps a field to what an empty cell means. `translations` maps a field to
    {word in the file: word of ours}. `reference_from` names columns that together identify a row
    in a file that has no references of its own.
    """

    columns: dict[str, str]
    defaults: dict[str, str] = field(default_factory=dict)
    translations: dict[str, dict[str, str]] = field(default_factory=dict)
    reference_from: tuple[str, ...] = ()

    @classmethod
    def from_options(
        cls,
        headers: list[str],
        *,
        columns: Iterable[str] = (),
        defaults: Iterable[str] = (),
        values: Iterable[str] = (),
        reference_from: str = "",
    ) -> "Mapping":
        """Match columns by name, then as told. Raises SheetError with a sentence.

        Options are written COLUMN=FIELD, FIELD=VALUE and FIELD:WORD=VALUE; one column may feed
        several fields.
        """
        matched = automatic(headers)
        for name, target in (_pair(option, "COLUMN=FIELD") for option in columns):
            matched[_field(target)] = _header(name, headers)
        return cls(
            columns=matched,
            defaults={_field(k): v for k, v in (_pair(o, "FIELD=VALUE") for o in defaults)},
            translations=translations_from(values),
            reference_from=tuple(
                _header(name, headers) for name in reference_from.split(",") if name.strip()
            ),
        )

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Mapping":
        """The reverse of `as_data`."""
        return cls(**{**data, "reference_from": tuple(data.get("reference_from", ()))})

    def as_data(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return asdict(self)

    def require_complete(self) -> None:
        """Raise SheetError when a required field has neither column nor value."""
        fed = {*self.columns, *self.defaults} | ({"reference"} if self.reference_from else set())
        missing = [name for name in REQUIRED if name not in fed]
        if missing:
            raise SheetError(
                _(
                    "No column is given for: %s. Name the column that holds it, or a value that "
                    "every row shall have."
                )
                % ", ".join(missing)
            )
        if "reference" in self.defaults:
            raise SheetError(_("Rows cannot share one reference. Name the column that holds it."))

    def unused(self, headers: list[str]) -> list[str]:
        """Columns of the file that nothing is imported from."""
        used = {*self.columns.values(), *self.reference_from}
        return [header for header in headers if header and header not in used]

    def source_of(self, name: str) -> str:
        """The file's name for where a field's text comes from."""
        if name == "reference" and self.reference_from:
            return ", ".join(self.reference_from)
        return self.columns.get(name, name)

    def texts(self, cells: dict[str, str]) -> dict[str, str]:
        """The tidied and translated text of each field that the row or a default fills."""
        found = {name: self._text(name, cells.get(header, "")) for name, header in self._fed()}
        for name, value in self.defaults.items():
            if not found.get(name):
                found[name] = tidy(value)
        if self.reference_from:
            found["reference"] = made_reference([cells.get(c, "") for c in self.reference_from])
        return {name: text for name, text in found.items() if text}

    def _fed(self) -> Iterable[tuple[str, str]]:
        return self.columns.items()

    def _text(self, name: str, cell: str) -> str:
        text = tidy(cell)
        return self.translations.get(name, {}).get(_word(cell), text)


def automatic(headers: list[str]) -> dict[str, str]:
    """Match the file's columns by our names and labels, whatever their case and spacing."""
    return {
        name: header
        for header in headers
        if (name := re.sub(r"\W+", "_", header.lower())) in COLUMNS
    }


def translations_from(options: Iterable[str]) -> dict[str, dict[str, str]]:
    """Read FIELD:WORD=VALUE options. Raises SheetError."""
    found: dict[str, dict[str, str]] = {}
    for left, value in (_pair(option, "FIELD:WORD=VALUE") for option in options):
        name, colon, word = left.partition(":")
        if not colon:
            raise SheetError(_("“%s” names no word: write FIELD:WORD=VALUE.") % left)
        found.setdefault(_field(name), {})[_word(word)] = value
    return found


def made_reference(cells: list[str]) -> str:
    """A stable reference from cells that identify a row: readable, and unique by its hash."""
    words = [tidy(cell).casefold() for cell in cells]
    if not any(words):
        return ""
    digest = hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:12]
    return f"{slugify(' '.join(words))[:80].strip('-')}-{digest}".lstrip("-")


def _word(text: str) -> str:
    return " ".join(text.split()).casefold()


def _pair(option: str, form: str) -> tuple[str, str]:
    left, equals, right = (
        option.rpartition("=") if form.startswith("COL") else option.partition("=")
    )
    if not equals or not left.strip():
        raise SheetError(
            _("“%(option)s” is not understood: write %(form)s.")
            % {
                "option": option,
                "form": form,
            }
        )
    return left.strip(), right.strip()


def _field(name: str) -> str:
    if name.strip() not in COLUMNS:
        raise SheetError(
            _("There is no field “%(name)s”. Fields are: %(known)s.")
            % {"name": name.strip(), "known": ", ".join(COLUMNS)}
        )
    return name.strip()


def _header(name: str, headers: list[str]) -> str:
    by_word = {_word(header): header for header in headers}
    if _word(name) not in by_word:
        raise SheetError(
            _("The file has no column “%(name)s”. It has: %(known)s.")
            % {"name": name.strip(), "known": ", ".join(headers)}
        )
    return by_word[_word(name)]
