"""Small spreadsheets written by the tests themselves, and the command that imports them."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from wagtail.models import Page

ROW = {
    "reference": "CE-1",
    "kind": "course",
    "title": "Beekeeping for beginners",
    "category": "short_course",
    "summary": "Keep a first hive through the year.",
    "description": "From spring to winter.",
    "delivery_modes": "face_to_face",
    "hours": "12",
    "fee": "1,234.50",
    "skills": "Beekeeping | Hive safety",
    "outcomes": "LO1: Inspect a hive. | LO2: Feed a colony.",
    "session_starts": "2027-04-10",
    "session_places": "North Campus",
}

Sheets = Callable[..., Path]


@pytest.fixture
def sheet(tmp_path: Path) -> Sheets:
    """Write rows to a CSV file: `sheet({...}, {...})` completes each from a valid row."""

    def write(*changes: dict[str, str], delimiter: str = ",", encoding: str = "utf-8") -> Path:
        rows = [{**ROW, **change} for change in changes]
        path = tmp_path / "offerings.csv"
        path.write_bytes(as_csv(rows, delimiter).encode(encoding))
        return path

    return write


def as_csv(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    """The rows as CSV text, with every column that any of them has."""
    stream = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(stream, names, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


@pytest.fixture
def run_import(root: Page) -> Callable[..., str]:
    """Run the command under the catalogue and return what it says."""

    def run(path: Path, *options: Any, **named: Any) -> str:
        said = io.StringIO()
        call_command("import_offerings", str(path), *options, stdout=said, **named)
        return said.getvalue()

    return run
