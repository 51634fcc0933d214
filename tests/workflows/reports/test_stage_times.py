"""Time in each stage agrees with what one reckons by hand from the record."""

import datetime
import statistics
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import CourseFactory
from tests.lifecycle import pass_stage
from tests.proposals import submit
from tests.workflows.reports.records import DAY, MINUTE, THEN, close, decision, event, motion
from workflows.models import Condition, ConditionMet, Decision, ProposalEvent
from workflows.reports.stage_times import open_stages, stage_times, timed, with_open
from workflows.stages.stage_state import StageState

pytestmark = pytest.mark.django_db

# What happens to a proposal, each some minutes after the one before: 0 is a submission,
# 1 and 2 are decisions of two stages, 3 is a remark, which begins nothing.
STEPS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 60 * 24 * 90)), max_size=8)


@pytest.fixture
def course(root: Any) -> Any:
    """A draft that the record is about."""
    return CourseFactory(parent=root, agreed=False)


@given(proposals=st.lists(STEPS, max_size=12))
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_median_and_longest_are_those_of_plain_arithmetic(course: Any, proposals: Any) -> None:
    expected: dict[str, list[datetime.timedelta]] = defaultdict(list)
    rows = [
        row
        for number, steps in enumerate(proposals)
        for row in _rows(course, f"p{number}", steps, expected)
    ]
    with transaction.atomic():
        for model in (ProposalEvent, Decision):
            model.objects.bulk_create([row for row in rows if isinstance(row, model)])
        found = {time.stage: time for time in stage_times(Decision.objects.all())}
        transaction.set_rollback(True)
    assert set(found) == set(expected)
    for stage, lengths in expected.items():
        assert found[stage].number == len(lengths)
        assert found[stage].median == statistics.median(lengths)
        assert found[stage].longest == max(lengths)


def _rows(course: Any, key: str, steps: Any, expected: dict[str, list[Any]]) -> Iterator[Any]:
    """What happens, as rows; and reckon what each decision took, since what began its stage."""
    at, began = THEN, None
    for kind, minutes in steps:
        at += minutes * MINUTE
        if kind in (0, 3):
            yield event(course, key, at, kind="submitted" if kind == 0 else "remark")
            began = at if kind == 0 else began
            continue
        yield decision(course, key, at, stage=f"Stage {kind}")
        if began is not None:
            expected[f"Stage {kind}"].append(at - began)
        began = at


def test_a_stage_that_waited_for_conditions_lends_no_time_to_the_next(course: Any) -> None:
    event(course, "p", THEN).save()
    vote = motion(course, "p", THEN)
    condition = Condition.objects.create(motion=vote, position=1, text="Add an outcome.")
    close(vote, THEN + DAY)
    decision(course, "p", THEN + DAY, stage="Committee").save()
    ConditionMet.objects.create(
        condition=condition, note="Done.", met_by_key="0", met_by_name="S", met_at=THEN + 9 * DAY
    )
    decision(course, "p", THEN + 11 * DAY, stage="OSAP").save()
    took = {row.stage: row.took for row in timed(Decision.objects.all())}
    assert took == {"Committee": DAY, "OSAP": 2 * DAY}


def test_the_longest_is_named_by_its_offering(root: Any, course: Any) -> None:
    slow = CourseFactory(parent=root, title="Slow", agreed=False)
    for offering, days in ((course, 2), (slow, 30)):
        key = f"p{offering.pk}"
        event(offering, key, THEN).save()
        decision(offering, key, THEN + days * DAY).save()
    [row] = stage_times(Decision.objects.all())
    assert (row.longest_title, row.longest) == ("Slow", 30 * DAY)


def test_what_is_there_now_stands_beside_what_was_decided(root: Any) -> None:
    course = CourseFactory(parent=root)
    submit(course)
    found = open_stages(StageState.objects.all())
    [(stage, (number, since))] = found.items()
    assert number == 1
    [row] = with_open([], found)
    assert (row.route, row.stage, row.open_now, row.oldest_open) == (*stage, 1, since)
    assert row.median is None


def test_a_route_walked_for_real_is_timed(root: Any) -> None:
    course = CourseFactory(parent=root)
    submit(course)
    pass_stage(course)
    assert ProposalEvent.objects.filter(kind="submitted").count() == 1
    [row] = timed(Decision.objects.filter(offering_id=course.pk))
    assert datetime.timedelta() <= row.took < datetime.timedelta(minutes=10)
