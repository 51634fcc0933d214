"""What members are told of motions, meetings and minutes."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from credentials.message_templates.occasions import Facts
from workflows.choices import VotingMethod
from workflows.committee.outcome_words import explain
from workflows.committee_seats.seats import members
from workflows.models import Meeting, Minutes, Motion
from workflows.notices import recipients
from workflows.notices.outbox import Message, tell
from workflows.signals import (
    meeting_called,
    meeting_changed,
    minutes_confirmed,
    motion_closed,
    motion_opened,
)


@receiver(motion_opened)
def on_motion(sender: Any, motion: Motion, **kwargs: Any) -> None:
    """In an electronic vote those who may vote learn until when."""
    if motion.method != VotingMethod.E_VOTE:
        return
    seats = motion.roster.filter(is_recused=False)
    keys = {seat.holder_key for seat in seats} | {seat.alternate_key for seat in seats}
    link = reverse("governance:motion", args=[motion.pk])
    facts = {"motion": motion, "committee": motion.committee, "until": motion.closes_at}
    message = Message(f"motion:{motion.pk}", "motion", facts, link)
    tell(recipients.with_keys(keys), message)


@receiver(motion_closed)
def on_result(sender: Any, motion: Motion, **kwargs: Any) -> None:
    """Members learn what became of it, in words."""
    facts = {
        "motion": motion,
        "committee": motion.committee,
        "outcome": motion.result.get_outcome_display,
        "figures": lambda: explain(motion.result),
    }
    link = reverse("governance:motion", args=[motion.pk])
    tell(members(motion.committee), Message(f"result:{motion.pk}", "result", facts, link))


@receiver(meeting_called)
def on_meeting(sender: Any, meeting: Meeting, **kwargs: Any) -> None:
    """Members learn that they meet, or that they do not."""
    link = reverse("governance:meeting", args=[meeting.pk])
    cancelled = meeting.cancellation()
    occasion = "meeting_called" if cancelled is None else "meeting_cancelled"
    facts = {**_when_and_where(meeting), "text": cancelled.text if cancelled else ""}
    message = Message(f"meeting:{meeting.pk}:{meeting.state}", occasion, facts, link)
    tell(members(meeting.committee), message)


@receiver(meeting_changed)
def on_changed_meeting(sender: Any, meeting: Meeting, **kwargs: Any) -> None:
    """Members who were called learn of the new time or place."""
    link = reverse("governance:meeting", args=[meeting.pk])
    key = f"meeting:{meeting.pk}:changed:{meeting.history.latest().history_id}"
    message = Message(key, "meeting_changed", _when_and_where(meeting), link)
    tell(members(meeting.committee), message)


def _when_and_where(meeting: Meeting) -> Facts:
    return {
        "committee": meeting.committee,
        "meeting": meeting,
        "state": meeting.get_state_display,
        "starts": meeting.starts_at,
        "place": meeting.place,
        "online": meeting.link,
    }


@receiver(minutes_confirmed)
def on_minutes(sender: Any, minutes: Minutes, **kwargs: Any) -> None:
    """Members learn that the minutes can be read."""
    link = reverse("governance:minutes", args=[minutes.meeting_id])
    facts = {"minutes": minutes.title, "committee": minutes.meeting.committee}
    message = Message(f"minutes:{minutes.pk}", "minutes", facts, link)
    tell(members(minutes.meeting.committee), message)
