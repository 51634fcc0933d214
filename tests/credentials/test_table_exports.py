"""Tables as downloads: in the language of who asked, inert in a spreadsheet."""

import datetime
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.http import Http404
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from credentials.admin.table_exports import export

NOON = datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.UTC)


def text(response: Any) -> str:
    """What a download holds."""
    return b"".join(response.streaming_content).decode()


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


def test_no_cell_is_a_formula() -> None:
    assert "'=1+1" in text(export("notes", "csv", [["=1+1"]]))


def test_no_other_format_is_known() -> None:
    with pytest.raises(Http404):
        export("notes", "pdf", [])
