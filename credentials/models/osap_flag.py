"""Whether the ministry's approval stands for an offering: what the public flag is made of."""

import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from credentials.academic_year import AcademicYear
from credentials.choices import Kind
from credentials.models.osap import OsapRecord, OsapRecordQuerySet

if TYPE_CHECKING:
    from credentials.models import Offering


def approved_on(day: datetime.date) -> OsapRecordQuerySet:
    """Records of the academic year of this day that the ministry approved."""
    return OsapRecord.objects.in_state(OsapRecord.State.APPROVED).of_year(AcademicYear.of(day))


def is_osap_approved(offering: "Offering") -> bool:
    """Whether OSAP is approved for this academic year. No query but for micro-credentials."""
    if offering.kind != Kind.MICRO_CREDENTIAL or offering.pk is None:
        return False
    return approved_on(timezone.localdate()).filter(offering_id=offering.pk).exists()
