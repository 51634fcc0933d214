"""What follows a publication: a record is opened, a departure is marked (MC-5, GB-2)."""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from credentials.academic_year import AcademicYear
from credentials.choices import Kind
from credentials.models import Approval, OsapRecord, PublishedVersion
from credentials.osap.new_records import open_where_asked
from credentials.osap.transitions import note_departures
from credentials.people.actors import Actor
from credentials.signals import version_published


@receiver(version_published)
def after_publication(
    sender: type[PublishedVersion], version: PublishedVersion, **kwargs: Any
) -> None:
    """Open this year's record where OSAP is asked for; mark what departs from what was sent."""
    offering = version.offering.specific
    is_content = version.approval.action == Approval.Action.PUBLISH
    if not is_content or offering.kind != Kind.MICRO_CREDENTIAL:
        return
    by = Actor("publication", f"Publication of version {version.number}")
    open_where_asked(offering, by)
    year = AcademicYear.of(timezone.localdate())
    records = OsapRecord.objects.filter(
        offering_id=offering.pk, year__begins_in__gte=year.begins_in
    )
    for record in records.select_related("year", "offering"):
        note_departures(record, by)
