"""Deadlines of a case: from its events, with suspensions, extensions and later closures (AP-2)."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from appeals.acts import extensions, response
from appeals.acts.filing import file_for
from appeals.choices import Stage
from appeals.deadlines.deadline import StageDeadline, stage_deadline
from appeals.models import Case, UniversityClosure
from tests.appeals.making import filing, make_case

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-2")]

TORONTO = ZoneInfo("America/Toronto")
# A Monday before noon, with no holiday for a month.
MONDAY = datetime.datetime(2027, 3, 1, 11, tzinfo=TORONTO)


def day(number: int) -> datetime.datetime:
    """So many days after the Monday, before noon."""
    return MONDAY + datetime.timedelta(days=number)


@pytest.fixture
def case(staff: dict[str, Any]) -> Case:
    """At the original decision-maker's response since the Monday: ten working days."""
    with time_machine.travel(MONDAY, tick=False):
        return make_case(staff, Stage.RESPONSE)


def due(case: Case) -> StageDeadline:
    found = stage_deadline(case)
    assert found is not None
    return found


def on(deadline: StageDeadline) -> str:
    assert deadline.at is not None
    return deadline.at.astimezone(TORONTO).isoformat()


def test_ten_working_days_end_at_the_cut_off_across_the_change_of_the_clock(case: Case) -> None:
    assert on(due(case)) == "2027-03-15T16:00:00-04:00"
    assert not due(case).is_overdue(datetime.datetime(2027, 3, 15, 20, 0, 59, tzinfo=datetime.UTC))
    assert due(case).is_overdue(datetime.datetime(2027, 3, 15, 20, 1, tzinfo=datetime.UTC))


def test_an_extension_adds_working_days_to_this_stage_only(
    case: Case, staff: dict[str, Any]
) -> None:
    with time_machine.travel(day(1), tick=False):
        extensions.extend(staff["office"], case, 3, "The rubric is looked for.")
    assert on(due(case)) == "2027-03-18T16:00:00-04:00"
    assert (due(case).working_days, due(case).extended_by) == (13, 3)
    with time_machine.travel(day(2), tick=False):
        response.receive_response(staff["office"], case, "r")
    assert (due(case).stage, due(case).extended_by) == (Stage.REVIEW, 0)


def test_time_stands_still_while_it_is_suspended(case: Case, staff: dict[str, Any]) -> None:
    with time_machine.travel(day(2), tick=False):
        extensions.suspend(staff["office"], case, "Illness")
    assert due(case).at is None
    assert not due(case).is_overdue(day(400))
    with time_machine.travel(day(9), tick=False):
        extensions.resume(staff["office"], case)
    # Wednesday to Tuesday do not count: five working days later.
    assert on(due(case)) == "2027-03-22T16:00:00-04:00"
    assert [d.day.day for d in due(case).deadline.days if d.skipped == "suspended"] == [
        3,
        4,
        5,
        8,
        9,
    ]


def test_suspended_and_taken_up_again_on_one_day_changes_nothing(
    case: Case, staff: dict[str, Any]
) -> None:
    before = due(case)
    with time_machine.travel(day(2), tick=False):
        extensions.suspend(staff["office"], case, "By mistake")
        extensions.resume(staff["office"], case)
    assert due(case) == before


def test_a_closure_that_is_announced_later_moves_what_is_open(case: Case) -> None:
    first = datetime.date(2027, 3, 4)
    UniversityClosure.objects.create(
        first_day=first,
        last_day=first,
        name_en="Storm",
        name_fr="Tempête",
        added_by_key="1",
        added_by_name="Office",
    )
    assert on(due(case)) == "2027-03-16T16:00:00-04:00"
    assert "Storm" in [d.name for d in due(case).deadline.skipped]


def test_an_appeal_that_was_entered_later_is_counted_from_when_it_came(
    staff: dict[str, Any],
) -> None:
    with time_machine.travel(day(4), tick=False):
        made = filing(decided_on=day(-5).date(), received_on=day(-4).date())
        case = file_for(staff["office"], made, MONDAY)
    assert case.filed_at == MONDAY
    assert on(due(case)) == "2027-03-08T16:00:00-05:00"


def test_each_stage_has_the_time_of_its_step_and_a_closed_case_none(
    staff: dict[str, Any],
) -> None:
    for stage, days in (
        (Stage.LATE, 10),
        (Stage.COMPLETENESS, 5),
        (Stage.INFORMATION, 10),
        (Stage.RESPONSE, 10),
        (Stage.REVIEW, 15),
        (Stage.DECISION, 10),
        (Stage.CONCLUDED, 3),
    ):
        assert due(make_case(staff, stage)).working_days == days
