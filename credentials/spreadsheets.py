"""What every table that people open in a spreadsheet needs."""

import re
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, WriteOnlyCell

# A spreadsheet runs a cell that begins so as a formula: also after spaces that it leaves out, and
# in the wide letters of East Asian keyboards. A sign alone, or a line of them, is none.
_SIGNS = r"=+\-@＝＋－＠"
_FORMULA = re.compile(f"[\\s\ufeff\u200b]*[{_SIGNS}][{_SIGNS}\\s]*[^{_SIGNS}\\s]|[\t\r]")
_TEXT = "s"  # openpyxl's name of a cell that stays text


def inert(text: str) -> str:
    """The text as a cell that stays text: a leading apostrophe where it looks like a formula.

    A number is given as a number, and stays one.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def printable(text: str) -> str:
    """The text without the characters that no workbook can hold."""
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


def text_cell(sheet: Any, text: str) -> Cell:
    """A cell of a workbook that is text, also once its sheet is saved as CSV."""
    cell = WriteOnlyCell(sheet, inert(printable(text)))
    cell.data_type = _TEXT
    return cell


class Echo:
    """A file for the CSV writer that hands each line back instead of storing it."""

    def write(self, line: str) -> str:
        return line
