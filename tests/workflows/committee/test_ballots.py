"""One seat, one vote, on what was read, while the motion is open (laws 2, 3, 4)."""

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.committee import open_vote, seat, seat_committee, term, vote
from tests.people import person
from tests.proposals import edit
from workflows.choices import SeatRole
from workflows.committee.ballots import cast_ballot
from workflows.committee.results import tally_of
from workflows.exceptions import DecisionRefused
from workflows.meetings.proceedings import record_departure
from workflows.models import Ballot, Motion, Seat, SeatTerm

pytestmark = pytest.mark.django_db

YESTERDAY = datetime.timedelta(days=-1)


def figures(motion: Motion) -> tuple[int, int, int]:
    """Votes for, against, and seats present."""
    tally, _seats = tally_of(motion)
    return tally.yes, tally.no, tally.present


def test_a_later_ballot_of_the_seat_replaces_the_earlier_which_stays_on_record(
    motion: Motion, seated: Any
) -> None:
    vote(motion, seated["chair"], "yes")
    vote(motion, seated["chair"], "yes")
    vote(motion, seated["chair"], "no", "The fee is not explained.")
    assert figures(motion) == (0, 1, 1)
    assert [ballot.choice for ballot in Ballot.objects.all()] == ["yes", "yes", "no"]


def test_a_person_without_a_vote_casts_none(motion: Motion, seated: Any, people: Any) -> None:
    observer, newcomer = person("committee", 7), person("committee", 8)
    seat(observer, SeatRole.NON_VOTING)
    seat(newcomer)
    nobody = type(newcomer)(username="not-saved")
    for someone in (
        seated["secretary"],
        observer,
        newcomer,
        person("department"),
        people["superuser"],
        nobody,
    ):
        with pytest.raises(DecisionRefused):
            vote(motion, someone)
    assert not Ballot.objects.exists()


def test_a_person_who_was_deactivated_votes_no_more(motion: Motion, seated: Any) -> None:
    seated["second"].is_active = False
    with pytest.raises(DecisionRefused, match="sign in"):
        vote(motion, seated["second"])


@pytest.mark.parametrize("choice", ["", "maybe", "YES", "yes "])
def test_only_the_known_choices_can_be_said(motion: Motion, seated: Any, choice: str) -> None:
    with pytest.raises(DecisionRefused, match="Choose one of"):
        vote(motion, seated["chair"], choice)


def test_a_hold_names_what_must_be_answered(motion: Motion, seated: Any) -> None:
    with pytest.raises(DecisionRefused, match="what must be answered"):
        vote(motion, seated["chair"], "discuss", "  ")
    assert vote(motion, seated["chair"], "discuss", " Who pays? ").comment == "Who pays?"


def test_what_was_read_must_be_what_is_voted_on(motion: Motion, seated: Any) -> None:
    for shown in ("", "0" * 64):
        with pytest.raises(DecisionRefused, match="Read it again"):
            cast_ballot(motion, seated["chair"], "yes", shown_hash=shown)
    assert not Ballot.objects.exists()


def test_changed_content_is_not_voted_on(motion: Motion, proposal: Any, seated: Any) -> None:
    edit(proposal, competency="Something else.")
    with pytest.raises(DecisionRefused, match="ballots are void"):
        vote(motion, seated["chair"])
    assert not Ballot.objects.exists()


class TestTerms:
    def test_nobody_votes_after_the_last_day_of_their_term(
        self, motion: Motion, seated: Any
    ) -> None:
        terms = SeatTerm.objects.on().held_by(seated["second"])
        terms.update(ends_on=timezone.localdate())
        vote(motion, seated["second"])
        SeatTerm.objects.filter(person=seated["second"]).update(
            ends_on=timezone.localdate() + YESTERDAY
        )
        with pytest.raises(DecisionRefused, match="term on this seat has ended"):
            vote(motion, seated["second"], "no")
        assert figures(motion) == (1, 0, 1)  # what was cast in time counts

    def test_a_successor_has_no_vote_in_what_was_opened_before(
        self, motion: Motion, seated: Any
    ) -> None:
        SeatTerm.objects.filter(person=seated["second"]).update(
            ends_on=timezone.localdate() + YESTERDAY
        )
        place = Seat.objects.get(terms__person=seated["second"])
        term(place, person("committee", 8), starts_on=timezone.localdate())
        with pytest.raises(DecisionRefused, match="no seat with a vote"):
            vote(motion, person("committee", 8))

    def test_a_seat_that_was_abolished_votes_no_more(self, motion: Motion, seated: Any) -> None:
        Seat.objects.filter(terms__person=seated["second"]).update(
            abolished_on=timezone.localdate()
        )
        with pytest.raises(DecisionRefused, match="has ended"):
            vote(motion, seated["second"])
        assert motion.roster.count() == 3


