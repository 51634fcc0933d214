"""How ballots become an outcome: quorum, majority, tie-break, recusal, discussion."""

import dataclasses

import pytest

from workflows.choices import (
    Choice,
    MajorityBasis,
    MotionOutcome,
    QuorumBasis,
    SeatRole,
    Threshold,
    TieBreak,
)
from workflows.committee.tally import SeatVote, Tally, VotingRules, count, quorum_of

SIMPLE = VotingRules()


def seats(words: str, role: str = SeatRole.VOTING) -> list[SeatVote]:
    """Seats by what they say: y, n, a, d, r, p for present without a vote, - for absent."""
    choices = {
        "y": Choice.YES,
        "n": Choice.NO,
        "a": Choice.ABSTAIN,
        "d": Choice.DISCUSS,
        "r": Choice.RECUSE,
    }
    return [SeatVote(role, choices.get(word), is_present=word == "p") for word in words]


def outcome(words: str, rules: VotingRules = SIMPLE) -> MotionOutcome:
    return count(seats(words), rules).outcome


class TestQuorum:
    @pytest.mark.parametrize(
        ("eligible", "percent", "needed"),
        [(7, 50, 4), (8, 50, 4), (9, 50, 5), (3, 67, 3), (1, 1, 1), (100, 1, 1), (0, 50, 1)],
    )
    def test_a_share_is_rounded_up_and_is_at_least_one_seat(
        self, eligible: int, percent: int, needed: int
    ) -> None:
        assert quorum_of(eligible, VotingRules(quorum=percent)) == needed

    def test_a_number_is_that_number_however_many_seats_there_are(self) -> None:
        rules = VotingRules(quorum_basis=QuorumBasis.NUMBER, quorum=4)
        assert quorum_of(3, rules) == quorum_of(9, rules) == 4
        assert outcome("yyy", rules) == MotionOutcome.NO_QUORUM

    def test_one_seat_short_of_quorum_decides_nothing(self) -> None:
        assert outcome("yyy----") == MotionOutcome.NO_QUORUM
        assert outcome("yyyp---") == MotionOutcome.CARRIED

    def test_a_seat_that_voted_is_present_and_counted_once(self) -> None:
        both = SeatVote(SeatRole.VOTING, Choice.YES, is_present=True)
        assert count([both], SIMPLE).present == 1

    def test_recused_seats_are_taken_out_before_the_quorum(self) -> None:
        tally = count(seats("yyrrr-"), SIMPLE)
        assert (tally.eligible, tally.recused, tally.quorum) == (3, 3, 2)
        assert tally.outcome == MotionOutcome.CARRIED

    def test_a_committee_that_is_all_recused_decides_nothing(self) -> None:
        tally = count(seats("rrr"), SIMPLE)
        assert (tally.eligible, tally.outcome) == (0, MotionOutcome.NO_QUORUM)

    def test_nobody_at_all_decides_nothing(self) -> None:
        assert count([], SIMPLE).outcome == MotionOutcome.NO_QUORUM


class TestMajority:
    @pytest.mark.parametrize(
        ("words", "of_cast", "of_present", "of_all"),
        [
            ("yyn----", "no_quorum", "no_quorum", "no_quorum"),
            ("yyna---", "carried", "defeated", "defeated"),
            ("yyya---", "carried", "carried", "defeated"),
            ("yyyy---", "carried", "carried", "carried"),
            ("ypppppp", "carried", "defeated", "defeated"),
            ("aaaa---", "defeated", "defeated", "defeated"),
            ("nnnn---", "defeated", "defeated", "defeated"),
        ],
    )
    def test_of_votes_cast_of_those_present_or_of_all(
        self, words: str, of_cast: str, of_present: str, of_all: str
    ) -> None:
        for basis, expected in (
            (MajorityBasis.CAST, of_cast),
            (MajorityBasis.PRESENT, of_present),
            (MajorityBasis.ALL, of_all),
        ):
            assert outcome(words, VotingRules(majority_basis=basis)) == expected

    def test_two_thirds_is_reached_by_exactly_two_thirds(self) -> None:
        rules = VotingRules(threshold=Threshold.TWO_THIRDS)
        assert outcome("yyyynn", rules) == MotionOutcome.CARRIED
        assert outcome("yyynn-", rules) == MotionOutcome.DEFEATED
        assert outcome("aaaaaa", rules) == MotionOutcome.DEFEATED


class TestTie:
    def chaired(
        self,
        chair: str,
        vice: str,
        others: str,
        rules: VotingRules = SIMPLE,
        *,
        discussion_holds: bool = False,
    ) -> Tally:
        votes = [
            *seats(chair, SeatRole.CHAIR),
            *seats(vice, SeatRole.VICE_CHAIR),
            *seats(others),
        ]
        return count(votes, rules, discussion_holds=discussion_holds)

    def test_the_chairs_own_vote_decides_and_the_tally_says_so(self) -> None:
        tally = self.chaired("y", "", "ynn")
        assert (tally.yes, tally.no) == (2, 2)
        assert (tally.outcome, tally.casting_vote) == (MotionOutcome.CARRIED, True)
        against = self.chaired("n", "", "yyn")
        assert (against.outcome, against.casting_vote) == (MotionOutcome.DEFEATED, False)

    def test_a_chair_who_abstains_breaks_no_tie(self) -> None:
        for silent in "ap":
            assert self.chaired(silent, "y", "n").outcome == MotionOutcome.DEFEATED

    def test_the_vice_chair_breaks_it_when_the_chair_is_away_or_recused(self) -> None:
        for away in "-r":
            assert self.chaired(away, "y", "n").outcome == MotionOutcome.CARRIED

    def test_the_rules_can_leave_a_tie_defeated(self) -> None:
        rules = VotingRules(tie_break=TieBreak.DEFEATED)
        assert self.chaired("y", "", "n", rules).outcome == MotionOutcome.DEFEATED

    @pytest.mark.parametrize(
        "rules",
        [
            VotingRules(threshold=Threshold.TWO_THIRDS),
            VotingRules(majority_basis=MajorityBasis.PRESENT),
            VotingRules(majority_basis=MajorityBasis.ALL),
        ],
    )
    def test_half_is_no_tie_where_more_is_asked_for(self, rules: VotingRules) -> None:
        assert self.chaired("y", "", "n", rules).outcome == MotionOutcome.DEFEATED

    def test_no_second_vote_where_it_decided_nothing(self) -> None:
        short = self.chaired("y", "", "n----")
        held = self.chaired("y", "", "nd", discussion_holds=True)
        assert (short.outcome, short.casting_vote) == (MotionOutcome.NO_QUORUM, False)
        assert (held.outcome, held.casting_vote) == (MotionOutcome.HELD, False)


class TestDiscussion:
    def test_one_seat_holds_an_electronic_vote_whatever_the_others_say(self) -> None:
        tally = count(seats("yyyyd"), SIMPLE, discussion_holds=True)
        assert (tally.outcome, tally.discuss) == (MotionOutcome.HELD, 1)

    def test_in_a_meeting_it_counts_as_an_abstention(self) -> None:
        assert count(seats("yynd"), SIMPLE).outcome == MotionOutcome.CARRIED

    def test_a_recused_seat_holds_nothing(self) -> None:
        recused = [dataclasses.replace(seat, is_recused=True) for seat in seats("d")]
        tally = count([*seats("yy"), *recused], SIMPLE, discussion_holds=True)
        assert (tally.outcome, tally.discuss) == (MotionOutcome.CARRIED, 0)
