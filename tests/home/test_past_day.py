"""Pages as of a past day: what stood then, said to be past, from the ledger (law 7)."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from tests.credentials.catalogue.ledger_entries import append
from tests.factories import CertificateProgramFactory, CourseFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
LISTING = "/catalogue/"


def noon(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))


def ago(days: int) -> datetime.date:
    return TODAY - datetime.timedelta(days=days)


def get(client: Client, offering: Any, day: Any, status: int = 200) -> str:
    """The offering's page as of a day, with its white space evened out."""
    response = client.get(f"/catalogue/{offering.slug}/", {"as_of": str(day)})
    assert response.status_code == status
    return " ".join(response.content.decode().split())


def listed(client: Client, day: Any) -> list[str]:
    """Titles in the catalogue as of a day."""
    response = client.get(LISTING, {"as_of": str(day)})
    return [card["document"]["title"] for card in response.context["cards"]]


@pytest.fixture
def welding(root: Any) -> Any:
    """Published 100 days ago, renamed 50, retired 20 and offered again 5 days ago."""
    offering = CourseFactory(parent=root, title="Welding", slug="welding", agreed=False)
    append(offering, at=noon(ago(100)), title="Welding")
    append(offering, at=noon(ago(50)), title="Welding of pipes")
    append(offering, "retired", at=noon(ago(20)))
    append(offering, at=noon(ago(5)), title="Welding, again")
    Page.objects.filter(pk=offering.pk).update(live=True)  # past the guard of offerings
    return offering


def test_a_page_shows_what_stood_at_the_end_of_the_day(welding: Any, client: Client) -> None:
    assert '<h1 lang="en">Welding</h1>' in get(client, welding, ago(51))
    assert "Welding of pipes" in get(client, welding, ago(50))
    assert "Retired on" in get(client, welding, ago(20))
    assert "Welding, again" in get(client, welding, ago(5))


def test_it_says_that_it_is_past_and_is_not_indexed(welding: Any, client: Client) -> None:
    page = get(client, welding, ago(60))
    assert "As it stood at the end of" in page
    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="canonical"' not in page
    assert "See it as it is today" in page
    today = get(client, welding, TODAY)
    assert "As it stood" not in today
    assert 'rel="canonical"' in today


def test_its_history_ends_on_that_day(welding: Any, client: Client) -> None:
    page = get(client, welding, ago(30))
    assert '<li value="2">' in page
    assert '<li value="3">' not in page


def test_before_it_was_published_there_is_no_page(welding: Any, client: Client) -> None:
    assert "was not published yet" in get(client, welding, ago(101), 404)


def test_a_withdrawn_offering_is_read_as_it_was_before(root: Any, client: Client) -> None:
    offering = CourseFactory(parent=root, title="Soldering", slug="soldering", agreed=False)
    append(offering, at=noon(ago(40)))
    append(offering, "withdrawn", at=noon(ago(10)))
    assert "Learn to do one thing well." in get(client, offering, ago(11))
    assert "As it stood" in get(client, offering, ago(10), 410)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("yesterday", "is not a day: write it as year-month-day"),
        ("2026-02-30", "is not a day"),
        ("9999-12-31", "a day to come is not known"),
        ("0001-01-01", "was not published yet"),
    ],
)
def test_what_is_no_past_day_is_refused_in_a_sentence(
    welding: Any, client: Client, day: str, sentence: str
) -> None:
    assert sentence in get(client, welding, day, 404 if day.startswith("0001") else 422)


def test_the_catalogue_lists_what_was_offered_then(welding: Any, client: Client) -> None:
    assert listed(client, ago(101)) == []
    assert listed(client, ago(60)) == ["Welding"]
    assert listed(client, ago(30)) == ["Welding of pipes"]
    assert listed(client, ago(10)) == []
    assert listed(client, ago(5)) == ["Welding, again"]


def test_its_words_and_facets_are_of_that_day(welding: Any, client: Client) -> None:
    found = client.get(LISTING, {"as_of": str(ago(30)), "q": "pipes"})
    assert [card["document"]["title"] for card in found.context["cards"]] == ["Welding of pipes"]
    assert [o.count for f in found.context["facets"] if f.name == "kind" for o in f.options] == [1]
    assert client.get(LISTING, {"as_of": str(ago(60)), "q": "pipes"}).context["cards"] == []


def test_the_catalogue_says_that_it_is_past_and_leads_on_to_that_day(
    welding: Any, client: Client
) -> None:
    page = client.get(LISTING, {"as_of": str(ago(30))})
    content = page.content.decode()
    assert "As it stood at the end of" in content
    assert '<meta name="robots" content="noindex">' in content
    assert page.context["cards"][0]["url"].endswith(f"/welding/?as_of={ago(30)}")
    assert page.context["active_filters"][0].without == "?"


def test_a_day_that_cannot_be_is_left_out_of_the_search_with_the_reason(
    welding: Any, client: Client
) -> None:
    page = client.get(LISTING, {"as_of": "soon"})
    assert "is not a day: write it as year-month-day" in page.content.decode()
    assert [card["document"]["title"] for card in page.context["cards"]] == ["Welding, again"]


def test_what_it_counts_toward_is_of_that_day(welding: Any, root: Any, client: Client) -> None:
    program = CertificateProgramFactory(parent=root, title="Metalwork", agreed=False)
    component = {
        "id": str(welding.uuid),
        "slug": "welding",
        "title": "Welding",
        "kind": "course",
        "required": True,
        "group": "",
    }
    stacking = {
        "approach": "horizontal",
        "components": [component],
        "groups": [],
        "additional_requirements_html": "",
    }
    append(program, at=noon(ago(4)), stacking=stacking)
    append(program, "retired", at=noon(ago(2)))
    assert "Metalwork" in get(client, welding, ago(3))
    assert "Metalwork" not in get(client, welding, ago(5))
    assert "Metalwork" not in get(client, welding, ago(2))
