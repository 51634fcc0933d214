"""Whether enough seats are present to decide, before any motion is open."""

from dataclasses import dataclass
from typing import Any

from workflows.committee.attendance import present_people
from workflows.committee.results import rules_of
from workflows.committee.tally import quorum_of
from workflows.committee_seats.seats import seated
from workflows.models import CommitteeRules


@dataclass(frozen=True)
class StandingQuorum:
    """Seats that may vote, those present, and how many are needed; recusals come with motions."""

    eligible: int
    present: int
    needed: int

    @property
    def is_reached(self) -> bool:
        """Whether a motion on which nobody is recused could be decided."""
        return self.present >= self.needed


def standing_quorum(meeting: Any) -> StandingQuorum | None:
    """The quorum of a meeting as attendance stands; None for a committee without rules."""
    try:
        rules = meeting.committee.rules_in_force()
    except CommitteeRules.DoesNotExist:
        return None
    voting = [item.seat.pk for item in seated(meeting.committee) if item.seat.votes]
    present = sum(seat in voting for seat in present_people(meeting))
    return StandingQuorum(len(voting), present, quorum_of(len(voting), rules_of(rules)))
