"""What OSAP tells an offering's timeline, for the Department alone (MC-5)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.models import Offering, OsapEvent
from credentials.osap.keepers import keeps_osap
from credentials.people.actors import Person
from credentials.timeline import Entry, Source

KIND = "osap"


def _may_read(reader: Person | None) -> bool:
    return reader is not None and keeps_osap(reader)


def _events(offering: Offering) -> Iterator[Entry]:
    """Every event of every record, in one query."""
    events = OsapEvent.objects.filter(offering_id=offering.pk).select_related("record__year")
    for event in events:
        yield Entry(
            at=event.at,
            kind=KIND,
            what=_("OSAP %(year)s: %(act)s")
            % {"year": event.record.year, "act": event.get_act_display()},
            who=event.by_name,
            text="\n".join(filter(None, (event.reference, event.note))),
            link=reverse("osap:record", args=[event.record_id]),
        )


def timeline_sources() -> list[Source]:
    """The one source."""
    return [Source(KIND, gettext_lazy("OSAP"), _events, _may_read)]
