"""What an editor is told before a revision departs from what the ministry approved (MC-5).

It names figures that were public when the ministry was asked, never the record's own. While the
ministry has not decided, the Department alone is told.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from credentials.academic_year import AcademicYear
from credentials.choices import Kind
from credentials.models import Offering, OsapEvent, OsapRecord
from credentials.osap.figures import Departure, Figures, departures
from credentials.osap.keepers import keeps_osap
from credentials.people.actors import Person

State = OsapRecord.State
ASKED = (OsapEvent.Act.SUBMITTED, OsapEvent.Act.REPORTED)


@dataclass(frozen=True)
class OsapNotice:
    """What stands, where this content departs from it, and what follows.

    `offered` are the figures that were asked about, `record` the record's key for the Department.
    """

    standing: str
    follows: str
    departures: list[Departure]
    offered: Figures
    record: int | None


def notice_for(content: Offering, person: Person) -> OsapNotice | None:
    """What this person is to know of this content; None when OSAP stands for nothing here.

    No query but for micro-credentials; there at most three.
    """
    if content.kind != Kind.MICRO_CREDENTIAL or content.pk is None:
        return None
    keeps = keeps_osap(person)
    year = AcademicYear.of(timezone.localdate())
    states = (State.APPROVED, State.SUBMITTED) if keeps else (State.APPROVED,)
    asked = (
        OsapEvent.objects.filter(
            act__in=ASKED,
            record__in=OsapRecord.objects.in_state(*states).filter(
                offering_id=content.pk, year__begins_in__gte=year.begins_in
            ),
        )
        .select_related("record__year")
        .order_by("record__year__begins_in", "-pk")
        .first()
    )
    if asked is None:
        return None
    found = departures(asked.offered, content)
    return OsapNotice(
        _("The ministry was asked about this offering for OSAP in %(year)s as it was then.")
        % {"year": asked.record.year},
        _(
            "A change of weeks, hours, delivery or fee departs from that. It can be saved and "
            "decided on, but the Department must report it to the ministry, which may decide anew."
        ),
        found,
        asked.offered,
        asked.record_id if keeps else None,
    )
