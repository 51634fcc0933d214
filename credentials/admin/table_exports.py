"""Tables as CSV or XLSX, row by row, so that a long one needs no more memory than a short one."""

import csv
import datetime
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice, zip_longest
from typing import Any

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from credentials.spreadsheets import Echo, inert, printable, text_cell

Rows = Iterable[Sequence[object]]
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_FIRST = 50  # rows by which the width of columns is judged
NARROWEST, WIDEST = 10, 60  # characters
BYTE_ORDER_MARK = "\ufeff"  # so that spreadsheets show accents


def export(name: str, extension: str, rows: Rows) -> HttpResponseBase:
    """The rows as a download. Raises Http404 for another extension than csv or xlsx."""
    if extension == "csv":
        spoken = _as_asked(rows, translation.get_language(), timezone.get_current_timezone())
        response: HttpResponseBase = StreamingHttpResponse(
            spoken, content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    if extension == "xlsx":
        return export_workbook(name, [("1", rows)])
    raise Http404


def export_workbook(name: str, sheets: Iterable[tuple[str, Rows]]) -> FileResponse:
    """Several tables as one workbook, a sheet each, by their names."""
    workbook = Workbook(write_only=True)
    for title, rows in sheets:
        sheet = workbook.create_sheet(title)
        sheet.freeze_panes = "A2"
        _append(sheet, rows)
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    workbook.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)


def _append(sheet: Any, rows: Rows) -> None:
    """Headings in bold, columns as wide as the first rows ask, then row by row."""
    given = iter(rows)
    first = [[_cell(sheet, value) for value in row] for row in islice(given, SHOWN_FIRST)]
    for number, column in enumerate(zip_longest(*first), 1):
        longest = max(_length(cell) for cell in column)
        width = min(max(longest + 2, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, row in enumerate(first):
        sheet.append([_heading(cell) for cell in row] if number == 0 else row)
    for later in given:
        sheet.append([_cell(sheet, value) for value in later])


def _heading(cell: Cell) -> Cell:
    cell.font = Font(bold=True)
    return cell


def _length(cell: Cell | None) -> int:
    return 0 if cell is None or cell.value is None else len(str(cell.value))


def _as_asked(rows: Rows, language: str | None, zone: datetime.tzinfo | None) -> Iterator[str]:
    """Lines in the language and time zone of who asked: the admin's no longer hold by then."""
    lines = _csv(rows)
    while True:
        with translation.override(language), timezone.override(zone):
            line = next(lines, None)
        if line is None:
            return
        yield line


def _csv(rows: Rows) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield BYTE_ORDER_MARK
    for row in rows:
        yield writer.writerow([_written(value) for value in row])


def _cell(sheet: Any, value: object) -> Cell:
    """A number or a day stays one, so that a spreadsheet can reckon with it; text stays text."""
    if isinstance(value, datetime.datetime):
        # Spreadsheets know no time zones: the time is the institution's own.
        return WriteOnlyCell(
            sheet, timezone.make_naive(value) if timezone.is_aware(value) else value
        )
    if isinstance(value, int | float | Decimal | datetime.date) and not isinstance(value, bool):
        return WriteOnlyCell(sheet, value)
    return text_cell(sheet, "" if value is None else str(value))


def _written(value: object) -> str:
    if isinstance(value, int | float | Decimal):  # a negative number is no formula
        return str(value)
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.localtime(value).isoformat(timespec="seconds")
    return "" if value is None else inert(printable(str(value)))
