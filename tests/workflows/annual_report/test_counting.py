"""A report's figures agree, number by number, with a count made here from the raw tables."""

import datetime
import json
from collections import Counter
from typing import Any

import pytest
from django.utils import timezone

from credentials.record.content import canonical
from tests.credentials.catalogue.ledger_entries import append
from tests.factories import CourseFactory
from tests.workflows.annual_report.raw_counts import counted, ledger, local_day
from tests.workflows.annual_report.simulation import CONTRACT, raw, simulate
from workflows.annual_report.content import content_of, happenings_of, period_of, whole
from workflows.annual_report.measures import Measure
from workflows.models import AnnualReport

pytestmark = pytest.mark.django_db

FIRST, LAST = datetime.date(2024, 9, 1), datetime.date(2025, 8, 31)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_agrees_number_by_number_with_a_count_from_raw_tables(
    root: Any, report: AnnualReport, seed: int
) -> None:
    simulate(root, seed)
    content = content_of(report)
    assert content["figures"] == counted(FIRST, LAST)
    assert content["previous"] == counted(datetime.date(2023, 9, 1), datetime.date(2024, 8, 31))
    for figures in content["figures"].values():
        get = Counter(figures)
        assert get["closing"] == (
            get["opening"] + get["new"] + get["again"] + get["moved_in"] - get["moved_out"]
            - get["retired"] - get["withdrawn"] + get["ended_before"]
        )  # fmt: skip


def test_each_happening_has_its_approval_and_the_decisions_that_led_to_it(
    root: Any, report: AnnualReport
) -> None:
    simulate(root, 4)
    listed = list(happenings_of(period_of(report)))
    rows = [
        row
        for row in ledger()
        if FIRST <= local_day(row[5]) <= LAST and not json.loads(row[4])["contracted"]
    ]
    assert [item["approval"]["reference"] for item in listed] == [row[6] for row in rows]
    assert [item["title"] for item in listed] == [json.loads(row[4])["title"] for row in rows]
    for item, row in zip(listed, rows, strict=True):
        decided = raw(
            "SELECT office FROM workflows_decision WHERE offering_id = %s AND content_hash = %s",
            row[0],
            row[7],
        )
        assert [decision["office"] for decision in item["decisions"]] == [o for (o,) in decided]
        assert len(decided) == 1


def test_decisions_of_the_year_are_counted_by_office_without_contracted_delivery(
    root: Any, report: AnnualReport
) -> None:
    simulate(root, 5)
    contracted = {
        (row[0], row[7]) for row in ledger() if json.loads(row[4])["contracted"]
    }  # decided in the same breath as published
    rows = raw("SELECT offering_id, content_hash, office, decided_at FROM workflows_decision")
    heads = {(row[0], row[7]): previous for row, previous in _with_previous(ledger())}
    expected: Counter[str] = Counter()
    for offering, content, office, at in rows:
        was_contracted = heads[offering, content]
        if FIRST <= local_day(at) <= LAST and (offering, content) not in contracted:
            expected[office] += not was_contracted
    found = {row["office"]: row["number"] for row in content_of(report)["decisions"]}
    assert found == {office: number for office, number in expected.items() if number}


def _with_previous(rows: list[Any]) -> Any:
    """Each row, and whether its offering was contracted just before."""
    before: dict[int, bool] = {}
    for row in rows:
        yield row, before.get(row[0], False)
        before[row[0]] = bool(json.loads(row[4])["contracted"])


@pytest.mark.clause("FW-2")
def test_contracted_offerings_stay_out_of_the_counts_and_the_list(
    root: Any, report: AnnualReport
) -> None:
    at = timezone.make_aware(datetime.datetime(2025, 1, 15))
    append(CourseFactory(parent=root, agreed=False), at=at, contracted=CONTRACT)
    hostile = CourseFactory(parent=root, agreed=False)
    append(hostile, at=at, title='Says "contracted":{"for":"us"}')
    content = content_of(report)
    assert content["figures"] == {"short_course": {"new": 1, "closing": 1}}
    assert content["contracted"] == 1
    listed = list(happenings_of(period_of(report)))
    assert [item["title"] for item in listed] == ['Says "contracted":{"for":"us"}']


@pytest.mark.clause("CP-3")
@pytest.mark.clause("SH-2")
def test_every_category_of_the_policy_is_reported_by_name(root: Any, report: AnnualReport) -> None:
    names = {item["key"]: item["names"]["fr"] for item in content_of(report)["categories"]}
    assert len(names) == 8
    assert names["camp"].startswith("Camp")


def test_the_same_record_gives_the_same_report_to_the_byte(root: Any, report: AnnualReport) -> None:
    simulate(root, 6, events=40)
    first = whole(report)
    later = timezone.make_aware(datetime.datetime(2026, 8, 15))
    append(CourseFactory(parent=root, agreed=False), at=later)  # after the year
    assert whole(report) == first


def test_what_is_written_out_in_pieces_is_canonical(root: Any, report: AnnualReport) -> None:
    simulate(root, 7, events=30)
    text, _hash = whole(report)
    assert canonical(json.loads(text)).decode() == text


def test_a_long_year_costs_as_many_queries_as_a_short_one(
    root: Any, report: AnnualReport, django_assert_max_num_queries: Any
) -> None:
    simulate(root, 8, events=60)
    with django_assert_max_num_queries(17):
        whole(report)


def test_measures_are_named_once() -> None:
    assert len({str(measure.label) for measure in Measure}) == len(Measure)
