"""What the end of an academic year does to OSAP records, and what was missed (MC-5)."""

import datetime
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from credentials.academic_year import AcademicYear
from credentials.conf import conf
from credentials.models import Offering, OsapEvent, OsapRecord
from credentials.osap.announcement import flags_to_change, tell_public
from credentials.osap.keepers import OsapRefused
from credentials.osap.new_records import open_missing
from credentials.osap.transitions import write
from credentials.people.actors import Actor

# Who the record says did it.
CALENDAR = Actor("calendar", "The academic calendar")
State = OsapRecord.State

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """How many records were opened and lapsed, for how many offerings the public was told."""

    opened: int = 0
    lapsed: int = 0
    told: int = 0
    failed: int = 0


def lapse_osap(on: datetime.date) -> Done:
    """Lapse what stands from years that are over on this day, and tell the public.

    Records that were missed are opened. The public flag is made to say what the ministry's
    approval says on this day: an approval for a year that has begun is shown, one that lapsed is
    not. Each record and each offering in a transaction of its own; what goes wrong with one does
    not keep the others, and is tried again by the next run. Safe to repeat, however late.
    """
    opened = open_missing(CALENDAR)
    lapsed = sum(1 for _record in _lapsing(on))
    told = failed = 0
    for offering in Offering.objects.filter(pk__in=flags_to_change(on)):
        try:
            told += tell_public(offering, CALENDAR, on, conf().OFFICES["department"]) is not None
        except (PermissionDenied, IntegrityError) as error:
            _log.error("OSAP of offering %s was not told: %s.", offering.pk, type(error).__name__)
            failed += 1
    return Done(opened, lapsed, told, failed)


def _lapsing(on: datetime.date) -> Iterator[OsapRecord]:
    over = OsapRecord.objects.filter(year__begins_in__lt=AcademicYear.of(on).begins_in)
    open_states = (State.TO_PREPARE, State.SUBMITTED, State.APPROVED)
    keys = over.in_state(*open_states).order_by("pk")
    for pk in list(keys.values_list("pk", flat=True)):
        with transaction.atomic():
            record = OsapRecord.objects.select_related("year").get(pk=pk)
            try:
                write(record, OsapEvent.Act.LAPSED, CALENDAR)
            except OsapRefused:  # it was declined a moment ago, or another run lapsed it
                continue
            yield record