class TestAlternates:
    @pytest.fixture
    def stand_in(self, seated: Any) -> Any:
        """The alternate of the second member."""
        alternate = person("committee", 8)
        term(Seat.objects.get(terms__person=seated["second"]), alternate, is_alternate=True)
        return alternate

    def test_an_alternate_votes_until_the_holder_does(
        self, stand_in: Any, proposal: Any, seated: Any
    ) -> None:
        motion = open_vote(proposal)
        vote(motion, stand_in, "yes")
        assert figures(motion) == (1, 0, 1)
        vote(motion, seated["second"], "no")
        assert figures(motion) == (0, 1, 1)
        with pytest.raises(DecisionRefused, match="holder of the seat has voted"):
            vote(motion, stand_in, "yes")
        assert figures(motion) == (0, 1, 1)

    def test_an_alternate_whose_term_ended_does_not(
        self, stand_in: Any, proposal: Any, seated: Any
    ) -> None:
        motion = open_vote(proposal)
        SeatTerm.objects.filter(person=stand_in).update(ends_on=timezone.localdate() + YESTERDAY)
        with pytest.raises(DecisionRefused, match="has ended"):
            vote(motion, stand_in)

    def test_somebody_with_a_seat_who_stands_in_for_another_has_one_vote(
        self, proposal: Any, seated: Any
    ) -> None:
        term(Seat.objects.get(terms__person=seated["second"]), seated["third"], is_alternate=True)
        motion = open_vote(proposal)
        vote(motion, seated["third"], "yes")
        vote(motion, seated["third"], "yes")
        assert figures(motion) == (1, 0, 1)


class TestInAMeeting:
    def test_only_who_is_recorded_as_present_votes(
        self, proposal: Any, meeting: Any, arrive: Any, seated: Any
    ) -> None:
        arrive(seated["chair"])
        motion = open_vote(proposal, meeting=meeting)
        vote(motion, seated["chair"])
        with pytest.raises(DecisionRefused, match="recorded you as present"):
            vote(motion, seated["second"])
        arrive(seated["second"])
        vote(motion, seated["second"])
        assert figures(motion) == (2, 0, 2)

    def test_who_has_left_votes_no_more_and_what_was_cast_counts(
        self, proposal: Any, meeting: Any, arrive: Any, seated: Any
    ) -> None:
        arrive(seated["chair"], seated["second"])
        motion = open_vote(proposal, meeting=meeting)
        vote(motion, seated["second"], "no")
        place = Seat.objects.get(terms__person=seated["second"])
        record_departure(meeting, seated["secretary"], place)
        with pytest.raises(DecisionRefused, match="recorded you as present"):
            vote(motion, seated["second"], "yes")
        assert figures(motion) == (0, 1, 2)

    def test_holder_and_alternate_are_not_both_present(
        self, proposal: Any, meeting: Any, arrive: Any, seated: Any
    ) -> None:
        alternate = person("committee", 8)
        term(Seat.objects.get(terms__person=seated["second"]), alternate, is_alternate=True)
        arrive(alternate)
        motion = open_vote(proposal, meeting=meeting)
        with pytest.raises(DecisionRefused, match="present for this seat already"):
            arrive(seated["second"])
        with pytest.raises(DecisionRefused, match="recorded you as present"):
            vote(motion, seated["second"])
        vote(motion, alternate)


class TestTheDatabaseItself:
    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"content_hash": "0" * 64}, "content of its motion"),
            ({"document_hash": "0" * 64}, "content of its motion"),
            ({"cast_by_key": "0"}, "who holds the seat"),
        ],
    )
    def test_it_refuses_a_forged_ballot(
        self, motion: Motion, seated: Any, wrong: Any, sentence: str
    ) -> None:
        place = motion.roster.get(holder_key=str(seated["chair"].pk))
        facts = {
            "motion": motion,
            "roster_seat": place,
            "choice": "yes",
            "content_hash": motion.content_hash,
            "document_hash": motion.document_hash,
            "cast_by_key": place.holder_key,
            "cast_by_name": "Forger",
        }
        with pytest.raises(DatabaseError, match=sentence), transaction.atomic():
            Ballot.objects.create(**facts | wrong)

    def test_it_refuses_a_ballot_for_a_seat_of_another_motion(
        self, motion: Motion, root: Any, seated: Any
    ) -> None:
        facts = vote(motion, seated["chair"])
        other = motion.roster.exclude(holder_key=str(seated["chair"].pk)).first()
        sentence = "who holds the seat|votes for one seat"
        with pytest.raises(DatabaseError, match=sentence), transaction.atomic():
            Ballot.objects.create(
                motion=motion,
                roster_seat=other,
                choice="yes",
                content_hash=motion.content_hash,
                document_hash=motion.document_hash,
                cast_by_key=facts.cast_by_key,
                cast_by_name="Forger",
            )
        assert Ballot.objects.count() == 1


def test_recusing_oneself_is_final(motion: Motion, seated: Any) -> None:
    vote(motion, seated["second"], "recuse")
    with pytest.raises(DecisionRefused, match="declared a conflict"):
        vote(motion, seated["second"], "yes")
    tally, _seats = tally_of(motion)
    assert (tally.eligible, tally.recused, tally.present) == (2, 1, 0)


def test_the_time_of_an_electronic_vote_runs_out(motion: Motion, late: Any) -> None:
    late(motion)
    with pytest.raises(DecisionRefused, match="time to vote has run out"):
        vote(motion, seat_committee()["chair"])
    assert not Ballot.objects.exists()
