"""Writing down what happens to a meeting, and checking who may."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from credentials.people.actors import Person, actor_of
from workflows.choices import MeetingAct, MeetingState
from workflows.committee_seats.seats import presides
from workflows.exceptions import DecisionRefused
from workflows.models import Meeting, MeetingEvent

OPEN = (MeetingState.PLANNED, MeetingState.CALLED, MeetingState.UNDER_WAY)


def write_down(meeting: Meeting, kind: MeetingAct, by: Person, **facts: Any) -> MeetingEvent:
    """Append an event. `facts` are seat, person_key, person_name, item and text."""
    actor = actor_of(by)
    event: MeetingEvent = MeetingEvent.objects.create(
        meeting=meeting, kind=kind, by_key=actor.key, by_name=actor.name, **facts
    )
    return event


@contextmanager
def held(meeting: Meeting) -> Iterator[Meeting]:
    """The meeting as it stands now, held so that one act at a time passes, all or nothing."""
    with transaction.atomic():
        yield Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


@contextmanager
def presiding(person: Person, meeting: Meeting, *states: MeetingState) -> Iterator[Meeting]:
    """The meeting, held while those who preside over it do something to it, all or nothing.

    Raises DecisionRefused unless this person is one of them and it stands at one of these states.
    """
    with held(meeting) as found:
        check_presides(person, found)
        check_state(found, *states)
        yield found


def check_presides(person: Person, meeting: Meeting) -> None:
    """Raises DecisionRefused unless this person chairs the committee or is its secretary."""
    if not presides(person, meeting.committee):
        raise DecisionRefused(
            _("Only the chair or the secretary of the %(committee)s does that.")
            % {"committee": meeting.committee.name}
        )


def check_state(meeting: Meeting, *states: MeetingState) -> None:
    """Raises DecisionRefused unless the meeting stands at one of these."""
    if meeting.state not in states:
        raise DecisionRefused(
            _("The meeting stands at “%(state)s”, so this cannot be done.")
            % {"state": str(meeting.get_state_display()).lower()}
        )
