"""Who is present in a meeting, from what the secretary recorded."""

from typing import Any

from workflows.choices import MeetingAct
from workflows.models import MeetingEvent


def present_people(meeting: Any) -> dict[int, str]:
    """Key of the person who is present for each seat, by the seat's primary key."""
    return {seat_id: event.person_key for seat_id, event in _arrivals(meeting).items()}


def present_names(meeting: Any) -> dict[int, str]:
    """Name of the person who is present for each seat, by the seat's primary key."""
    return {seat_id: event.person_name for seat_id, event in _arrivals(meeting).items()}


def _arrivals(meeting: Any) -> dict[int, MeetingEvent]:
    if meeting is None:
        return {}
    present: dict[int, MeetingEvent] = {}
    kinds = (MeetingAct.ARRIVED, MeetingAct.LEFT)
    for event in MeetingEvent.objects.filter(meeting=meeting, kind__in=kinds).order_by("pk"):
        if event.seat_id is None:
            continue
        if event.kind == MeetingAct.ARRIVED:
            present[event.seat_id] = event
        else:
            present.pop(event.seat_id, None)
    return present
