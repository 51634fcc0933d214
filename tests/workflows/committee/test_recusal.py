"""Nobody votes on what they wrote or submitted, however it came about (law 4)."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, transaction

from credentials.models import PublishedVersion
from tests.committee import open_vote, seat_committee, term, vote, vote_all
from tests.factories import MicroCredentialFactory
from tests.people import person
from tests.proposals import approve, draft, edit, submit
from workflows.choices import MotionOutcome, SeatRole
from workflows.committee.outcome_words import explain
from workflows.committee.results import close_due_motions, close_motion, tally_of
from workflows.exceptions import DecisionRefused
from workflows.models import Ballot, Motion, MotionResult, Seat

pytestmark = pytest.mark.django_db


def put(root: Any, *, author: Any = None, submitter: Any = None) -> Motion:
    """A vote on a proposal by these people."""
    offering = MicroCredentialFactory(parent=root, author=author or person("editor"))
    submit(offering, submitter or person("editor"))
    approve(offering, person("department"))
    return open_vote(offering)


@pytest.mark.parametrize("part", ["author", "submitter"])
def test_author_and_submitter_are_recused_and_the_quorum_does_without_them(
    root: Any, seated: Any, part: str
) -> None:
    motion = put(root, **{part: seated["second"]})
    with pytest.raises(DecisionRefused, match="you are recused"):
        vote(motion, seated["second"])
    vote(motion, seated["chair"])
    vote(motion, seated["third"])
    result = close_motion(motion, seated["secretary"])
    assert "2 of 2 seats present, quorum 1" in explain(result)
    assert "1 seat recused" in explain(result)
    assert [line["standing"] for line in result.seats] == ["present", "recused", "present"]
    assert PublishedVersion.objects.count() == 1


def test_the_database_refuses_the_ballot_of_a_recused_seat(root: Any, seated: Any) -> None:
    motion = put(root, author=seated["second"])
    place = motion.roster.get(is_recused=True)
    with pytest.raises(DatabaseError, match="unless recused"), transaction.atomic():
        Ballot.objects.create(
            motion=motion,
            roster_seat=place,
            choice="yes",
            content_hash=motion.content_hash,
            document_hash=motion.document_hash,
            cast_by_key=place.holder_key,
            cast_by_name=place.holder_name,
        )


def test_a_seat_is_recused_with_its_holder_whoever_stands_in(root: Any, seated: Any) -> None:
    stand_in = person("committee", 8)
    term(Seat.objects.get(terms__person=seated["second"]), stand_in, is_alternate=True)
    motion = put(root, author=seated["second"])
    with pytest.raises(DecisionRefused, match="recused"):
        vote(motion, stand_in)


def test_an_alternate_who_wrote_it_does_not_stand_in_and_the_holder_votes(
    root: Any, seated: Any
) -> None:
    stand_in = person("committee", 8)
    term(Seat.objects.get(terms__person=seated["second"]), stand_in, is_alternate=True)
    motion = put(root, author=stand_in)
    with pytest.raises(DecisionRefused):
        vote(motion, stand_in)
    vote_all(motion)
    assert close_motion(motion, seated["secretary"]).eligible == 3


def test_nobody_can_vote_where_all_are_recused(root: Any, seated: Any) -> None:
    offering = MicroCredentialFactory(parent=root, author=seated["chair"])
    for name in ("second", "third"):
        edit(offering, by=seated[name], competency=f"Words of the {name}.")
    submit(offering, person("editor"))
    approve(offering, person("department"))
    with pytest.raises(DecisionRefused, match="Nobody can vote"):
        open_vote(offering)
    assert not Motion.objects.exists()


def test_a_member_who_edits_after_voting_is_not_counted_though_the_words_came_back(
    proposal: Any, motion: Motion, seated: Any, late: Any
) -> None:
    words = draft(proposal).competency
    for name in ("chair", "second", "third"):
        vote(motion, seated[name])
    edit(proposal, by=seated["third"], competency="Other words.")
    edit(proposal, by=seated["third"], competency=words)
    with pytest.raises(DecisionRefused, match="recused"):
        vote(motion, seated["third"], "no")
    tally, seats = tally_of(motion)
    assert (tally.yes, tally.eligible, tally.recused) == (2, 2, 1)
    assert seats[2]["standing"] == "recused"
    late(motion)
    assert close_due_motions() == 1


def test_the_chairs_recusal_leaves_the_tie_to_the_vice_chair(root: Any, seated: Any) -> None:
    Seat.objects.filter(terms__person=seated["second"]).update(role=SeatRole.VICE_CHAIR)
    motion = put(root, author=seated["chair"])
    vote(motion, seated["second"], "yes")
    vote(motion, seated["third"], "no")
    result = close_motion(motion, seated["secretary"])
    assert (result.outcome, result.casting_vote) == (MotionOutcome.CARRIED, True)


def test_a_member_who_declares_a_conflict_is_taken_out_of_quorum_and_count(
    motion: Motion, seated: Any
) -> None:
    vote(motion, seated["second"], "recuse")
    vote(motion, seated["chair"], "yes")
    vote(motion, seated["third"], "yes")
    result = close_motion(motion, seated["secretary"])
    assert (result.eligible, result.recused, result.quorum) == (2, 1, 1)


def test_all_who_declare_a_conflict_leave_nothing_decided(motion: Motion, seated: Any) -> None:
    vote_all(motion, "recuse")
    assert close_motion(motion, seated["secretary"]).outcome == MotionOutcome.NO_QUORUM
    assert not PublishedVersion.objects.exists()


def test_deleting_the_account_of_an_author_frees_no_seat(root: Any, seated: Any) -> None:
    motion = put(root, author=seated["second"])
    get_user_model().objects.filter(pk=seated["second"].pk).delete()
    vote(motion, seated["chair"])
    vote(motion, seated["third"])
    close_motion(motion, seated["secretary"])
    result = MotionResult.objects.get()
    assert (result.eligible, result.recused) == (2, 1)
    assert seat_committee()["chair"] == seated["chair"]
