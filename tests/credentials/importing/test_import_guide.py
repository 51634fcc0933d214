"""The guide's table is made from the columns that the importer reads."""

from config.environment import ROOT
from credentials.imports.columns import COLUMNS

GUIDE = ROOT / "docs" / "guides" / "importing.md"


def table() -> str:
    rows = [
        f"| `{column.name}` | {_escaped(str(column.meaning))}"
        f"{' **Required.**' if column.required else ''} | {_escaped(column.example)} |"
        for column in COLUMNS.values()
    ]
    return "\n".join(["| column | what it holds | example |", "|---|---|---|", *rows])


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def test_the_guide_lists_every_column_as_it_is_declared() -> None:
    assert table() in GUIDE.read_text(encoding="utf-8"), f"The guide should hold:\n{table()}"
