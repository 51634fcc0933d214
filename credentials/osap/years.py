"""The ministry's limits by academic year: data that the Department keeps (MC-5)."""

from credentials.academic_year import AcademicYear
from credentials.models.osap_years import OsapYear
from credentials.osap.keepers import check_keeps
from credentials.people.actors import Person


def year_row(year: AcademicYear) -> OsapYear:
    """The year's own row, begun with the limits of the year before where there is none."""
    row, _created = OsapYear.objects.get_or_create(
        begins_in=year.begins_in, defaults=OsapYear.objects.for_year(year).as_defaults()
    )
    return row


def change_limits(row: OsapYear, user: Person) -> None:
    """Keep changed limits. Raises OsapRefused, or ValidationError naming the field."""
    check_keeps(user)
    row.full_clean()
    row._history_user = user  # type: ignore[attr-defined]
    row.save()
