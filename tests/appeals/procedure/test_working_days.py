"""Working days and deadlines, against a plain reference over twenty years (AP-2)."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appeals.deadlines.holiday_gaps import not_made_up
from appeals.rules.working_days import (
    Clock,
    Closure,
    Deadline,
    Skipped,
    Suspension,
    deadline,
    holidays_of,
)
from tests.appeals.procedure.calendar_reference import Reference, statutory

pytestmark = pytest.mark.clause("AP-2")

TORONTO = ZoneInfo("America/Toronto")
CLOCK = Clock(TORONTO, datetime.time(16), "ON")
DAYS = st.dates(datetime.date(2018, 1, 1), datetime.date(2037, 12, 31))
TIMES = st.times().map(lambda time: time.replace(fold=0))
NUMBERS = st.integers(1, 60)
ONE = datetime.timedelta(days=1)
MINUTE = datetime.timedelta(minutes=1)
PLAIN = Reference()


def at(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime.datetime:
    """A moment in Toronto."""
    return datetime.datetime(year, month, day, hour, minute, tzinfo=TORONTO)


def last_day(found: Deadline) -> datetime.date:
    assert found.at is not None
    return found.at.date()


def begins(found: Deadline) -> datetime.date:
    """The day that counts as the day of receipt."""
    return next(day.day for day in found.days if day.number == 0)


def counts_as_received(received: datetime.datetime) -> datetime.date:
    """The working day that something counts as received on."""
    return begins(deadline(CLOCK, received, 1))


def is_working_day(clock: Clock, day: datetime.date) -> bool:
    """Whether the university works on a day."""
    return clock.skipped(day) is None


def why(found: Deadline) -> list[tuple[int, Skipped | None]]:
    """Day of the month, and why it is skipped."""
    return [(day.day.day, day.skipped) for day in found.days if day.skipped]


closures = st.lists(
    st.tuples(DAYS, st.integers(0, 14)).map(
        lambda pair: Closure(pair[0], pair[0] + pair[1] * ONE, "Closed")
    ),
    max_size=4,
).map(tuple)


def days_of(closed: tuple[Closure, ...]) -> list[datetime.date]:
    return [
        closure.first + n * ONE
        for closure in closed
        for n in range((closure.last - closure.first).days + 1)
    ]


@pytest.mark.parametrize("year", range(2015, 2042))
def test_the_library_knows_ontarios_public_holidays(year: int) -> None:
    assert set(holidays_of("ON", "en", year)) == statutory(year)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2022, {(12, 25)}),
        (2023, {(7, 1)}),
        (2026, set()),
        (2027, set()),
        (2028, {(7, 1)}),
        (2029, {(7, 1)}),
        (2033, {(12, 25)}),
    ],
)
def test_holidays_that_no_other_day_makes_up_for_are_known(
    year: int, days: set[tuple[int, int]]
) -> None:
    assert {(day.month, day.day) for day in not_made_up("ON", "en", year)} == days


@settings(max_examples=400, deadline=None)
@given(day=DAYS, time=TIMES, number=NUMBERS)
def test_a_deadline_is_what_the_reference_says(
    day: datetime.date, time: datetime.time, number: int
) -> None:
    received = datetime.datetime.combine(day, time, tzinfo=TORONTO)
    found = deadline(CLOCK, received, number)
    is_late = (time.hour, time.minute) > (16, 0)
    assert last_day(found) == PLAIN.last_day(day, number, late=is_late)
    assert found.at is not None
    assert (found.at.hour, found.at.minute) == (16, 0)


@settings(max_examples=60, deadline=None)
@given(day=DAYS, number=NUMBERS, closed=closures)
def test_closures_are_skipped_as_the_reference_skips_them(
    day: datetime.date, number: int, closed: tuple[Closure, ...]
) -> None:
    clock = Clock(TORONTO, datetime.time(16), "ON", closed)
    plain = Reference(days_of(closed))
    assert last_day(deadline(clock, day, number)) == plain.last_day(day, number, late=False)


@settings(max_examples=60, deadline=None)
@given(day=DAYS, number=NUMBERS, closed=closures)
def test_a_closure_added_after_filing_never_brings_a_deadline_nearer(
    day: datetime.date, number: int, closed: tuple[Closure, ...]
) -> None:
    before = deadline(CLOCK, day, number)
    after = deadline(Clock(TORONTO, datetime.time(16), "ON", closed), day, number)
    assert last_day(after) >= last_day(before)
    touched = [c for c in days_of(closed) if day <= c <= last_day(before)]
    if not touched:
        assert after == before


@settings(max_examples=200, deadline=None)
@given(day=DAYS, time=TIMES, number=NUMBERS)
def test_the_days_shown_are_the_whole_arithmetic(
    day: datetime.date, time: datetime.time, number: int
) -> None:
    found = deadline(CLOCK, datetime.datetime.combine(day, time, tzinfo=TORONTO), number)
    days = [shown.day for shown in found.days]
    assert days == [day + n * ONE for n in range(len(days))]
    assert [d.number for d in found.days if d.number is not None] == list(range(number + 1))
    assert all((d.number is None) == bool(d.skipped) for d in found.days)
    assert days[-1] == last_day(found)
    assert sum(is_working_day(CLOCK, day) for day in days if day > begins(found)) == number


@settings(max_examples=200, deadline=None)
@given(day=DAYS, number=NUMBERS, seconds=st.integers(0, 59))
def test_the_cut_off_holds_to_the_minute(day: datetime.date, number: int, seconds: int) -> None:
    found = deadline(CLOCK, day, number)
    assert found.at is not None
    within = found.at + datetime.timedelta(seconds=seconds)
    assert not found.is_late(within)
    assert not found.is_late(within.astimezone(datetime.UTC))
    assert found.is_late(found.at + MINUTE)
    assert found.is_late((found.at + MINUTE).astimezone(ZoneInfo("Asia/Tokyo")))


@pytest.mark.parametrize(
    ("received", "last", "offset"),
    [
        # Clocks go forward on Sunday 8 March 2026 and back on Sunday 1 November 2026.
        (at(2026, 3, 5), at(2026, 3, 9, 16), -4),
        (at(2026, 3, 4), at(2026, 3, 6, 16), -5),
        (at(2026, 10, 29), at(2026, 11, 2, 16), -5),
        (at(2026, 10, 28), at(2026, 10, 30, 16), -4),
    ],
)
def test_the_cut_off_is_wall_time_on_both_sides_of_a_change(
    received: datetime.datetime, last: datetime.datetime, offset: int
) -> None:
    found = deadline(CLOCK, received, 2)
    assert found.at == last
    as_utc = last.replace(tzinfo=datetime.UTC) - datetime.timedelta(hours=offset)
    assert found.at == as_utc
    assert not found.is_late(as_utc)
    assert found.is_late(as_utc + MINUTE)


@pytest.mark.parametrize("day", [datetime.date(2026, 3, 9), datetime.date(2026, 11, 2)])
def test_a_receipt_at_the_cut_off_counts_that_day_and_a_minute_later_the_next(
    day: datetime.date,
) -> None:
    cut_off = datetime.datetime.combine(day, datetime.time(16), tzinfo=TORONTO)
    for moment in (cut_off, cut_off.astimezone(datetime.UTC)):
        assert counts_as_received(moment) == day
        assert counts_as_received(moment + MINUTE) == day + ONE


@pytest.mark.parametrize("hour", [0, 1, 2, 3, 23])
@pytest.mark.parametrize("sunday", [datetime.date(2026, 3, 8), datetime.date(2026, 11, 1)], ids=str)
def test_an_hour_that_is_missing_or_doubled_is_a_sunday_all_the_same(
    sunday: datetime.date, hour: int
) -> None:
    for fold in (0, 1):
        received = datetime.datetime(
            sunday.year, sunday.month, sunday.day, hour, 30, fold=fold, tzinfo=TORONTO
        )
        assert counts_as_received(received) == sunday + ONE


def test_the_day_is_torontos_and_not_the_servers() -> None:
    late_evening = datetime.datetime(2026, 9, 2, 2, 0, tzinfo=datetime.UTC)  # 1 September, 22:00
    assert counts_as_received(late_evening) == datetime.date(2026, 9, 2)
    assert deadline(CLOCK, late_evening, 1).days[0].skipped is Skipped.AFTER_CUT_OFF


def test_ten_working_days_across_the_winter_holidays_with_a_closure() -> None:
    closed = Closure(datetime.date(2026, 12, 24), datetime.date(2027, 1, 4), "Winter break")
    clock = Clock(TORONTO, datetime.time(16), "ON", (closed,), "fr")
    found = deadline(clock, at(2026, 12, 17, 16, 1), 10)
    assert found.at == at(2027, 1, 13, 16)
    assert begins(found) == datetime.date(2026, 12, 18)
    assert why(found)[:4] == [
        (17, Skipped.AFTER_CUT_OFF),
        (19, Skipped.WEEKEND),
        (20, Skipped.WEEKEND),
        (24, Skipped.CLOSURE),
    ]
    names = {day.day: day.name for day in found.days if day.name}
    assert names[datetime.date(2026, 12, 24)] == "Winter break"
    assert names[datetime.date(2026, 12, 25)] == "Jour de Noël"


def test_an_evening_before_a_holiday_weekend_counts_on_tuesday() -> None:
    found = deadline(CLOCK, at(2026, 9, 4, 16, 1), 1)
    assert begins(found) == datetime.date(2026, 9, 8)
    assert why(found) == [
        (4, Skipped.AFTER_CUT_OFF),
        (5, Skipped.WEEKEND),
        (6, Skipped.WEEKEND),
        (7, Skipped.HOLIDAY),
    ]
    assert found.at == at(2026, 9, 9, 16)


@settings(max_examples=100, deadline=None)
@given(day=DAYS, number=NUMBERS, after=st.integers(-5, 40), length=st.integers(0, 30))
def test_suspended_days_do_not_count(
    day: datetime.date, number: int, after: int, length: int
) -> None:
    first = day + after * ONE
    suspension = Suspension(first, first + length * ONE)
    found = deadline(CLOCK, day, number, [suspension])
    counted = [shown.day for shown in found.days if shown.number]
    assert len(counted) == number
    assert not any(suspension.holds(each) for each in counted)
    # Only a day after that of receipt, and no day off, is skipped as suspended.
    suspended = [shown.day for shown in found.days if shown.skipped is Skipped.SUSPENDED]
    assert all(is_working_day(CLOCK, each) and each > begins(found) for each in suspended)
    without = [each for each in PLAIN.days if not suspension.holds(each)]
    assert counted == [each for each in without if each > begins(found)][:number]


def test_a_deadline_stands_still_while_a_suspension_has_no_end() -> None:
    found = deadline(CLOCK, at(2026, 9, 8), 10, [Suspension(datetime.date(2026, 9, 10), None)])
    assert found.at is None
    assert found.days[-1].skipped is Skipped.SUSPENDED
    assert not found.is_late(at(2036, 1, 1))


def test_a_moment_without_a_zone_and_no_days_at_all_are_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        deadline(CLOCK, datetime.datetime(2026, 9, 1, 12), 10)
    with pytest.raises(ValueError, match="at least one"):
        deadline(CLOCK, at(2026, 9, 1), 0)


@pytest.mark.parametrize(
    ("province", "day", "works"),
    [
        ("QC", datetime.date(2026, 6, 24), False),
        ("ON", datetime.date(2026, 6, 24), True),
        ("ON", datetime.date(2026, 2, 16), False),
        ("QC", datetime.date(2026, 2, 16), True),
    ],
)
def test_another_province_has_other_holidays(
    province: str, day: datetime.date, works: bool
) -> None:
    assert is_working_day(Clock(TORONTO, datetime.time(16), province), day) is works
