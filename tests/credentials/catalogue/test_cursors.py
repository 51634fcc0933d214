"""Paging shows one catalogue, whatever is published meanwhile: nothing twice, nothing missing."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.credentials.catalogue.ledger_entries import append
from tests.factories import CourseFactory

pytestmark = pytest.mark.django_db

OFFERINGS = 6
TITLES = ["alpha", "Beta", "beta", "Éclair", "gamma", "zulu"]

publication = st.tuples(
    st.integers(0, OFFERINGS - 1),
    st.sampled_from(["", "", "", "retired", "withdrawn"]),
    st.sampled_from(TITLES),
    st.sampled_from(["0.00", "10.00", "99.50", None]),
)


class Undone(Exception):
    """Takes back what an example published."""


@pytest.fixture
def drafts(root: Any) -> list[Any]:
    return [CourseFactory(parent=root, slug=f"offering-{i}") for i in range(OFFERINGS)]


def publish(drafts: list[Any], standing: dict[str, str], step: Any) -> None:
    """Publish one step, and keep in `standing` what the list must hold after it."""
    index, event, title, amount = step
    offering = drafts[index]
    key = str(offering.uuid)
    if event and key not in standing:
        event = ""  # what does not stand cannot be retired or withdrawn
    fee = {"amount": amount, "currency": "CAD", "note": ""} if amount else None
    append(offering, event, **({} if event else {"title": title, "fee": fee}))
    if event:
        standing.pop(key)
    else:
        standing[key] = title


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    before=st.lists(publication, max_size=8),
    between=st.lists(st.lists(publication, max_size=3), max_size=8),
    sort=st.sampled_from(["title", "-published_at", "starts", "fee"]),
    limit=st.integers(1, 3),
)
def test_any_interleaving_yields_exactly_the_first_page_s_catalogue(
    api: Any,
    drafts: list[Any],
    before: list[Any],
    between: list[list[Any]],
    sort: str,
    limit: int,
) -> None:
    try:
        with transaction.atomic():
            standing: dict[str, str] = {}
            for step in before:
                publish(drafts, standing, step)
            expected = dict(standing)
            uninterrupted = [item["id"] for item in api.get("/offerings", {"sort": sort})["items"]]

            seen: list[Any] = []
            heads = set()
            interruptions = iter(between)
            for page in api.walk({"sort": sort, "limit": limit}):
                seen += page["items"]
                heads.add(page["head"])
                for step in next(interruptions, []):
                    publish(drafts, standing, step)

            assert [item["id"] for item in seen] == uninterrupted
            assert {item["id"]: item["title"] for item in seen} == expected
            assert len(heads) == 1
            raise Undone
    except Undone:
        pass


def test_a_search_is_paged_like_any_list(api: Any, drafts: list[Any]) -> None:
    for draft in drafts:
        append(draft, title=f"Welding {draft.slug}")
    first = api.get("/offerings", {"q": "welding", "limit": 4})
    append(drafts[4], title="Soldering")
    append(drafts[5], "withdrawn")

    rest = api.get("/offerings", {"q": "welding", "limit": 4, "cursor": first["next_cursor"]})

    titles = [item["title"] for item in first["items"] + rest["items"]]
    assert titles == [f"Welding {draft.slug}" for draft in drafts]
    assert rest["next_cursor"] is None


def test_the_link_header_leads_to_the_next_page(api: Any, drafts: list[Any]) -> None:
    for draft in drafts[:3]:
        append(draft)
    response = api.response("/offerings", {"limit": 2, "kind": "course"})
    address, relation = response.headers["Link"].split("; ")
    assert relation == 'rel="next"'
    page = api.client.get(address.strip("<>")).json()
    assert len(page["items"]) == 1
    assert "Link" not in api.client.get(address.strip("<>")).headers


def test_the_page_size_may_change_on_the_way(api: Any, drafts: list[Any]) -> None:
    for draft in drafts:
        append(draft)
    first = api.get("/offerings", {"limit": 1})
    rest = api.get("/offerings", {"limit": 100, "cursor": first["next_cursor"]})
    assert len(rest["items"]) == OFFERINGS - 1


def test_a_cursor_that_is_damaged_or_of_another_query_is_refused(
    api: Any, drafts: list[Any]
) -> None:
    for draft in drafts[:3]:
        append(draft)
    cursor = api.get("/offerings", {"limit": 1})["next_cursor"]

    for damaged in (cursor[:-1], f"x{cursor}", cursor.upper(), "", "a:b"):
        assert "damaged" in api.refused("/offerings", {"cursor": damaged})["detail"]
    for other in ({"kind": "course"}, {"sort": "fee"}, {"q": "offering"}):
        problem = api.refused("/offerings", {**other, "cursor": cursor})
        assert "another query" in problem["detail"]
