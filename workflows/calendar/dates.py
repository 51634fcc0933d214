"""A person's calendar: meetings of their committees, ends of electronic votes, reviews due."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from credentials.conf import conf
from credentials.people.actors import Person
from workflows.choices import MeetingState
from workflows.models import CalendarFeed, Committee, Meeting, Motion, SeatTerm
from workflows.reviews.status import reviews_to_watch

KEPT = datetime.timedelta(days=365)  # how far back the calendar goes
REFRESH = datetime.timedelta(hours=1)
STATUS = {MeetingState.PLANNED: "TENTATIVE", MeetingState.CANCELLED: "CANCELLED"}


@dataclass(frozen=True)
class Site:
    """Where the admin answers, without a slash at the end, for the links in the calendar."""

    base_url: str

    def link(self, name: str, key: int) -> str:
        """Whole address of a page of the admin."""
        return f"{self.base_url}{reverse(f'governance:{name}', args=[key])}"


def open_address(person: Any) -> CalendarFeed:
    """The private address of a person's calendar, made when there is none."""
    feed, _created = CalendarFeed.objects.get_or_create(person=person)
    return feed


def renew_address(person: Any) -> CalendarFeed:
    """Another address in place of the old one, which is closed by that."""
    with transaction.atomic():
        close_address(person)
        return open_address(person)


def close_address(person: Any) -> None:
    """Close the address; nothing answers there any more."""
    CalendarFeed.objects.filter(person=person).delete()


def calendar_of(person: Person, base_url: str) -> bytes:
    """The calendar as RFC 5545 text, in the language in force.

    The same until something in it changes, so that readers can ask whether it has.
    """
    site = Site(base_url.rstrip("/"))
    calendar = Calendar()
    name = _("Committee calendar, %(institution)s") % {"institution": conf().INSTITUTION_NAME}
    calendar.add("prodid", f"-//{conf().INSTITUTION_NAME}//Credence//{get_language() or 'en'}")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    seats = SeatTerm.objects.on().held_by(person)
    committees = Committee.objects.filter(pk__in=seats.values("seat__committee"))
    since = timezone.now() - KEPT
    sources = (
        _meetings(committees, since, site),
        _votes(person, committees, since, site),
        _reviews(person, since, site),
    )
    for event in (event for source in sources for event in source):
        calendar.add_component(event)
    calendar.add_missing_timezones()
    text: bytes = calendar.to_ical()
    return text


def _meetings(committees: Any, since: datetime.datetime, site: Site) -> Iterator[Event]:
    meetings = (
        Meeting.objects.filter(committee__in=committees, starts_at__gte=since)
        .select_related("committee")
        .order_by("starts_at", "pk")
    )
    for meeting, (sequence, changed) in _with_changes(list(meetings)):
        at = meeting.starts_at
        event = _event(f"meeting-{meeting.pk}", at, sequence, changed or at)
        event.add("summary", _("Meeting: %(committee)s") % {"committee": meeting.committee.name})
        if meeting.ends_at:
            event.add("dtend", _local(meeting.ends_at))
        if meeting.place or meeting.link:
            event.add("location", meeting.place or meeting.link)
        agenda = site.link("meeting", meeting.pk)
        lines = [_("Agenda: %(url)s") % {"url": agenda}]
        if meeting.link:
            lines.append(_("Join: %(url)s") % {"url": meeting.link})
        event.add("description", "\n".join(lines))
        event.add("url", agenda)
        event.add("status", STATUS.get(MeetingState(meeting.state), "CONFIRMED"))
        yield event


def _with_changes(rows: list[Any]) -> Iterator[tuple[Any, tuple[int, datetime.datetime | None]]]:
    """Each row with how often it was changed, and when last."""
    if not rows:
        return
    changes = {
        row["id"]: (row["times"] - 1, row["last"])
        for row in type(rows[0])
        .history.filter(id__in=[row.pk for row in rows])
        .order_by()
        .values("id")
        .annotate(times=Count("history_id"), last=Max("history_date"))
    }
    for row in rows:
        yield row, changes.get(row.pk, (0, None))


def _votes(
    person: Person, committees: Any, since: datetime.datetime, site: Site
) -> Iterator[Event]:
    """Ends of the votes that the person has a part in, now or as alternate; none of those recused.

    A vote that was closed earlier than announced is cancelled.
    """
    key = str(person.pk)
    motions = (
        Motion.objects.filter(
            Q(roster__holder_key=key) | Q(roster__alternate_key=key),
            roster__is_recused=False,
            committee__in=committees,
            closes_at__gte=since,
        )
        .select_related("committee", "result")
        .distinct()
        .order_by("closes_at", "pk")
    )
    for motion in motions:
        result = getattr(motion, "result", None)
        changed = result.closed_at if result else motion.opened_at
        event = _event(f"vote-{motion.pk}", motion.closes_at, int(result is not None), changed)
        event.add("summary", _("Electronic vote ends: %(subject)s") % {"subject": motion.subject})
        address = site.link("motion", motion.pk)
        event.add("description", _("Vote: %(url)s") % {"url": address})
        event.add("url", address)
        event.add("transp", "TRANSPARENT")
        early = result is not None and result.closed_at < motion.closes_at
        event.add("status", "CANCELLED" if early else "CONFIRMED")
        yield event


def _reviews(person: Person, since: datetime.datetime, site: Site) -> Iterator[Event]:
    """Due dates of the reviews that the person runs, as whole days; the same key when one moves."""
    cycles = list(reviews_to_watch(person).filter(due_on__gte=since.date()))
    for cycle, (sequence, changed) in _with_changes(cycles):
        event = _event(f"review-{cycle.pk}", None, sequence, changed or since)
        event.add("dtstart", cycle.due_on)
        event.add("summary", _("Review due: %(title)s") % {"title": cycle.offering.title})
        address = site.link("review", cycle.pk)
        event.add("description", _("Review: %(url)s") % {"url": address})
        event.add("url", address)
        event.add("transp", "TRANSPARENT")
        event.add("status", "CONFIRMED")
        yield event


def _event(
    key: str, at: datetime.datetime | None, sequence: int, changed: datetime.datetime
) -> Event:
    event = Event()
    event.add("uid", f"{key}@{_host()}")
    event.add("sequence", sequence)
    event.add("dtstamp", changed.astimezone(datetime.UTC))
    event.add("last-modified", changed.astimezone(datetime.UTC))
    if at is not None:
        event.add("dtstart", _local(at))
    return event


def _local(at: Any) -> datetime.datetime:
    """A moment in the institution's own time, so that clocks that change do not move a meeting."""
    return timezone.localtime(at, timezone.get_default_timezone())


def _host() -> str:
    """What makes an event's key one of a kind in the world; it stays when the site moves."""
    return conf().INSTITUTION_URL.partition("://")[2].split("/")[0].split(":")[0] or "localhost"
