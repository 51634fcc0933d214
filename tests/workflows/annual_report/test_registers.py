"""Reviews and OSAP in a report: they agree with a count from the raw tables, and stay so."""

import datetime
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from credentials.models import Course, OsapRecord, OsapYear
from tests.credentials.catalogue.ledger_entries import append
from tests.workflows.annual_report import raw_counts
from tests.workflows.annual_report.registers import (
    NEXT,
    conclude,
    save_cycle,
    simulate_registers,
    write_event,
)
from tests.workflows.annual_report.simulation import raw, simulate
from workflows.annual_report.content import content_of, whole
from workflows.choices import ReviewResult
from workflows.models import AnnualReport, ReviewCycle

pytestmark = pytest.mark.django_db

FIRST, LAST = datetime.date(2024, 9, 1), datetime.date(2025, 8, 31)
BEFORE = (datetime.date(2023, 9, 1), datetime.date(2024, 8, 31))
LATER = timezone.make_aware(datetime.datetime(2026, 10, 1))


@pytest.fixture
def offerings(root: Any, request: Any) -> list[Any]:
    """Three years of them, with reviews and requests for OSAP."""
    return offerings_with_registers(root, getattr(request, "param", 1))


def offerings_with_registers(root: Any, seed: int) -> list[Any]:
    """Random but possible, with one of each kind that a report must tell apart."""
    made = simulate(root, seed, offerings=22, events=70)
    simulate_registers(made, seed)
    return made


def change_everything(offerings: list[Any]) -> None:
    """What a later year brings: reviews moved and concluded, OSAP decided, offerings renamed."""
    for cycle in ReviewCycle.objects.standing():
        save_cycle(cycle, LATER, due_on=datetime.date(2020, 1, 1))
        conclude(cycle, LATER, "retire")
    for record in OsapRecord.objects.with_standing():
        following = NEXT.get(record.standing)
        if following:
            write_event(record, following, LATER)
    OsapYear.objects.update(under_weeks=3)
    for offering in offerings:
        append(offering, at=LATER, title=f"Renamed {offering.pk}", category="other")
    QuerySet(Course).update(title="Renamed", category="other")


def by_category(found: Counter[tuple[str, str]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for (category, _what), number in found.items():
        counts[category] += number
    return counts


def of_measure(figures: dict[str, dict[str, int]], measure: str) -> dict[str, int]:
    return {category: row[measure] for category, row in figures.items() if measure in row}


def agrees_on_reviews(content: dict[str, Any]) -> None:
    expected = raw_counts.reviewed(FIRST, LAST)
    found = Counter((row["category"], row["result"]) for row in content["reviews"])
    assert found == expected
    assert {result for _category, result in expected} == set(ReviewResult.values)
    assert of_measure(content["figures"], "reviewed") == by_category(expected)
    before = by_category(raw_counts.reviewed(*BEFORE))
    assert of_measure(content["previous"], "reviewed") == before
    days = raw("SELECT reviewed_on FROM workflows_reviewoutcome")
    assert any(raw_counts.day_of(day) > LAST for (day,) in days)


def agrees_on_what_is_overdue(content: dict[str, Any]) -> None:
    expected = raw_counts.overdue(LAST)
    found = Counter((row["category"], row["due_on"]) for row in content["overdue"])
    assert found == expected
    assert expected.total() >= 3
    assert of_measure(content["figures"], "overdue") == by_category(expected)
    before = by_category(raw_counts.overdue(BEFORE[1]))
    assert of_measure(content["previous"], "overdue") == before


def agrees_on_osap(osap: dict[str, Any]) -> None:
    expected = raw_counts.osap(2024, LAST)
    keys = raw_counts.uuids()
    found = {keys[row["offering"]]: (row["state"], row["since"]) for row in osap["requests"]}
    assert found == expected
    assert osap["figures"] == Counter(state for state, _since in expected.values())
    assert set(osap["figures"]) == set(OsapRecord.State.values)
    before = raw_counts.osap(2023, BEFORE[1])
    assert osap["previous"] == Counter(state for state, _since in before.values())
    told = [row for row in raw(raw_counts.LEDGER) if row[8] == "osap"]
    within = [row for row in told if FIRST <= raw_counts.local_day(row[5]) <= LAST]
    assert osap["told"] == len(within) > 0


@pytest.mark.clause("CP-3")
@pytest.mark.clause("SH-2")
@pytest.mark.clause("MC-5")
@pytest.mark.parametrize("offerings", [1, 2], indirect=True)
def test_reviews_and_osap_agree_number_by_number_with_the_raw_tables(
    offerings: list[Any], report: AnnualReport
) -> None:
    content = content_of(report)
    agrees_on_reviews(content)
    agrees_on_what_is_overdue(content)
    agrees_on_osap(content["osap"])


def test_a_past_year_that_is_reported_later_says_the_same(
    offerings: list[Any], report: AnnualReport
) -> None:
    before = whole(report)
    change_everything(offerings)
    assert raw_counts.overdue(LAST)
    assert not ReviewCycle.objects.standing().exists()
    assert whole(report) == before


def test_what_came_a_moment_after_the_year_is_not_in_it(
    offerings: list[Any], report: AnnualReport
) -> None:
    requests = {row["offering"]: row for row in content_of(report)["osap"]["requests"]}
    approved_later, opened_later = (str(offering.uuid) for offering in offerings[5:7])
    row = requests[approved_later]
    assert (row["state"], row["since"], row["answered_on"]) == ("submitted", str(LAST), None)
    assert opened_later not in requests


def test_long_registers_cost_as_many_queries_as_none(root: Any, report: AnnualReport) -> None:
    with CaptureQueriesContext(connection) as without:
        content_of(report)
    offerings_with_registers(root, 3)
    with CaptureQueriesContext(connection) as with_them:
        content_of(report)
    assert len(with_them) == len(without)
