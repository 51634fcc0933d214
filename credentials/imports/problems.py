"""What is wrong with a file or a row, said so that the person can put it right."""

import csv
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from credentials.spreadsheets import inert


class SheetError(Exception):
    """The file as a whole cannot be imported; the message is a sentence with its remedy."""


class BadValue(Exception):
    """A cell that cannot become a field's value: why, and what to write instead."""

    def __init__(self, code: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.code, self.reason, self.remedy = code, reason, remedy


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one row. `line` counts from 1, the header being the first."""

    line: int
    column: str
    value: str
    code: str
    reason: str
    remedy: str

    def as_data(self) -> dict[str, Any]:
        """Plain data, for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        return _("Line %(line)s, %(column)s, “%(value)s”: %(reason)s %(remedy)s") % {
            "line": self.line,
            "column": self.column,
            "value": shortened(self.value),
            "reason": self.reason,
            "remedy": self.remedy,
        }


def shortened(text: str, length: int = 60) -> str:
    """Cut long cells so that a report stays readable."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


def write_report(problems: Iterable[Problem], stream: Any) -> None:
    """Write the whole report as CSV, safe to open in a spreadsheet."""
    writer = csv.writer(stream)
    writer.writerow([_("Line"), _("Column"), _("Value"), _("Reason"), _("Remedy")])
    for problem in problems:
        cells = (problem.column, problem.value, problem.reason, problem.remedy)
        writer.writerow([problem.line, *map(inert, cells)])
