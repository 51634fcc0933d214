"""An offering's timeline tells how many appeals there were, and never who or how few (law 6)."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from appeals.acts.filing import file_for
from credentials.academic_year import AcademicYear
from tests.appeals.making import NAME, filing
from tests.factories import CourseFactory
from workflows.timeline.entries import timeline_of

pytestmark = pytest.mark.django_db

SMALL = 5


def told(offering: Any, reader: Any) -> list[str]:
    return [entry.what for entry in timeline_of(offering, reader) if entry.kind == "appeals"]


def appeal(staff: dict[str, Any], offering: Any, count: int, at: datetime.datetime) -> None:
    """So many appeals of decisions in an offering, filed at a moment."""
    day = timezone.localdate(at)
    for _number in range(count):
        facts = filing(
            offering=offering,
            decided_on=day - datetime.timedelta(days=2),
            received_on=day - datetime.timedelta(days=1),
        )
        file_for(staff["office"], facts, at)


@pytest.fixture
def last_year() -> datetime.datetime:
    """A working day's noon in the academic year before this one."""
    year = AcademicYear.of(timezone.localdate()).preceding
    noon = datetime.datetime(year.begins_in, 10, 5, 12)
    return timezone.make_aware(noon)


def test_a_year_that_is_over_is_told_by_its_count_alone(
    staff: dict[str, Any], root: Any, last_year: datetime.datetime
) -> None:
    offering = CourseFactory(parent=root)
    appeal(staff, offering, SMALL, last_year)
    year = AcademicYear.of(timezone.localdate()).preceding
    assert told(offering, staff["delegate"]) == [f"Appeals filed in {year}: {SMALL}"]
    assert NAME not in repr(timeline_of(offering, staff["delegate"]))


def test_a_small_count_is_not_told(
    staff: dict[str, Any], root: Any, last_year: datetime.datetime
) -> None:
    offering = CourseFactory(parent=root)
    appeal(staff, offering, SMALL - 1, last_year)
    assert told(offering, staff["delegate"]) == []


def test_a_year_that_goes_on_is_not_told(staff: dict[str, Any], root: Any) -> None:
    offering = CourseFactory(parent=root)
    appeal(staff, offering, SMALL, timezone.now())
    assert told(offering, staff["delegate"]) == []


def test_the_public_is_told_nothing(
    staff: dict[str, Any], root: Any, last_year: datetime.datetime
) -> None:
    offering = CourseFactory(parent=root)
    appeal(staff, offering, SMALL, last_year)
    assert told(offering, None) == []
