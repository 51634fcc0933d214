"""Calling the roll: who may vote on a motion, kept as of the moment in which it opens."""

from typing import Any

from django.utils.translation import gettext as _

from workflows.committee.seating import seated
from workflows.exceptions import DecisionRefused
from workflows.models import Motion, RosterSeat


def call_the_roll(motion: Motion, recused: set[str]) -> None:
    """Keep who may vote, as of now. A seat is recused with its holder, not with its alternate.

    Raises DecisionRefused when nobody is left.
    """
    seats = [item for item in seated(motion.committee) if item.seat.votes]
    roster = [
        RosterSeat(
            motion=motion,
            seat=item.seat,
            title=item.seat.title,
            role=item.seat.role,
            holder_key=item.holder.person_key,
            holder_name=item.holder.person_name,
            alternate_key=_alternate(item.alternate, recused, "person_key"),
            alternate_name=_alternate(item.alternate, recused, "person_name"),
            is_recused=item.holder.person_key in recused,
        )
        for item in seats
    ]
    if all(seat.is_recused for seat in roster):
        raise DecisionRefused(
            _("Nobody can vote: no seat of the %(committee)s is held by a person without conflict.")
            % {"committee": motion.committee.name}
        )
    RosterSeat.objects.bulk_create(roster)


def _alternate(term: Any, recused: set[str], name: str) -> str:
    return "" if term is None or term.person_key in recused else str(getattr(term, name))
