"""The ministry's limits by academic year: data that the Department keeps (MC-5)."""

from credentials.academic_year import AcademicYear
from credentials.models.osap_years import OsapYear
from credentials.osap.access import check_keeps
from credentials.people import Person
from credentials.policy.osap import OsapLimits


def limits_of(year: AcademicYear) -> OsapLimits:
    """The limits of a year: its own, else those of the last year before that has any. One query."""
    return _row_for(year).limits


def year_row(year: AcademicYear) -> OsapYear:
    """The year's own row, begun with the limits of the year before where there is none."""
    row, _created = OsapYear.objects.get_or_create(
        begins_in=year.begins_in, defaults=_as_defaults(_row_for(year))
    )
    return row


def change_limits(row: OsapYear, user: Person) -> None:
    """Keep changed limits. Raises OsapRefused, or ValidationError naming the field."""
    check_keeps(user)
    row.full_clean()
    row._history_user = user  # type: ignore[attr-defined]
    row.save()


def _row_for(year: AcademicYear) -> OsapYear:
    """The newest row that is not later, as the year's; not saved."""
    known = OsapYear.objects.filter(begins_in__lte=year.begins_in).order_by("-begins_in").first()
    return OsapYear(begins_in=year.begins_in, **(_as_defaults(known) if known else {}))


def _as_defaults(row: OsapYear) -> dict[str, object]:
    names = ("under_weeks", "least_hours", "most_hours")
    return {name: getattr(row, name) for name in names}
