"""OSAP records of an offering, written past the Department's pages."""

from typing import Any

from django.utils import timezone

from credentials.academic_year import AcademicYear
from credentials.models import OsapEvent, OsapRecord
from credentials.osap.figures import offered_by
from credentials.osap.new_records import open_record
from credentials.osap.transitions import write
from credentials.people.actors import actor_of
from tests.people import person
from tests.proposals import draft


def osap_record(offering: Any, *acts: str, year: AcademicYear | None = None) -> OsapRecord:
    """A record of this academic year with these acts on it, written past the Department's pages."""
    content = draft(offering)
    by = actor_of(person("department"))
    record, _is_new = open_record(content, year or AcademicYear.of(timezone.localdate()), by)
    codes = {"cip": "51.3901", "noc_1": "33102"}
    OsapRecord.objects.filter(pk=record.pk).update(**codes)
    record = OsapRecord.objects.get(pk=record.pk)
    for act in acts:
        asks = act in ("submitted", "reported")
        write(record, OsapEvent.Act(act), by, offered=offered_by(content) if asks else None)
    return record


def approve_osap(offering: Any, year: AcademicYear | None = None) -> OsapRecord:
    """The ministry's approval for this academic year, before or after it was published."""
    return osap_record(offering, "submitted", "approved", year=year)
