"""The consent part of an agenda: what may be voted on at once, and how an item leaves it."""

from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _

from credentials.people.actors import Person, name_of
from workflows.agendas.items import motions_on
from workflows.agendas.meeting_events import OPEN, check_state, held, write_down
from workflows.choices import AgendaPart, Choice, MeetingAct
from workflows.exceptions import DecisionRefused
from workflows.models import AgendaItem, Ballot, Meeting, Motion, SeatTerm

OBJECTING = (Choice.NO, Choice.DISCUSS)


def consent_items(meeting: Meeting) -> "QuerySet[AgendaItem]":
    """Items in the consent part that nobody has voted against or asked to discuss, in order."""
    objected = objections().filter(
        motion__proposal_key=OuterRef("proposal_key"), motion__stage_key=OuterRef("stage_key")
    )
    items: QuerySet[AgendaItem] = meeting.items.filter(part=AgendaPart.CONSENT)
    return items.filter(~Exists(objected))


def objections() -> Any:
    """Ballots against a motion or to discuss it; also those that were changed later."""
    return Ballot.objects.filter(choice__in=OBJECTING)


def open_consent_motions(meeting: Meeting) -> list[Motion]:
    """Open motions on the consent part, in its order."""
    motions: list[Motion] = []
    for item in consent_items(meeting):
        motions += motions_on(item).open().select_related("committee", "meeting", "rules")
    return motions


def hold_agendas(motion: Motion) -> None:
    """Hold the meetings that have a motion on their agenda; call it before holding the motion.

    Who closes the vote on its consent part holds the meeting first and the motions after. In the
    other order, that and a ballot would wait for each other.
    """
    meetings = Meeting.objects.filter(
        state__in=OPEN,
        items__proposal_key=motion.proposal_key,
        items__stage_key=motion.stage_key,
    )
    keys = list(meetings.order_by().values_list("pk", flat=True).distinct())
    list(Meeting.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",)))


def leave_consent(motion: Motion, person: Person, comment: str) -> None:
    """Move what somebody voted against, or to discuss, from consent to discussion, at once.

    The agendas are held. Who it was is read once the motion is closed, like any ballot.
    """
    items = AgendaItem.objects.filter(
        meeting__state__in=OPEN,
        part=AgendaPart.CONSENT,
        proposal_key=motion.proposal_key,
        stage_key=motion.stage_key,
    )
    for item in items.select_related("meeting"):
        item.left_by_vote = True
        item._history_user = None  # type: ignore[attr-defined]  # history would name the voter
        _move_to_discussion(item)
        write_down(item.meeting, MeetingAct.OBJECTED, person, item=item.title, text=comment)


def check_may_stand_in_consent(items: list[AgendaItem]) -> None:
    """Raises DecisionRefused when a member wants one of these items to be discussed."""
    if any(item.pulled_by_name for item in items):
        raise DecisionRefused(_("A member moved it from consent to discussion, so it stays there."))
    if any(item.left_by_vote or _is_objected(item) for item in items):
        raise DecisionRefused(
            _("A member voted against it or to discuss it, so it stays in discussion.")
        )


def pull_from_consent(item: AgendaItem, person: Person, reason: str) -> None:
    """Any member moves an item from consent to discussion. Raises DecisionRefused."""
    with held(item.meeting) as meeting:
        check_state(meeting, *OPEN)
        seats = SeatTerm.objects.on().held_by(person)
        if not seats.filter(seat__committee=meeting.committee_id).exists():
            raise DecisionRefused(_("Only members of the committee pull an item from consent."))
        item.refresh_from_db()
        if item.part != AgendaPart.CONSENT:
            raise DecisionRefused(_("This item is not in the consent part."))
        if motions_on(item).open().exists():
            raise DecisionRefused(
                _("The vote on it is open. Vote to hold it for discussion instead.")
            )
        if not reason.strip():
            raise DecisionRefused(_("Say what should be discussed."))
        item.pulled_by_name = name_of(person)
        _move_to_discussion(item)
        write_down(meeting, MeetingAct.PULLED, person, item=item.title, text=reason.strip())


def _is_objected(item: AgendaItem) -> bool:
    return bool(
        item.proposal_key
        and objections()
        .filter(motion__proposal_key=item.proposal_key, motion__stage_key=item.stage_key)
        .exists()
    )


def _move_to_discussion(item: AgendaItem) -> None:
    discussed = item.meeting.items.filter(part=AgendaPart.DISCUSSION)
    last = discussed.aggregate(last=Max("position"))["last"]
    item.part, item.position = AgendaPart.DISCUSSION, (last or 0) + 1
    item.save()
