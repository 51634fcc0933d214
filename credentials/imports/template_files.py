"""The template to fill in: our columns in their order, with one example row."""

import csv
import io

from openpyxl import Workbook
from openpyxl.styles import Font

from credentials.imports.columns import COLUMNS

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_template() -> bytes:
    """UTF-8 with a byte order mark, so that spreadsheets show accents."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    writer.writerow(column.example for column in COLUMNS.values())
    return stream.getvalue().encode("utf-8-sig")


def xlsx_template() -> bytes:
    """The template as a workbook, with a second sheet that says what each column means."""
    workbook = Workbook()
    sheet, help_sheet = workbook.worksheets[0], workbook.create_sheet("Help")
    sheet.title = "Offerings"
    sheet.append(list(COLUMNS))
    sheet.append([column.example for column in COLUMNS.values()])
    for column in COLUMNS.values():
        help_sheet.append([column.name, str(column.meaning), column.example])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()
