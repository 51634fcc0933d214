"""One table of a report, as a sheet of its workbook and as a file of its own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Row = Sequence[object]


@dataclass(frozen=True)
class Sheet:
    """One table: its name, its headings, its rows, which can be read once.

    `key` names its file.
    """

    key: str
    name: str
    columns: list[str]
    rows: Iterable[Row]

    def table(self) -> Iterator[Row]:
        """Headings and rows."""
        yield self.columns
        yield from self.rows
