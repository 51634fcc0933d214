"""As the catalogue stood on any past day: page, API and report agree (law 7).

The same days are asked of all three, and of the raw ledger: some at random, the edges of academic
years, and every day on which an offering was retired or withdrawn, with the day before and after.
"""

import datetime
import random
from collections import Counter
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.workflows.annual_report.raw_counts import LEDGER, local_day, offered_at_the_end
from tests.workflows.annual_report.simulation import BEGINS, ENDS, raw, simulate
from workflows.annual_report.content import content_of
from workflows.annual_report.measures import Measure
from workflows.annual_report.period import ONE_DAY, Period
from workflows.models import AnnualReport

pytestmark = pytest.mark.django_db

EDGES = [datetime.date(2024, 8, 31), datetime.date(2025, 8, 31), datetime.date(2025, 9, 1)]


@pytest.fixture
def offerings(root: Any) -> list[Any]:
    """Three years of them, their pages at their places now; withdrawn ones are taken down."""
    made = simulate(root, 11, offerings=24, events=120)
    heads = {row[0]: row[2] for row in raw(LEDGER)}
    shown = [offering for offering, event in heads.items() if event != "withdrawn"]
    Page.objects.filter(pk__in=shown).update(live=True)  # past the guard of offerings
    assert len(shown) < len(made)
    return made


def days_on_which(event: str) -> list[datetime.date]:
    """The first days of the ledger on which an offering came to that."""
    return sorted({local_day(row[5]) for row in raw(LEDGER) if row[2] == event})[:4]


@pytest.fixture
def days(offerings: list[Any]) -> list[datetime.date]:
    """The days that are asked for."""
    chance = random.Random(0)
    span = (ENDS - BEGINS).days
    found = [BEGINS + datetime.timedelta(days=chance.randrange(span)) for _ in range(4)] + EDGES
    for event in ("retired", "withdrawn"):
        ended = days_on_which(event)
        assert ended
        found += [day + by for day in ended for by in (-ONE_DAY, 0 * ONE_DAY, ONE_DAY)]
    return sorted(set(found))


def on_the_page(client: Client, day: datetime.date) -> dict[str, Any]:
    """What the catalogue's pages list, by identifier."""
    found: dict[str, Any] = {}
    for number in (1, 2, 3):
        context = client.get("/catalogue/", {"as_of": str(day), "page": number}).context
        found |= {card["document"]["id"]: card["document"] for card in context["cards"]}
    return found


def in_the_api(client: Client, day: datetime.date) -> dict[str, Any]:
    """What the API lists, by identifier."""
    answer = client.get("/api/v1/offerings", {"as_of": str(day), "limit": 100}).json()
    return {item["id"]: item for item in answer["items"]}


def in_the_report(report: AnnualReport, day: datetime.date) -> tuple[dict[str, int], int]:
    """How many a report that ends on the day says are offered, by category, and contracted."""
    content = content_of(report, Period.of(day, day))
    closing = {key: row.get(Measure.CLOSING, 0) for key, row in content["figures"].items()}
    return {key: number for key, number in closing.items() if number}, content["contracted"]


def test_page_api_report_and_ledger_agree_on_any_past_day(
    days: list[datetime.date], report: AnnualReport, client: Client
) -> None:
    seen = contracted = 0
    for day in days:
        listed, answered = on_the_page(client, day), in_the_api(client, day)
        assert listed.keys() == answered.keys()
        assert {k: (d["title"], d["category"]) for k, d in listed.items()} == {
            k: (d["title"], d["category"]) for k, d in answered.items()
        }
        ours = Counter(d["category"] for d in answered.values() if not d["contracted"])
        theirs = sum(bool(d["contracted"]) for d in answered.values())
        assert in_the_report(report, day) == (ours, theirs)
        assert Counter(offered_at_the_end(day).values()) == ours
        seen, contracted = seen + len(listed), contracted + theirs
    assert seen > 100
    assert contracted


def test_the_years_report_says_what_page_and_api_say_of_its_last_day(
    offerings: list[Any], report: AnnualReport, client: Client
) -> None:
    content = content_of(report)
    for day, measure in ((EDGES[0], Measure.OPENING), (EDGES[1], Measure.CLOSING)):
        answered = in_the_api(client, day)
        assert on_the_page(client, day).keys() == answered.keys()
        ours = Counter(d["category"] for d in answered.values() if not d["contracted"])
        found = {key: row[measure] for key, row in content["figures"].items() if measure in row}
        assert found == ours


def test_the_page_of_each_offering_agrees_with_the_api(
    offerings: list[Any], days: list[datetime.date], client: Client
) -> None:
    met: Counter[tuple[int, str]] = Counter()
    for offering in offerings:
        for day in days[:: len(days) // 6]:
            page = client.get(f"/catalogue/{offering.slug}/", {"as_of": str(day)})
            answer = client.get(f"/api/v1/offerings/{offering.uuid}", {"as_of": str(day)})
            assert page.status_code == answer.status_code, (offering, day)
            status = ""
            if answer.status_code == 200:
                assert page.context["document"] == answer.json()
                status = answer.json()["status"]
            met[page.status_code, status] += 1
    assert {(200, "published"), (200, "retired"), (404, ""), (410, "")} <= met.keys()
