"""Counting a motion: pure arithmetic over seats and rules, without the database."""

from collections.abc import Iterable
from dataclasses import dataclass

from workflows.choices import (
    Choice,
    MajorityBasis,
    MotionOutcome,
    QuorumBasis,
    SeatRole,
    Threshold,
    TieBreak,
)

PERCENT = 100


@dataclass(frozen=True)
class SeatVote:
    """A seat that may vote: whether it is recused, whether it is present, and what it said."""

    role: str
    choice: str | None = None
    is_recused: bool = False
    is_present: bool = False


@dataclass(frozen=True)
class VotingRules:
    """What a committee's rules say of quorum and majority."""

    quorum_basis: str = QuorumBasis.SHARE
    quorum: int = 50
    majority_basis: str = MajorityBasis.CAST
    threshold: str = Threshold.MORE_THAN_HALF
    tie_break: str = TieBreak.CHAIR


@dataclass(frozen=True)
class Tally:
    """The outcome and every figure that it follows from."""

    outcome: MotionOutcome
    eligible: int
    recused: int
    present: int
    quorum: int
    yes: int
    no: int
    abstain: int
    discuss: int
    casting_vote: bool = False


def count(
    seats: Iterable[SeatVote], rules: VotingRules, *, discussion_holds: bool = False
) -> Tally:
    """Count the ballots of the seats that may vote, without those recused.

    A seat that voted is present. `discussion_holds` is for electronic votes, in which one seat
    can ask for a meeting; in a meeting a ballot to discuss counts as an abstention.
    """
    votes = list(seats)
    counted = [seat for seat in votes if not _is_recused(seat)]
    present = [seat for seat in counted if seat.is_present or seat.choice]
    ballots = {choice: sum(seat.choice == choice for seat in counted) for choice in Choice}
    quorum = quorum_of(len(counted), rules)
    yes, no = ballots[Choice.YES], ballots[Choice.NO]
    base = {
        MajorityBasis.CAST: yes + no,
        MajorityBasis.PRESENT: len(present),
        MajorityBasis.ALL: len(counted),
    }[MajorityBasis(rules.majority_basis)]
    casting_vote = _has_casting_vote(present, rules, yes, no)
    if discussion_holds and ballots[Choice.DISCUSS]:
        outcome = MotionOutcome.HELD
    elif len(present) < quorum:
        outcome = MotionOutcome.NO_QUORUM
    elif _is_majority(yes, base, rules.threshold) or casting_vote:
        outcome = MotionOutcome.CARRIED
    else:
        outcome = MotionOutcome.DEFEATED
    return Tally(
        outcome=outcome,
        eligible=len(counted),
        recused=len(votes) - len(counted),
        present=len(present),
        quorum=quorum,
        yes=yes,
        no=no,
        abstain=ballots[Choice.ABSTAIN],
        discuss=ballots[Choice.DISCUSS],
        casting_vote=casting_vote and outcome == MotionOutcome.CARRIED,
    )


def quorum_of(eligible: int, rules: VotingRules) -> int:
    """Seats that must be present, at least one."""
    if rules.quorum_basis == QuorumBasis.NUMBER:
        return max(1, rules.quorum)
    return max(1, -(-eligible * rules.quorum // PERCENT))


def _is_recused(seat: SeatVote) -> bool:
    return seat.is_recused or seat.choice == Choice.RECUSE


def _is_majority(yes: int, base: int, threshold: str) -> bool:
    if threshold == Threshold.TWO_THIRDS:
        return yes > 0 and 3 * yes >= 2 * base
    return 2 * yes > base


def _has_casting_vote(present: list[SeatVote], rules: VotingRules, yes: int, no: int) -> bool:
    """Whether votes cast are equal and whoever presides voted for it."""
    plain_majority = (
        rules.majority_basis == MajorityBasis.CAST and rules.threshold == Threshold.MORE_THAN_HALF
    )
    if rules.tie_break != TieBreak.CHAIR or not plain_majority or yes != no:
        return False
    for role in (SeatRole.CHAIR, SeatRole.VICE_CHAIR):
        presiding = [seat for seat in present if seat.role == role]
        if presiding:
            return presiding[0].choice == Choice.YES
    return False
