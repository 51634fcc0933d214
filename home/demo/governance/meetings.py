"""Meetings of the committee: one each term in the years past, and one tomorrow on what waits."""

import datetime

from django.utils import timezone

from credentials.policy.months import months_after
from home.demo.clock import Clock, after, before
from home.demo.data_files import Record, read_shared
from home.demo.governance.committee import secretary, the_committee
from home.demo.people import People
from workflows.choices import AgendaPart, SeatRole
from workflows.meetings.agenda import add_item, build_agenda
from workflows.meetings.call import call_meeting
from workflows.meetings.minutes import confirm_minutes, draft_minutes
from workflows.meetings.plan import plan_meeting
from workflows.meetings.proceedings import adjourn, note, open_meeting, record_arrival
from workflows.models import Committee, Meeting, SeatTerm

HOUR = 13
NOTICE = 10  # working days before a meeting of the past that it was called
EVERY = 4  # months


def make_meetings(people: People, clock: Clock) -> None:
    """Make those of the past and call the next, unless the committee has or had a meeting."""
    if the_committee().meetings.exists():
        return
    last = timezone.localdate(clock.present) - datetime.timedelta(weeks=4)
    for turn, matter in enumerate(read_shared("meetings")["matters"]):
        day = months_after(timezone.localdate(clock.beginning), EVERY * (turn + 1))
        if day < last:
            eve = before(_afternoon(day), 1)
            with clock.at(before(eve, NOTICE)):
                _hold(matter, _afternoon(timezone.localdate(after(eve, 1))), people, turn, clock)
    _call_next(the_committee(), people)


def _hold(
    matter: Record, starts_at: datetime.datetime, people: People, turn: int, clock: Clock
) -> None:
    """Call it, open it, let most members come, and confirm its minutes some weeks later."""
    by = secretary(people)
    committee = the_committee()
    meeting = plan_meeting(_planned(committee, starts_at), by)
    build_agenda(meeting, by)
    item = add_item(meeting, by, matter["title"], AgendaPart.DISCUSSION)
    call_meeting(meeting, by)
    clock.go_on_to(starts_at)
    open_meeting(meeting, by)
    terms = SeatTerm.objects.filter(seat__committee=committee, is_alternate=False)
    for place, term in enumerate(terms.select_related("seat").order_by("seat__position")):
        is_away = (turn + 2 * place) % 5 == 0 and term.seat.role == SeatRole.VOTING
        if not is_away:
            record_arrival(meeting, by, term)
    note(item, by, matter["note"])
    clock.wait(hours=1)
    adjourn(meeting, by)
    clock.wait(days=15)
    draft_minutes(meeting, by)
    confirm_minutes(meeting, by)


def _call_next(committee: Committee, people: People) -> None:
    by = secretary(people)
    starts_at = _afternoon(timezone.localdate() + datetime.timedelta(days=1))
    meeting = _planned(committee, starts_at)
    meeting.short_notice_reason = "The autumn meeting was moved by a storm."
    plan_meeting(meeting, by)
    build_agenda(meeting, by)
    add_item(meeting, by, "Dates of the winter term", AgendaPart.DISCUSSION)
    call_meeting(meeting, by)


def _planned(committee: Committee, starts_at: datetime.datetime) -> Meeting:
    return Meeting(
        committee=committee,
        starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(hours=2),
        place="Senate Chamber",
        link="https://meet.lakeshore.example/committee",
    )


def _afternoon(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(HOUR)))
