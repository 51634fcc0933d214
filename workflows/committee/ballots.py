"""Casting a ballot: one seat, one vote, on what was read (laws 2, 3, 4)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from credentials.people.actors import Person, actor_of
from workflows.agendas.consent import OBJECTING, hold_agendas, leave_consent
from workflows.choices import Choice, VotingMethod
from workflows.committee.attendance import present_people
from workflows.committee.subject import conflicted, content_now
from workflows.exceptions import DecisionRefused, NotYours
from workflows.models import Ballot, Motion, RosterSeat, SeatTerm

NEEDS_WORDS = (Choice.DISCUSS,)


def cast_ballot(
    motion: Motion, person: Person, choice: str, *, shown_hash: str, comment: str = ""
) -> Ballot:
    """Cast a person's ballot for the seat they hold or stand in for.

    A later ballot of the seat replaces this one while the motion is open. One against it, or to
    discuss it, takes it out of the consent part at once. Raises DecisionRefused.
    """
    with transaction.atomic():
        hold_agendas(motion)
        motion = Motion.objects.select_for_update(of=("self",)).get(pk=motion.pk)
        roster_seat = check_may_vote(motion, person)
        if choice not in Choice.values:
            raise DecisionRefused(_("Choose one of: yes, no, abstain, recuse, discuss."))
        if shown_hash != motion.content_hash:
            raise DecisionRefused(
                _("The proposal has changed since you opened it. Read it again, then vote.")
            )
        if choice in NEEDS_WORDS and not comment.strip():
            raise DecisionRefused(_("Say what must be answered before it can be decided."))
        by = actor_of(person)
        ballot: Ballot = Ballot.objects.create(
            motion=motion,
            roster_seat=roster_seat,
            choice=choice,
            comment=comment.strip(),
            content_hash=motion.content_hash,
            document_hash=motion.document_hash,
            cast_by_key=by.key,
            cast_by_name=by.name,
            by_token=by.by_token,
        )
        if choice in OBJECTING:
            leave_consent(motion, person, ballot.comment)
    return ballot


def check_may_vote(motion: Motion, person: Person) -> RosterSeat:
    """Return the seat that this person votes for. Raises DecisionRefused with the reason."""
    if person.pk is None or not person.is_active:
        raise DecisionRefused(_("A ballot is cast by a person; sign in to vote."))
    if not motion.is_open:
        raise DecisionRefused(_("The motion is closed; nothing can be voted on any more."))
    if motion.closes_at is not None and motion.closes_at <= timezone.now():
        raise DecisionRefused(_("The time to vote has run out."))
    roster_seat = seat_of(motion, person)
    if roster_seat is None:
        raise NotYours(
            _("You had no seat with a vote on the %(committee)s when the motion was opened.")
            % {"committee": motion.committee.name}
        )
    key = str(person.pk)
    recused = conflicted(motion)
    if roster_seat.is_recused or recused.includes(person):
        refusal = _(
            "You wrote or submitted this proposal, so you are recused. The others decide, and the "
            "quorum is counted without your seat."
        )
        raise NotYours(recused.explain(person, refusal))
    terms = SeatTerm.objects.on().held_by(person).filter(seat=roster_seat.seat_id)
    if not terms.exists():
        raise NotYours(_("Your term on this seat has ended, so you cannot vote any more."))
    last = roster_seat.ballots.order_by("pk").last()
    if last is not None and last.choice == Choice.RECUSE:
        raise DecisionRefused(_("You declared a conflict of interest, so the seat is recused."))
    stands_in = key != roster_seat.holder_key
    if stands_in and last is not None and last.cast_by_key == roster_seat.holder_key:
        raise DecisionRefused(_("The holder of the seat has voted, so its alternate cannot."))
    if motion.method == VotingMethod.MEETING:
        _check_present(motion, roster_seat, key)
    if content_now(motion) != motion.content_hash:
        raise DecisionRefused(
            _("The content has changed since the motion was opened, so its ballots are void.")
        )
    return roster_seat


def seat_of(motion: Motion, person: Person) -> RosterSeat | None:
    """The seat that a person holds on the roster, or else stands in for."""
    key = str(person.pk)
    seats = [seat for seat in motion.roster.all() if key in (seat.holder_key, seat.alternate_key)]
    return min(seats, key=lambda seat: seat.holder_key != key, default=None)


def _check_present(motion: Motion, roster_seat: RosterSeat, key: str) -> None:
    present = present_people(motion.meeting)
    if present.get(roster_seat.seat_id) != key:
        raise DecisionRefused(
            _("The secretary has not recorded you as present for this seat. Tell the secretary.")
        )
