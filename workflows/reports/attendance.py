"""Who came to a committee's meetings, meeting by meeting and term by term.

A seat attended when its holder or alternate arrived, whenever they left. A seat counts when
somebody held it on the day of the meeting.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, TruncDate

from workflows.choices import MeetingAct, MeetingState
from workflows.models import Meeting, MeetingEvent, SeatTerm
from workflows.reports.request import Asked

HELD = (MeetingState.UNDER_WAY, MeetingState.ADJOURNED, MeetingState.CONFIRMED)


@dataclass(frozen=True)
class MeetingAttendance:
    """A meeting that was held: how many seats somebody held that day, how many were taken."""

    pk: int
    committee: str
    day: datetime.date
    seats: int
    present: int

    @property
    def share(self) -> float | None:
        """Percent of the seats that were taken; None when nobody held a seat."""
        return share(self.present, self.seats)


@dataclass(frozen=True)
class TermAttendance:
    """A term: how many meetings were held in it, attended in person, or by an alternate."""

    committee: str
    seat: str
    person: str
    starts_on: datetime.date
    ends_on: datetime.date | None
    meetings: int
    attended: int
    stood_in: int

    @property
    def share(self) -> float | None:
        """Percent of the meetings attended in person; None when none was held."""
        return share(self.attended, self.meetings)


def share(part: int, whole: int) -> float | None:
    """Percent, to a tenth; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def meetings_held(asked: Asked) -> list[MeetingAttendance]:
    """The meetings that were held, the newest first; one query."""
    terms = (
        SeatTerm.objects.filter(seat__committee=OuterRef("committee"), is_alternate=False)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("day")))
        .filter(Q(seat__abolished_on__isnull=True) | Q(seat__abolished_on__gt=OuterRef("day")))
        .filter(starts_on__lte=OuterRef("day"))
    )
    seats = terms.order_by().values("seat__committee").annotate(n=Count("seat", distinct=True))
    arrived = Q(events__kind=MeetingAct.ARRIVED)
    rows = (
        Meeting.objects.filter(asked.period("starts_at"), asked.of_committee(), state__in=HELD)
        .annotate(day=TruncDate("starts_at"))
        .annotate(
            seats=Coalesce(Subquery(seats.values("n")), 0),
            present=Count("events__seat", distinct=True, filter=arrived),
        )
        .order_by("-starts_at", "-pk")
    )
    fields = ("pk", "committee__name", "day", "seats", "present")
    return [MeetingAttendance(*row) for row in rows.values_list(*fields)]


def terms_held(asked: Asked) -> list[TermAttendance]:
    """Holders' terms in which meetings were held, by committee and seat; one query."""
    meetings = Meeting.objects.filter(
        asked.period("starts_at"), _within("starts_at"), committee=OuterRef("seat__committee")
    ).filter(state__in=HELD)
    arrivals = MeetingEvent.objects.filter(
        asked.period("meeting__starts_at"), _within("meeting__starts_at"), seat=OuterRef("seat")
    ).filter(kind=MeetingAct.ARRIVED, meeting__state__in=HELD)
    own = arrivals.filter(person_key=OuterRef("person_key"))
    terms = SeatTerm.objects.filter(is_alternate=False)
    if asked.committee:
        terms = terms.filter(seat__committee=asked.committee)
    rows = (
        terms.annotate(
            held=_number(meetings, "committee", "pk"),
            attended=_number(own, "seat", "meeting"),
            taken=_number(arrivals, "seat", "meeting"),
        )
        .filter(held__gt=0)
        .order_by("seat__committee__name", "seat__position", "seat", "-starts_on")
        .values_list(
            "seat__committee__name",
            "seat__title",
            "person_name",
            "starts_on",
            "ends_on",
            "held",
            "attended",
            F("taken") - F("attended"),
        )
    )
    return [TermAttendance(*row) for row in rows]


def _within(at: str) -> Q:
    """Meetings on the days of the term."""
    ends_on = Coalesce(OuterRef("ends_on"), Value(datetime.date.max))
    return Q(**{f"{at}__date__gte": OuterRef("starts_on"), f"{at}__date__lte": ends_on})


def _number(rows: QuerySet[Any], group: str, counted: str) -> Coalesce:
    """How many different ones there are among rows that all belong to one group."""
    found = rows.order_by().values(group).annotate(n=Count(counted, distinct=True))
    return Coalesce(Subquery(found.values("n")), 0)
