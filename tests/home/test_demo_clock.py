"""The demonstration's clock: past things happen in the past, in working hours, and none to come."""

import datetime

import pytest
from django.utils import timezone

from home.demo.clock import Clock, after, before

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
FRIDAY = datetime.datetime(2026, 3, 13, 15, 30, tzinfo=datetime.UTC)


def day(moment: datetime.datetime) -> datetime.date:
    """The institution's own day."""
    return timezone.localdate(moment)


def test_what_is_done_inside_happens_then_and_the_present_returns() -> None:
    clock = Clock()
    with clock.at(FRIDAY):
        assert day(timezone.now()) == datetime.date(2026, 3, 13)
        clock.wait(days=1)
        assert day(timezone.now()) == datetime.date(2026, 3, 16)
        clock.go_on_to(FRIDAY)
        assert day(timezone.now()) == datetime.date(2026, 3, 16)
    assert timezone.now() >= clock.present


def test_nothing_happens_after_the_present() -> None:
    clock = Clock()
    with clock.at(clock.present - HOUR):
        clock.wait(days=30)
        assert abs(timezone.now() - clock.present) < HOUR
    with clock.at(clock.present + 30 * HOUR):
        assert abs(timezone.now() - clock.present) < HOUR


def test_in_the_present_nothing_is_waited_for() -> None:
    clock = Clock()
    clock.wait(days=3)
    assert timezone.now() - clock.present < HOUR


@pytest.mark.parametrize("days", [1, 4, 11])
def test_working_days_back_and_forth_lead_to_the_same_day(days: int) -> None:
    assert day(after(before(FRIDAY, days), days)) == day(FRIDAY)
    assert day(before(FRIDAY, days)).weekday() < 5


def test_publications_follow_each_other_over_the_years_up_to_now() -> None:
    clock = Clock()
    moments = [clock.publication(place, 80) for place in range(80)]
    assert moments == sorted(moments)
    assert clock.beginning < moments[0] < moments[-1] < clock.present
