"""The whole catalogue in one file."""

import csv
import io
import json
from typing import Any

import pytest

from credentials.api import exports
from credentials.record.projection import CatalogueEntry
from tests.credentials.catalogue.ledger_entries import append
from tests.factories import CourseFactory

pytestmark = pytest.mark.django_db


def text(response: Any) -> str:
    return b"".join(response.streaming_content).decode()


@pytest.fixture
def courses(root: Any, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """More offerings than are fetched or sent at once."""
    monkeypatch.setattr(exports, "LINES", 2)
    monkeypatch.setattr(exports, "CHUNK", 3)
    courses = [CourseFactory(parent=root, slug=f"course-{i}") for i in range(8)]
    for number, course in enumerate(courses):
        append(course, title=f"Course {number}")
    append(courses[0], "retired")
    append(courses[1], "withdrawn")
    return courses


def test_ndjson_holds_every_document_that_can_be_read(api: Any, courses: Any) -> None:
    response = api.response("/export.ndjson")
    assert response.headers["Content-Type"] == "application/x-ndjson"
    documents = [json.loads(line) for line in text(response).splitlines()]
    entries = CatalogueEntry.objects.current().visible().order_by("title_key")
    assert documents == [entry.document for entry in entries]
    assert len(documents) == 7
    assert documents[0]["status"] == "retired"


def test_csv_opens_in_a_spreadsheet_without_running_anything(api: Any, root: Any) -> None:
    append(CourseFactory(parent=root), title='=HYPERLINK("https://a.example")', summary="a, b\nc")
    rows = list(csv.DictReader(io.StringIO(text(api.response("/export.csv")))))
    assert rows[0]["title"] == '\'=HYPERLINK("https://a.example")'
    assert rows[0]["summary"] == "a, b\nc"
    assert (rows[0]["fee"], rows[0]["currency"], rows[0]["approved_by"]) == (
        "495.00",
        "CAD",
        "Committee",
    )


def test_an_empty_catalogue_is_an_empty_file(api: Any) -> None:
    assert text(api.response("/export.ndjson")) == ""
    assert text(api.response("/export.csv")).startswith("id,slug,title")


def test_as_of_a_past_day(api: Any, courses: Any) -> None:
    assert text(api.response("/export.ndjson", {"as_of": "2001-01-01"})) == ""
