"""For random committees and ballots the outcome is what a plain calculation says."""

import dataclasses
from fractions import Fraction
from math import ceil
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.choices import (
    Choice,
    MajorityBasis,
    MotionOutcome,
    QuorumBasis,
    SeatRole,
    Threshold,
    TieBreak,
)
from workflows.committee.tally import SeatVote, VotingRules, count

EXAMPLES = 600

seat_votes = st.builds(
    SeatVote,
    role=st.sampled_from([SeatRole.CHAIR, SeatRole.VICE_CHAIR, SeatRole.VOTING, SeatRole.VOTING]),
    choice=st.none() | st.sampled_from([str(choice) for choice in Choice]),
    is_recused=st.booleans() | st.just(False),
    is_present=st.booleans(),
)
committees = st.lists(seat_votes, max_size=12)
rule_books = st.builds(
    VotingRules,
    quorum_basis=st.sampled_from(list(QuorumBasis)),
    quorum=st.integers(1, 100) | st.integers(1, 12),
    majority_basis=st.sampled_from(list(MajorityBasis)),
    threshold=st.sampled_from(list(Threshold)),
    tie_break=st.sampled_from(list(TieBreak)),
)


def by_hand(seats: list[SeatVote], rules: VotingRules, by_e_vote: bool) -> dict[str, Any]:
    """The same, as a secretary would work it out on paper, with fractions."""
    recused = voting = there = 0
    said = {"yes": 0, "no": 0, "abstain": 0, "discuss": 0}
    chairs: list[str | None] = []
    vice_chairs: list[str | None] = []
    for seat in seats:
        if seat.is_recused or seat.choice == "recuse":
            recused += 1
            continue
        voting += 1
        if seat.choice is not None:
            said[seat.choice] += 1
        if seat.choice is None and not seat.is_present:
            continue
        there += 1
        if seat.role == "chair":
            chairs.append(seat.choice)
        elif seat.role == "vice_chair":
            vice_chairs.append(seat.choice)
    seats_needed = {"share": ceil(Fraction(rules.quorum, 100) * voting), "number": rules.quorum}
    quorum = max(seats_needed[rules.quorum_basis], 1)
    whole = {"cast": said["yes"] + said["no"], "present": there, "all": voting}
    of = whole[rules.majority_basis]
    share = Fraction(said["yes"], of) if of else Fraction(0)
    if rules.threshold == "two_thirds":
        is_enough = share >= Fraction(2, 3)
    else:
        is_enough = share > Fraction(1, 2)
    presiding = (chairs or vice_chairs or [None])[0]
    saved_by_chair = (
        said["yes"] == said["no"]
        and presiding == "yes"
        and (rules.tie_break, rules.majority_basis) == ("chair", "cast")
        and rules.threshold == "more_than_half"
    )
    if by_e_vote and said["discuss"]:
        outcome = "held"
    elif there < quorum:
        outcome = "no_quorum"
    else:
        outcome = "carried" if is_enough or saved_by_chair else "defeated"
    return {
        "outcome": outcome,
        "eligible": voting,
        "recused": recused,
        "present": there,
        "quorum": quorum,
        "casting_vote": saved_by_chair and outcome == "carried",
        **said,
    }


@settings(max_examples=EXAMPLES, deadline=None)
@given(committees, rule_books, st.booleans())
def test_the_outcome_and_every_figure_are_those_worked_out_by_hand(
    seats: list[SeatVote], rules: VotingRules, by_e_vote: bool
) -> None:
    tally = count(seats, rules, discussion_holds=by_e_vote)
    assert dataclasses.asdict(tally) == by_hand(seats, rules, by_e_vote)


@settings(max_examples=EXAMPLES, deadline=None)
@given(committees, rule_books, st.booleans(), st.data())
def test_one_more_no_never_carries_what_was_defeated(
    seats: list[SeatVote], rules: VotingRules, by_e_vote: bool, data: st.DataObject
) -> None:
    """An absent seat votes no, or one that abstained, was silent or wanted to discuss does."""
    if count(seats, rules, discussion_holds=by_e_vote).outcome != MotionOutcome.DEFEATED:
        return
    others = [
        place
        for place, seat in enumerate(seats)
        if not seat.is_recused and seat.choice in (None, Choice.ABSTAIN, Choice.DISCUSS)
    ]
    if not others:
        return
    place = data.draw(st.sampled_from(others))
    changed = [*seats]
    changed[place] = dataclasses.replace(seats[place], choice=Choice.NO)
    after = count(changed, rules, discussion_holds=by_e_vote)
    assert after.outcome == MotionOutcome.DEFEATED


@settings(max_examples=EXAMPLES, deadline=None)
@given(committees, rule_books, st.booleans(), st.data())
def test_turning_a_yes_into_a_no_never_carries_anything(
    seats: list[SeatVote], rules: VotingRules, by_e_vote: bool, data: st.DataObject
) -> None:
    for_it = [place for place, seat in enumerate(seats) if seat.choice == Choice.YES]
    if not for_it:
        return
    before = count(seats, rules, discussion_holds=by_e_vote)
    place = data.draw(st.sampled_from(for_it))
    changed = [*seats]
    changed[place] = dataclasses.replace(seats[place], choice=Choice.NO)
    after = count(changed, rules, discussion_holds=by_e_vote)
    if before.outcome != MotionOutcome.CARRIED:
        assert after.outcome != MotionOutcome.CARRIED


@settings(max_examples=EXAMPLES, deadline=None)
@given(committees, st.lists(seat_votes, min_size=1, max_size=4), rule_books, st.booleans())
def test_recused_seats_change_nothing_but_their_own_figure(
    seats: list[SeatVote], more: list[SeatVote], rules: VotingRules, by_e_vote: bool
) -> None:
    recused = [dataclasses.replace(seat, is_recused=True) for seat in more]
    alone = count(seats, rules, discussion_holds=by_e_vote)
    together = count([*recused, *seats], rules, discussion_holds=by_e_vote)
    assert together == dataclasses.replace(alone, recused=alone.recused + len(more))


@settings(max_examples=EXAMPLES, deadline=None)
@given(committees, rule_books, st.booleans(), st.randoms(use_true_random=False))
def test_the_order_in_which_members_vote_does_not_matter(
    seats: list[SeatVote], rules: VotingRules, by_e_vote: bool, chance: Any
) -> None:
    one_chair = [
        seat
        if place == 0 or seat.role == SeatRole.VOTING
        else dataclasses.replace(seat, role=SeatRole.VOTING)
        for place, seat in enumerate(seats)
    ]
    shuffled = [*one_chair]
    chance.shuffle(shuffled)
    before = count(one_chair, rules, discussion_holds=by_e_vote)
    assert count(shuffled, rules, discussion_holds=by_e_vote) == before
