"""Tables as downloads: in the language of who asked, inert in a spreadsheet."""

import csv
import datetime
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.http import Http404
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from credentials.admin.table_exports import export
from credentials.spreadsheets import inert

NOON = datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.UTC)


def text(response: Any) -> str:
    """What a download holds."""
    return b"".join(response.streaming_content).decode()


def workbook(table: list[list[object]]) -> Any:
    """The sheet that a spreadsheet opens."""
    response = export("notes", "xlsx", table)
    return load_workbook(io.BytesIO(b"".join(response.streaming_content))).active  # type: ignore[attr-defined]


def rows() -> Iterator[list[object]]:
    """Rows that are worded as they are written."""
    yield [_("Approved"), NOON]


def test_lines_are_written_in_the_language_and_time_of_who_asked() -> None:
    with translation.override("fr"), timezone.override(ZoneInfo("America/Vancouver")):
        response = export("decisions", "csv", rows())
        approved = _("Approved")
    assert text(response).strip("\ufeff").split(",") == [approved, "2026-07-01T05:00:00-07:00\r\n"]
    assert approved != "Approved"
    assert translation.get_language() == "en"


@pytest.mark.parametrize(
    "formula",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "  =1+1",
        "\u00a0=1+1",
        "\ufeff=1+1",
        "＝1+1",
        "－1+1",
        "==1",
        "\t1",
        "\r1",
        "\n=1+1",
    ],
)
def test_no_cell_is_a_formula(formula: str) -> None:
    table = text(export("notes", "csv", [[formula]])).removeprefix("\ufeff")
    assert next(csv.reader(io.StringIO(table, newline=""))) == [f"'{formula}"]
    (cell,) = workbook([["x"], [formula]])[2]
    assert cell.data_type == "s"
    # The apostrophe is in the cell: a workbook saved as CSV would run it otherwise.
    assert cell.value.replace("\r", "\n") == f"'{formula}".replace("\r", "\n")


def test_a_number_stays_a_number() -> None:
    row = [-5, Decimal("-0.5"), -1.5]
    assert text(export("notes", "csv", [row])).strip("\ufeff\r\n") == "-5,-0.5,-1.5"
    assert [cell.data_type for cell in workbook([["a"], row])[2]] == ["n", "n", "n"]


@pytest.mark.parametrize("words", ["-", "–", "a = b", "5 - 3", "'quoted'", "--", ""])
def test_words_that_are_no_formula_stay_as_they_are(words: str) -> None:
    assert inert(words) == words


def test_no_other_format_is_known() -> None:
    with pytest.raises(Http404):
        export("notes", "pdf", [])
