"""Reads CSV and XLSX as rows of text, one at a time, with the line each stands on."""

import csv
import datetime
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from credentials.imports.problems import SheetError

MAX_BYTES = 10 * 1024 * 1024
MAX_UNZIPPED_BYTES = 200 * 1024 * 1024
MAX_COLUMNS = 200
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t"}
ENCODINGS = ("utf-8-sig", "cp1252")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class SourceRow:
    """The cells of one row as text, and the line on which it begins."""

    line: int
    cells: list[str]


class Sheet:
    """A table in an open binary file: `headers`, and `rows()` as often as they are needed.

    Raises SheetError when the file is empty, too large, not a table or in an unknown encoding.
    """

    def __init__(self, stream: BinaryIO, *, encoding: str = "", delimiter: str = "") -> None:
        self.stream = stream
        start = self._start()
        self.is_workbook = start.startswith(b"PK\x03\x04")
        if not self.is_workbook:
            self.encoding = encoding or self._find_encoding(start)
            self.delimiter = DELIMITERS.get(delimiter, delimiter) or self._find_delimiter()
        self.headers = self._read_headers()

    def rows(self) -> Iterator[SourceRow]:
        """Yield the rows below the header that are not blank."""
        table = self._table()
        next(table)
        for row in table:
            if any(cell.strip() for cell in row.cells):
                yield row

    def _start(self) -> bytes:
        size = self.stream.seek(0, io.SEEK_END)
        self.stream.seek(0)
        if size > MAX_BYTES:
            raise SheetError(
                _("The file is larger than %(limit)s MB. Split it, and import the parts in turn.")
                % {"limit": MAX_BYTES // 1024 // 1024}
            )
        start = self.stream.read(8192)
        if not start.strip(b"\xef\xbb\xbf \t\r\n"):
            raise SheetError(_("The file is empty. Fill in the template and choose that file."))
        return start

    def _find_encoding(self, start: bytes) -> str:
        if start.startswith(UTF16_MARKS):
            return "utf-16"
        if b"\x00" in start:
            raise SheetError(
                _("This is not a CSV or XLSX file. Save the spreadsheet as CSV (UTF-8) or XLSX.")
            )
        for encoding in ENCODINGS:
            try:
                for _line in self._text(encoding):
                    pass
            except UnicodeDecodeError:
                continue
            return encoding
        raise SheetError(
            _("The file's encoding is neither UTF-8 nor Windows-1252. Save it as CSV UTF-8.")
        )

    def _find_delimiter(self) -> str:
        header = next(iter(self._text(self.encoding)), "")
        unquoted = "".join(header.split('"')[::2])
        return max(DELIMITERS.values(), key=unquoted.count)

    def _read_headers(self) -> list[str]:
        first = next(self._table(), None)
        headers = [" ".join(cell.split()) for cell in first.cells] if first else []
        while headers and not headers[-1]:
            headers.pop()
        if not headers:
            raise SheetError(_("The first line holds no column names. Put them there."))
        if len(headers) > MAX_COLUMNS:
            raise SheetError(_("The first line holds too many columns: is this a table?"))
        names = [header.casefold() for header in headers if header]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise SheetError(
                _("These columns appear twice: %s. Rename or remove one.") % ", ".join(twice)
            )
        return headers

    def _table(self) -> Iterator[SourceRow]:
        return self._workbook_rows() if self.is_workbook else self._csv_rows()

    def _text(self, encoding: str) -> Iterator[str]:
        self.stream.seek(0)
        text = io.TextIOWrapper(self.stream, encoding=encoding, newline="")
        try:
            for line in text:  # noqa: UP028 (`yield from` would close the file on the way out)
                yield line
        finally:
            text.detach()

    def _csv_rows(self) -> Iterator[SourceRow]:
        reader = csv.reader(self._text(self.encoding), delimiter=self.delimiter, strict=True)
        line = 1
        try:
            for cells in reader:
                yield SourceRow(line, cells)
                line = reader.line_num + 1
        except UnicodeDecodeError as error:
            raise SheetError(
                _("The file is not in the encoding %s. Save it as CSV UTF-8.") % self.encoding
            ) from error
        except (csv.Error, LookupError) as error:
            raise SheetError(
                _(
                    "The row that begins on line %(line)s cannot be read (%(error)s). "
                    "Check its quotation marks, or save the spreadsheet as XLSX."
                )
                % {"line": line, "error": error}
            ) from error

    def _workbook_rows(self) -> Iterator[SourceRow]:
        self.stream.seek(0)
        try:
            with zipfile.ZipFile(self.stream) as archive:
                if sum(item.file_size for item in archive.infolist()) > MAX_UNZIPPED_BYTES:
                    raise SheetError(_("The workbook is too large. Split it into several files."))
            self.stream.seek(0)
            workbook = load_workbook(self.stream, read_only=True, data_only=True)
        except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
            raise SheetError(
                _("The workbook cannot be opened. Save it as XLSX or as CSV (UTF-8) again.")
            ) from error
        for line, cells in enumerate(workbook.worksheets[0].iter_rows(values_only=True), start=1):
            yield SourceRow(line, [_cell_text(cell) for cell in cells])


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
