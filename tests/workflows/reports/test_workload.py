"""The committee's work agrees, number by number, with what the record says."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from tests.committee import committee, seat
from tests.factories import CourseFactory
from tests.people import person
from tests.workflows.reports.records import DAY, THEN, cast, close, motion
from workflows.choices import MeetingAct, MeetingState, MotionOutcome
from workflows.models import Meeting, MeetingEvent
from workflows.reports.attendance import meetings_held, terms_held
from workflows.reports.request import Asked
from workflows.reports.workload import by_month, in_all

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY = datetime.date(2026, 1, 1), datetime.date(2026, 2, 1)


@pytest.fixture
def course(root: Any) -> Any:
    """A draft that motions are about."""
    return CourseFactory(parent=root, agreed=False)


@pytest.fixture
def members(root: Any) -> list[Any]:
    """Three seats, held for a year and more before THEN."""
    made = [seat(person("committee", n), "chair" if n == 1 else "voting") for n in (1, 2, 3)]
    for taken in made:
        taken.terms.update(starts_on=datetime.date(2024, 1, 1))
    return made


def meet(on: datetime.datetime, *present: Any, state: str = MeetingState.ADJOURNED) -> Meeting:
    """A meeting to which the holders of these seats came."""
    meeting = Meeting.objects.create(committee=committee(), starts_at=on, state=state)
    for taken in present:
        arrive(meeting, taken, taken.terms.get(is_alternate=False).person_key)
    return meeting


def arrive(meeting: Meeting, taken: Any, key: str) -> None:
    """Somebody comes for a seat."""
    MeetingEvent.objects.create(
        meeting=meeting,
        kind=MeetingAct.ARRIVED,
        seat=taken,
        person_key=key,
        by_key="0",
        by_name="S",
        at=meeting.starts_at,
    )


def test_each_figure_falls_into_its_own_month(course: Any) -> None:
    first = motion(course, "a", THEN)
    cast(first)
    cast(first)
    close(first, THEN + 20 * DAY, recused=2)
    close(motion(course, "b", THEN), THEN + 30 * DAY, MotionOutcome.DEFEATED, recused=1)
    close(motion(course, "c", THEN), THEN + DAY, MotionOutcome.NO_QUORUM)
    february, january = by_month(Asked(), [])
    assert (january.month, january.opened, january.ballots) == (JANUARY, 3, 2)
    assert (january.decided, january.undecided, january.took) == (0, 1, None)
    assert (february.month, february.opened, february.recusals) == (FEBRUARY, 0, 3)
    assert (february.carried, february.defeated, february.took) == (1, 1, 25 * DAY)


def test_a_motion_of_another_method_or_time_is_not_counted(course: Any) -> None:
    close(motion(course, "a", THEN, method="meeting"), THEN + DAY)
    assert by_month(Asked(method="e_vote"), []) == []
    assert by_month(Asked(start=FEBRUARY), []) == []
    [row] = by_month(Asked(method="meeting", end=FEBRUARY), [])
    assert row.decided == 1


def test_attendance_is_of_the_seats_held_that_day(members: list[Any]) -> None:
    members[2].terms.update(ends_on=datetime.date(2026, 1, 31))
    meet(THEN, members[0], members[2])
    meet(THEN + 40 * DAY, members[0])
    meet(THEN + 50 * DAY, state=MeetingState.CANCELLED)
    february, january = meetings_held(Asked())
    assert (january.present, january.seats, january.share) == (2, 3, 66.7)
    assert (february.present, february.seats, february.share) == (1, 2, 50.0)
    assert [row.attendance for row in by_month(Asked(), [february, january])] == [50.0, 66.7]


def test_a_term_counts_the_meetings_held_in_it(members: list[Any]) -> None:
    meeting = meet(THEN, members[0])
    arrive(meeting, members[1], "an alternate")
    meet(datetime.datetime(2020, 5, 4, 12, tzinfo=datetime.UTC), members[0])
    rows = [(row.meetings, row.attended, row.stood_in) for row in terms_held(Asked())]
    assert rows == [(1, 1, 0), (1, 0, 1), (1, 0, 0)]
    assert terms_held(Asked(start=timezone.localdate())) == []


def test_the_chart_adds_the_committees_of_a_month_together(course: Any) -> None:
    close(motion(course, "a", THEN), THEN + 20 * DAY)
    rows = by_month(Asked(), [])
    assert [(row.month, row.opened, row.decided) for row in in_all([*rows, *rows])] == [
        (JANUARY, 2, 0),
        (FEBRUARY, 0, 2),
    ]
    assert in_all([]) == []


def test_the_chart_shows_a_month_in_which_nothing_happened(course: Any) -> None:
    close(motion(course, "a", THEN), THEN + 50 * DAY)
    assert [(row.opened, row.decided) for row in in_all(by_month(Asked(), []))] == [
        (1, 0),
        (0, 0),
        (0, 1),
    ]
