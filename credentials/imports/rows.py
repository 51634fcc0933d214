"""One row: from the texts of its cells to plain values, or to what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from credentials.choices import Kind, Language
from credentials.imports import children, values
from credentials.imports.columns import COLUMNS, REQUIRED
from credentials.imports.mapping import Mapping
from credentials.imports.problems import BadValue, Problem
from credentials.imports.sheets import SourceRow
from credentials.models import PAGE_TYPES, Offering

RELATIONS = ("outcomes", "assessments", "skills", "prerequisites", "partners", "sessions")
# Read from their columns, but not stored under their own names.
_JOINED = ("duration", "partner_kind", *children.SESSION_COLUMNS)
LAST_LATIN = "\u024f"


class Status(StrEnum):
    """What importing a row would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    INVALID = "invalid"


@dataclass
class CheckedRow:
    """A row after checking: plain values by field, problems, and `pk` of the page it matches."""

    line: int
    values: dict[str, Any]
    cells: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    status: Status = Status.NEW
    pk: int | None = None
    before: dict[str, Any] | None = None

    @property
    def reference(self) -> str:
        """The stable reference, empty when the row has none."""
        return str(self.values.get("reference", ""))


class RowReader:
    """Reads rows of one file under one mapping; `refuse` adds a problem in the file's own words."""

    def __init__(self, headers: list[str], mapping: Mapping) -> None:
        self.headers = headers
        self.mapping = mapping

    def read(self, source: SourceRow) -> CheckedRow:
        """Parse every cell. Whatever is wrong is listed, not raised."""
        row = CheckedRow(source.line, {})
        width = len(self.headers)
        if any(cell.strip() for cell in source.cells[width:]):
            row.problems.append(_too_wide(source, width))
            return row
        row.cells = dict(zip(self.headers, source.cells, strict=False))
        texts = self.mapping.texts(row.cells)
        for name in REQUIRED:
            if name not in texts:
                remedy = _("Fill it in, or give a value for all rows that leave it empty.")
                self.refuse(row, texts, name, BadValue("empty", _("It is empty."), remedy))
        for name, text in texts.items():
            self._attempt(row, texts, name, lambda n=name, t=text: self._parse(row, n, t))  # type: ignore[misc]
        if not row.problems:
            self._join(row, texts)
        return row

    def refuse(self, row: CheckedRow, texts: dict[str, str], name: str, why: BadValue) -> None:
        """Add a problem with a field, named as its column is named in the file."""
        source = self.mapping.source_of(name)
        cell = row.cells.get(source) or texts.get(name, "")
        told = {(problem.column, problem.code) for problem in row.problems}
        if (source, why.code) not in told:
            row.problems.append(Problem(row.line, source, cell, why.code, why.reason, why.remedy))

    def _attempt(
        self, row: CheckedRow, texts: dict[str, str], name: str, step: Callable[[], None]
    ) -> None:
        try:
            step()
        except BadValue as why:
            self.refuse(row, texts, name, why)

    def _parse(self, row: CheckedRow, name: str, text: str) -> None:
        value = COLUMNS[name].parse(text)
        if name in RELATIONS or name in _JOINED or name in ("kind", "academic_unit"):
            row.values[name] = value
            return
        model = _model_with(name)
        checked = values.checked(model, name, value)
        row.values[name] = value if not isinstance(checked, str) else checked

    def _join(self, row: CheckedRow, texts: dict[str, str]) -> None:
        """Join what several columns say together."""
        checks = {
            "title": self._check_script,
            "category": self._settle_category,
            "duration": self._settle_duration,
            "partners": self._settle_partners,
            "session_starts": self._settle_sessions,
            "governing_policy": self._check_contract,
        }
        for name, check in checks.items():
            self._attempt(row, texts, name, lambda c=check: c(row.values))  # type: ignore[misc]
        for name in [n for n in row.values if n in COLUMNS and COLUMNS[n].kinds]:
            if row.values["kind"] in COLUMNS[name].kinds:
                continue
            value = row.values.pop(name)
            if value and name in self.mapping.columns:
                reason = _("This kind of offering has no such field.")
                self.refuse(row, texts, name, BadValue("kind", reason, _("Leave the cell empty.")))

    def _check_script(self, found: dict[str, Any]) -> None:
        letters = [c for c in found["title"] if c.isalpha()]
        foreign = sum(c > LAST_LATIN for c in letters)
        if found.get("language", Language.ENGLISH) != Language.OTHER and foreign * 2 > len(letters):
            raise BadValue(
                "script",
                _("The title is in another script than the language of instruction."),
                _("Set the language to mul, or correct the title."),
            )

    def _settle_category(self, found: dict[str, Any]) -> None:
        allowed = PAGE_TYPES[found["kind"]].allowed_categories
        by_default = "category" not in self.mapping.columns
        if found.get("category") not in allowed and (by_default or "category" not in found):
            found.pop("category", None)
        if "category" not in found and found["kind"] != Kind.COURSE:
            found["category"] = str(allowed[0])
        if found.get("category") not in allowed:
            raise BadValue(
                "category",
                _("It is not a category of this kind. FW-1"),
                _("Write one of: %s.") % ", ".join(map(str, allowed)),
            )

    def _settle_duration(self, found: dict[str, Any]) -> None:
        for name, value in found.pop("duration", {}).items():
            if not ({"hours", "weeks"} & found.keys()):
                found[name] = value

    def _settle_partners(self, found: dict[str, Any]) -> None:
        kind = found.pop("partner_kind", "")
        for partner in found.get("partners", []):
            partner["kind"] = partner["kind"] or kind
            if not partner["kind"]:
                raise BadValue(
                    "partner",
                    _("The kind of partner “%s” is not said.") % partner["name"],
                    _("Write it after the name, or give partner_kind a value for all rows."),
                )

    def _settle_sessions(self, found: dict[str, Any]) -> None:
        given = {name: found.pop(name) for name in children.SESSION_COLUMNS if name in found}
        if given:
            found["sessions"] = children.sessions(given)

    def _check_contract(self, found: dict[str, Any]) -> None:
        if found.get("contracted_for") and not found.get("governing_policy"):
            raise BadValue(
                "contract",
                _("Contracted delivery has no governing policy. FW-2"),
                _("Name the policy that governs it."),
            )


def _model_with(name: str) -> type[models.Model]:
    kinds = COLUMNS[name].kinds
    return PAGE_TYPES[kinds[0]] if kinds else Offering


def _too_wide(source: SourceRow, width: int) -> Problem:
    return Problem(
        source.line,
        str(width + 1),
        " ".join(source.cells[width:]),
        "width",
        _("The row has more cells than the header has columns."),
        _("Put cells that hold the delimiter in quotation marks, or name the extra column."),
    )
