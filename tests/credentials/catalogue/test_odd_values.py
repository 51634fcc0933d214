"""Moments at the ends of the calendar and numbers that no column holds: refused in a sentence."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

MOMENTS = [
    "0001-01-01T00:00:00+14:00",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-14:00",
    "9999-12-31",
    "0000-01-01",
    "2016-12-31T23:59:60Z",
    "2026-01-01T00:00:00+99:00",
    "２０２６-01-01",
    "2026-1-1T",
    "-2026-01-01",
    "9" * 400,
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_moment_out_of_the_calendar(api: Any, root: Any, moment: str) -> None:
    for path in ("/offerings", "/facets", "/offerings/x", "/export.csv", "/export.ndjson"):
        response = api.response(path, {"as_of": moment})
        assert response.status_code == 422, (path, response.content)
        assert response.json()["errors"][0]["parameter"] == "as_of"


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_page_shows_no_error_for_it(root: Any, client: Client, moment: str) -> None:
    assert client.get("/catalogue/", {"as_of": moment}).status_code in (200, 400, 404)


@pytest.mark.parametrize(
    "moment", ["0001-01-01", "0001-01-01T00:00:00Z", "0001-01-02T00:00:00+14:00"]
)
def test_the_first_day_of_the_calendar_is_one(api: Any, root: Any, moment: str) -> None:
    assert api.get("/offerings", {"as_of": moment})["items"] == []


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/offerings", {"limit": "9" * 30}),
        ("/offerings", {"limit": "１"}),
        ("/offerings", {"limit": "1e3"}),
        ("/offerings", {"hours_min": "inf"}),
        ("/offerings", {"hours_max": "NaN"}),
        ("/offerings", {"fee_min": "1e999"}),
        ("/offerings", {"fee_max": "-Infinity"}),
        ("/offerings", {"starts_from": "２０２６-01-01"}),
        ("/offerings", {"starts_to": "0000-00-00"}),
        ("/changes", {"since": "9" * 30}),
        ("/changes", {"since": "-1"}),
        ("/changes", {"wait": "9" * 20}),
        ("/suggest", {"q": "a", "limit": "9" * 30}),
        ("/facets", {"osap": "２"}),
    ],
)
def test_a_number_that_is_none(api: Any, root: Any, path: str, query: dict[str, str]) -> None:
    assert api.refused(path, query)["errors"]


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "0"])
def test_a_version_that_no_row_can_have(api: Any, root: Any, number: str) -> None:
    assert api.response(f"/offerings/x/versions/{number}").status_code == 404
