"""Academic years, by which reports and OSAP records are kept."""

import datetime
from typing import Any

import pytest

from credentials.academic_year import AcademicYear


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (datetime.date(2026, 8, 31), "2025-26"),
        (datetime.date(2026, 9, 1), "2026-27"),
        (datetime.date(2027, 1, 15), "2026-27"),
        (datetime.date(2099, 9, 1), "2099-00"),
    ],
)
def test_a_day_falls_in_the_year_that_began_last(day: datetime.date, year: str) -> None:
    assert str(AcademicYear.of(day)) == year
    assert day in AcademicYear.of(day)


def test_a_year_ends_the_day_before_the_next_begins() -> None:
    year = AcademicYear(2026)
    assert (year.first_day, year.last_day) == (
        datetime.date(2026, 9, 1),
        datetime.date(2027, 8, 31),
    )
    assert datetime.date(2027, 9, 1) not in year
    assert datetime.date(2027, 9, 1) in year.following


def test_the_beginning_is_a_setting(settings: Any) -> None:
    settings.CREDENCE = {"ACADEMIC_YEAR_STARTS": (1, 1)}
    assert AcademicYear.of(datetime.date(2026, 12, 31)) == AcademicYear(2026)
    assert AcademicYear(2026).last_day == datetime.date(2026, 12, 31)


def test_a_label_names_its_year() -> None:
    assert AcademicYear.named("2026-27") == AcademicYear(2026)
    assert AcademicYear.named("2099-00").preceding == AcademicYear(2098)


@pytest.mark.parametrize("label", ["2026-28", "2026", "26-27", "2026-2027", ""])
def test_what_is_no_label_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match="as in 2026-27"):
        AcademicYear.named(label)
