"""Calling the roll: who may vote on a motion, kept as of the moment in which it opens."""

from django.utils.translation import gettext as _

from credentials.people.actors import Actor
from credentials.people.identity import Recused
from workflows.committee_seats.seats import Seated, seated
from workflows.exceptions import DecisionRefused
from workflows.models import Motion, RosterSeat, SeatTerm


def call_the_roll(motion: Motion, recused: Recused) -> None:
    """Keep who may vote, as of now. A seat is recused with its holder, not with its alternate.

    Raises DecisionRefused when nobody is left.
    """
    seats = [item for item in seated(motion.committee) if item.seat.votes]
    roster = [_on_the_roll(motion, item, recused) for item in seats]
    if all(seat.is_recused for seat in roster):
        raise DecisionRefused(
            _("Nobody can vote: no seat of the %(committee)s is held by a person without conflict.")
            % {"committee": motion.committee.name}
        )
    RosterSeat.objects.bulk_create(roster)


def _on_the_roll(motion: Motion, item: Seated, recused: Recused) -> RosterSeat:
    stands_in = item.alternate
    if stands_in is not None and recused.includes(_holder(stands_in)):
        stands_in = None
    return RosterSeat(
        motion=motion,
        seat=item.seat,
        title=item.seat.title,
        role=item.seat.role,
        holder_key=item.holder.person_key,
        holder_name=item.holder.person_name,
        alternate_key=stands_in.person_key if stands_in else "",
        alternate_name=stands_in.person_name if stands_in else "",
        is_recused=recused.includes(_holder(item.holder)),
    )


def _holder(term: SeatTerm) -> Actor:
    return Actor(term.person_key, term.person_name)
