"""Calling a meeting with due notice, and cancelling it."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from credentials.people.actors import Person
from workflows.agendas.meeting_events import presiding, write_down
from workflows.choices import MeetingAct, MeetingState
from workflows.exceptions import DecisionRefused
from workflows.models import CommitteeRules, Meeting
from workflows.signals import meeting_called


def notice_missing(meeting: Meeting) -> int:
    """Days by which the notice is shorter than the committee's rules ask for; 0 when it is not."""
    try:
        needed = meeting.committee.rules_in_force().notice_days
    except CommitteeRules.DoesNotExist:
        return 0
    given: datetime.timedelta = timezone.localdate(meeting.starts_at) - timezone.localdate()
    return max(0, needed - given.days)


def check_notice(meeting: Meeting) -> int:
    """Days by which the notice is too short, for a reason. Raises DecisionRefused without one."""
    missing = notice_missing(meeting)
    if missing and not meeting.short_notice_reason.strip():
        raise DecisionRefused(
            ngettext(
                "The notice is %(days)s day too short. Give the reason for short notice, or "
                "choose a later day.",
                "The notice is %(days)s days too short. Give the reason for short notice, or "
                "choose a later day.",
                missing,
            )
            % {"days": missing}
        )
    return missing


def call_meeting(meeting: Meeting, person: Person) -> None:
    """Tell the members that they meet. Raises DecisionRefused."""
    with presiding(person, meeting, MeetingState.PLANNED) as meeting:
        if meeting.starts_at <= timezone.now():
            raise DecisionRefused(_("The meeting lies in the past. Change its date first."))
        missing = check_notice(meeting)
        meeting.state = MeetingState.CALLED
        meeting.save()
        text = meeting.short_notice_reason if missing else ""
        write_down(meeting, MeetingAct.CALLED, person, text=text)
        meeting_called.send(Meeting, meeting=meeting)


def cancel_meeting(meeting: Meeting, person: Person, reason: str) -> None:
    """Cancel it; its items wait for another agenda. Raises DecisionRefused."""
    with presiding(person, meeting, MeetingState.PLANNED, MeetingState.CALLED) as meeting:
        if not reason.strip():
            raise DecisionRefused(_("Say why it is cancelled; members are told."))
        was_called = meeting.state == MeetingState.CALLED
        meeting.state = MeetingState.CANCELLED
        meeting.save()
        write_down(meeting, MeetingAct.CANCELLED, person, text=reason.strip())
        if was_called:
            meeting_called.send(Meeting, meeting=meeting)
