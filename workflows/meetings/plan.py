"""Planning a meeting, and changing when and where it is held."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from credentials.people.actors import Person
from workflows.agendas.meeting_events import check_presides, presiding
from workflows.choices import MeetingState
from workflows.exceptions import DecisionRefused
from workflows.meetings.call import check_notice
from workflows.models import Meeting
from workflows.signals import meeting_changed

TOLD = ("starts_at", "ends_at", "place", "link")  # what members were told when they were called


def plan_meeting(meeting: Meeting, person: Person) -> Meeting:
    """Save a new meeting of a committee that this person presides over. Raises DecisionRefused."""
    with transaction.atomic():
        check_presides(person, meeting)
        _check_lies_ahead(meeting)
        meeting.state = MeetingState.PLANNED
        meeting.save()
    return meeting


def change_meeting(meeting: Meeting, person: Person, facts: dict[str, Any]) -> Meeting:
    """Give a meeting other facts, until it is under way; members who were called are told.

    `facts` are values of the fields that are planned; the committee stays. Raises DecisionRefused.
    """
    with presiding(person, meeting, MeetingState.PLANNED, MeetingState.CALLED) as meeting:
        was = {name: getattr(meeting, name) for name in TOLD}
        for name in (*TOLD, "short_notice_reason"):
            setattr(meeting, name, facts.get(name, getattr(meeting, name)))
        _check_lies_ahead(meeting)
        is_called = meeting.state == MeetingState.CALLED
        if is_called and meeting.starts_at != was["starts_at"]:
            check_notice(meeting)
        meeting.save()
        if is_called and any(getattr(meeting, name) != was[name] for name in TOLD):
            meeting_changed.send(Meeting, meeting=meeting)
    return meeting


def _check_lies_ahead(meeting: Meeting) -> None:
    if meeting.starts_at <= timezone.now():
        raise DecisionRefused(_("The meeting must lie in the future."))
