"""One timeline tells what happened to an offering, and a purge loses only drafts."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from credentials.models import PublishedVersion
from credentials.timeline import HOOK, Entry, Source
from tests.committee import carry
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.lifecycle import revise
from tests.people import person
from tests.proposals import approve, submit
from workflows.choices import Act, Office
from workflows.deciding.offices import is_in_office
from workflows.models import Bundle, BundledOffering, ProposalEvent
from workflows.timeline.entries import Wanted, timeline_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(root: Any, people: Any) -> Any:
    """A micro-credential that went its whole way."""
    offering = MicroCredentialFactory(parent=root, author=people["editor"])
    submit(offering, people["editor"])
    approve(offering, person("department"), comment="Well argued.")
    carry(offering)
    return offering


@pytest.fixture
def course(root: Any, people: Any) -> Any:
    """A draft of which nothing is on record but the draft."""
    return CourseFactory(parent=root, author=people["editor"])


def happened(offering: Any, days_ago: int, text: str) -> ProposalEvent:
    """A remark on a past day."""
    moment = timezone.now() - datetime.timedelta(days=days_ago)
    return ProposalEvent(offering=offering, kind=Act.REMARK, by_name="Ada", text=text, at=moment)


def texts(entries: list[Entry]) -> list[str]:
    return [entry.text for entry in entries if entry.kind == "act"]


def test_it_tells_of_drafts_acts_decisions_motions_and_publication(published: Any) -> None:
    entries = timeline_of(published)
    assert {entry.kind for entry in entries} == {
        "revision",
        "act",
        "decision",
        "motion",
        "settlement",
        "publication",
    }
    assert [e.at for e in entries] == sorted((e.at for e in entries), reverse=True)
    said = " ".join(f"{entry.what} {entry.who} {entry.text}" for entry in entries)
    for words in ("Submitted", "Well argued.", "3 of 3 seats present", "Version 1: Published"):
        assert words in said


def test_purged_revisions_lose_nothing_but_drafts(published: Any) -> None:
    before = [entry for entry in timeline_of(published) if entry.kind != "revision"]
    call_command("purge_revisions", days=0, pages=True, verbosity=0)
    assert [entry for entry in timeline_of(published) if entry.kind != "revision"] == before


def test_it_is_filtered_and_exported_by_those_who_may_read_it(
    published: Any, people: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    address = reverse("governance:timeline", args=[published.pk])
    client.force_login(people["editor"])
    with django_assert_max_num_queries(33):
        page = client.get(address).content.decode()
    assert "Well argued." in page
    assert "Well argued." not in client.get(address, {"kind": "motion"}).content.decode()
    for format_ in ("csv", "xlsx"):
        export = client.get(address, {"export": format_})
        assert export.status_code == 200
        assert f"timeline-{published.slug}" in export["Content-Disposition"]
    people["editor"].groups.clear()
    assert client.get(address).status_code == 302


def test_a_publication_leads_to_what_it_changed_against_the_one_before(
    published: Any, people: Any, client: Client
) -> None:
    revise(published, people["editor"], summary="Moves people with a colleague.")
    newest = PublishedVersion.objects.latest("number")
    (entry,) = [e for e in timeline_of(published) if e.what.startswith("Version 2")]
    client.force_login(people["editor"])
    page = client.get(entry.redline).content.decode()
    assert newest.number == 2
    assert "What changes against version 1" in page
    redline = page.split("proposal-redline")[1]
    assert "Moves people with a colleague." in re.sub("<del>.*?</del>|<[^>]+>", "", redline)
    assert ">Changed<" in redline
    assert published.title not in redline


def test_days_narrow_it_both_included(course: Any, people: Any, client: Client) -> None:
    ProposalEvent.objects.bulk_create([happened(course, days, f"{days} ago") for days in range(5)])
    today = timezone.localdate()
    day = datetime.timedelta(days=1)
    wanted = Wanted(first=today - 3 * day, last=today - day)
    assert texts(timeline_of(course, wanted=wanted)) == ["1 ago", "2 ago", "3 ago"]
    client.force_login(people["editor"])
    address = reverse("governance:timeline", args=[course.pk])
    page = client.get(address, {"first": str(today - 3 * day), "last": "soon"}).content.decode()
    assert "3 ago" in page
    assert "4 ago" not in page
    assert "Enter a valid date." in page


def test_pages_follow_each_other_and_can_be_one_to_print(
    course: Any, people: Any, client: Client
) -> None:
    ProposalEvent.objects.bulk_create(
        [happened(course, days, f"{days} ago.") for days in range(60)]
    )
    client.force_login(people["editor"])
    address = reverse("governance:timeline", args=[course.pk])
    first = client.get(address, {"kind": "act"}).content.decode()
    assert "59 ago." not in first
    assert "Page 1 of 2" in first
    assert "?kind=act&amp;page=2" in first
    assert "59 ago." in client.get(address, {"kind": "act", "page": 2}).content.decode()
    assert "59 ago." in client.get(address, {"page": "all"}).content.decode()


def test_more_on_record_takes_no_more_queries(
    course: Any, people: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    address = reverse("governance:timeline", args=[course.pk])
    client.force_login(people["editor"])
    client.get(address)
    fill(course, people, 3)
    with django_assert_max_num_queries(40) as few:
        client.get(address)
    fill(course, people, 40)
    with django_assert_max_num_queries(len(few)):
        client.get(address, {"page": "all"})


def fill(course: Any, people: Any, count: int) -> None:
    """So many remarks, versions of a bundle's history, and drafts."""
    ProposalEvent.objects.bulk_create([happened(course, 1, "Said.") for _number in range(count)])
    bundle = Bundle(title="Halves", reason="GB-3", made_by_key="1", made_by_name="Ada")
    bundle._history_user = people["department"]
    bundle.save()
    BundledOffering.objects.create(bundle=bundle, offering=course, title=course.title)
    for number in range(count):
        bundle.title = f"Halves {number}"
        bundle.save()


class TestSourcesOfOtherApps:
    @pytest.fixture(autouse=True)
    def registered(self) -> Iterator[None]:
        """Counts that anyone may read, and something that is the Department's alone."""
        now = timezone.now()
        sources = [
            Source("awards", "Awards", lambda o: [Entry(now, "awards", "Awards issued: 12")]),
            Source(
                "funding",
                "Funding",
                lambda o: [Entry(now, "funding", "Ministry asked")],
                lambda reader: reader is not None and is_in_office(reader, Office.DEPARTMENT),
            ),
        ]
        with hooks.register_temporarily(HOOK, lambda: sources):
            yield

    def test_are_told_with_the_rest(self, course: Any, people: Any, client: Client) -> None:
        client.force_login(people["editor"])
        page = client.get(reverse("governance:timeline", args=[course.pk])).content.decode()
        assert "Awards issued: 12" in page

    def test_are_kept_to_those_whose_business_it_is(
        self, course: Any, people: Any, client: Client
    ) -> None:
        address = reverse("governance:timeline", args=[course.pk])
        for name, reads_it in (("department", True), ("editor", False), ("superuser", False)):
            client.force_login(people[name])
            page = client.get(address).content.decode()
            assert ("Ministry asked" in page, "Funding" in page) == (reads_it, reads_it)
            asked = client.get(address, {"kind": "funding"}).content.decode()
            assert ("Ministry asked" in asked) is reads_it
        assert "Ministry asked" not in [entry.what for entry in timeline_of(course)]
