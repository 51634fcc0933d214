"""The feed: whoever follows it holds the catalogue, and misses nothing (law 7)."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction

from credentials.record.ledger import LedgerHead
from credentials.record.projection import CatalogueEntry
from tests.credentials.catalogue.ledger_entries import append
from tests.factories import CourseFactory
from tests.on_record import publish_as_is, revise_as_is


def apply(copy: dict[str, Any], items: Any) -> dict[str, Any]:
    """What the feed's description tells a consumer to do."""
    for item in items:
        if item["document"] is None:
            copy.pop(item["id"], None)
        else:
            copy[item["id"]] = item["document"]
    return copy


@pytest.mark.django_db
def test_it_tells_a_whole_life_in_order(api: Any, root: Any, retired: Any, withdrawn: Any) -> None:
    course = CourseFactory(parent=root, title="Before", life="live")
    revise_as_is(course, title="After")
    other = CourseFactory(parent=root, title="Other", life="live")
    retired(course)
    withdrawn(other)

    items = list(api.feed(limit=2))

    assert [(item["event"], item["title"], item["number"]) for item in items] == [
        ("published", "Before", 1),
        ("revised", "After", 2),
        ("published", "Other", 1),
        ("retired", "After", 3),
        ("withdrawn", "Other", 2),
    ]
    assert [item["sequence"] for item in items] == sorted(item["sequence"] for item in items)
    assert items[4]["document"] is None
    assert items[3]["document"]["status"] == "retired"
    assert items[0]["document"]["title"] == "Before"


@pytest.mark.django_db
def test_the_feed_alone_rebuilds_the_catalogue(
    api: Any, root: Any, retired: Any, withdrawn: Any
) -> None:
    courses = [CourseFactory(parent=root, life="live") for _number in range(3)]
    copy = apply({}, api.feed())
    cursor = api.get("/changes")["next_cursor"]
    revise_as_is(courses[0], title="Changed")
    retired(courses[1])
    withdrawn(courses[2])

    copy = apply(copy, api.feed(since=cursor))

    served = {str(e.offering_uuid): e.document for e in CatalogueEntry.objects.current().visible()}
    assert copy == served
    assert apply({}, api.feed()) == served


@pytest.mark.django_db
def test_a_cursor_at_the_head_brings_nothing_until_something_changes(api: Any, root: Any) -> None:
    course = CourseFactory(parent=root, life="live")
    cursor = api.get("/changes")["next_cursor"]
    assert api.get("/changes", {"since": cursor})["items"] == []
    assert api.get("/changes", {"since": cursor, "wait": 1})["items"] == []
    revise_as_is(course, title="Changed")
    assert [item["title"] for item in api.feed(since=cursor)] == ["Changed"]
    assert len(api.get("/changes", {"since": cursor, "wait": 25})["items"]) == 1


@pytest.mark.django_db
def test_an_empty_catalogue_has_a_feed_too(api: Any) -> None:
    assert api.get("/changes") == {"items": [], "next_cursor": "0", "head": 0}
    assert api.get("/offerings") == {"items": [], "next_cursor": None, "head": 0}


@pytest.mark.django_db
@pytest.mark.parametrize("since", ["-1", "x", "1000000", "1.5", ""])
def test_a_damaged_cursor_is_refused(api: Any, root: Any, since: str) -> None:
    CourseFactory(parent=root, life="live")
    assert api.refused("/changes", {"since": since})["errors"][0]["parameter"] == "since"


@pytest.mark.django_db(transaction=True)
def test_a_waiting_consumer_is_answered_when_something_is_published(api: Any, root: Any) -> None:
    course = CourseFactory(parent=root)
    cursor = api.get("/changes")["next_cursor"]

    def publish_elsewhere() -> None:
        try:
            append(course, title="Announced")
        finally:
            connection.close()

    publisher = threading.Thread(target=publish_elsewhere)
    publisher.start()
    page = api.get("/changes", {"since": cursor, "wait": 25})
    publisher.join()

    assert [item["title"] for item in page["items"]] == ["Announced"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs two writers at once")
def test_publications_that_commit_in_the_opposite_order_of_their_start_are_both_seen(
    api: Any, root: Any
) -> None:
    """The one that starts first commits last, and a consumer stores the cursor in between."""
    first, second = (CourseFactory(parent=root, title=title) for title in ("First", "Second"))
    began, may_take_sequence = threading.Event(), threading.Event()
    failures: list[BaseException] = []

    def publish_slowly() -> None:
        try:
            with transaction.atomic():
                LedgerHead.current()
                began.set()
                assert may_take_sequence.wait(timeout=30)
                publish_as_is(first)
        except BaseException as failure:
            failures.append(failure)
        finally:
            began.set()
            connection.close()

    slow = threading.Thread(target=publish_slowly)
    slow.start()
    assert began.wait(timeout=30)
    publish_as_is(second)
    seen = api.get("/changes")
    may_take_sequence.set()
    slow.join()

    assert failures == []
    later = list(api.feed(since=seen["next_cursor"]))
    assert [item["title"] for item in seen["items"]] == ["Second"]
    assert [item["title"] for item in later] == ["First"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs two writers at once")
def test_a_sequence_taken_and_not_yet_committed_holds_back_later_ones(api: Any, root: Any) -> None:
    """No reader can pass a sequence that is still to come: the later one waits for the lock."""
    first, second = (CourseFactory(parent=root, title=title) for title in ("First", "Second"))
    done = threading.Event()

    def publish_second() -> None:
        try:
            append(second, title="Second")
        finally:
            done.set()
            connection.close()

    with transaction.atomic():
        append(first, title="First")
        other = threading.Thread(target=publish_second)
        other.start()
        overtook = done.wait(timeout=1)
        in_between = read_elsewhere(api)
    other.join()

    assert not overtook
    assert in_between["items"] == []
    titles = [item["title"] for item in api.feed(since=in_between["next_cursor"])]
    assert titles == ["First", "Second"]


def read_elsewhere(api: Any) -> Any:
    """The feed as another connection sees it."""
    pages: list[Any] = []

    def read() -> None:
        try:
            pages.append(api.get("/changes"))
        finally:
            connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    reader.join()
    return pages[0]
