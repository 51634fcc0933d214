"""Tables as CSV or XLSX, row by row, so that a long one needs no more memory than a short one."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from credentials.spreadsheets import Echo, inert

Rows = Iterable[Sequence[object]]
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK = "\ufeff"  # so that spreadsheets show accents


def export(name: str, extension: str, rows: Rows) -> HttpResponseBase:
    """The rows as a download. Raises Http404 for another extension than csv or xlsx."""
    if extension == "csv":
        response: HttpResponseBase = StreamingHttpResponse(
            _csv(rows), content_type="text/csv; charset=utf-8"
        )
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    if extension == "xlsx":
        return _xlsx(name, rows)
    raise Http404


def _csv(rows: Rows) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield BYTE_ORDER_MARK
    for row in rows:
        yield writer.writerow([_safe(value) for value in row])


def _xlsx(name: str, rows: Rows) -> FileResponse:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("1")
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([_safe(value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    workbook.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX_TYPE)


def _safe(value: object) -> str:
    return inert(ILLEGAL_CHARACTERS_RE.sub("", str(value)))
