"""The database itself keeps the record of votes, whatever code or person writes SQL (law 3)."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from credentials.append_only.base import AppendOnly
from credentials.exceptions import HistoryIsAppendOnly
from credentials.models import PublishedVersion
from tests.committee import carry, open_vote, seat, term, vote, vote_all
from tests.people import person
from tests.proposals import stage_state
from workflows.choices import GOING_ON
from workflows.committee.conditions import confirm_condition
from workflows.committee.results import close_motion, tally_of
from workflows.models import (
    Ballot,
    CommitteeRules,
    Condition,
    ConditionMet,
    Decision,
    Motion,
    MotionResult,
    RosterSeat,
    Seat,
)

pytestmark = pytest.mark.django_db

RECORD = [
    Ballot,
    CommitteeRules,
    Condition,
    ConditionMet,
    Decision,
    Motion,
    MotionResult,
    RosterSeat,
]


@pytest.fixture
def carried(proposal: Any, seated: Any) -> Motion:
    """A row in each table of the record."""
    motion = carry(proposal, conditions=("Hire staff.",))
    confirm_condition(motion.conditions.get(), seated["secretary"], "Done.")
    return motion


def execute(sql: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def copy_row(row: AppendOnly, **changes: Any) -> None:
    """Insert a row like this one by SQL, with some columns changed."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    facts = {
        field.column: field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in fields
    } | changes
    columns = ", ".join(f'"{column}"' for column in facts)
    places = ", ".join(["%s"] * len(facts))
    execute(f'INSERT INTO "{row._meta.db_table}" ({columns}) VALUES ({places})', *facts.values())


@pytest.mark.parametrize("model", RECORD, ids=lambda model: model.__name__)
@pytest.mark.parametrize("operation", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
def test_no_row_is_changed_or_deleted(
    model: type[AppendOnly], operation: str, carried: Motion
) -> None:
    before = list(model.objects.order_by("pk").values())
    assert before
    with pytest.raises(DatabaseError, match="append-only"):
        execute(operation.format(table=model._meta.db_table))
    assert list(model.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("model", RECORD, ids=lambda model: model.__name__)
def test_nor_through_the_orm(model: type[AppendOnly], carried: Motion) -> None:
    row = model.objects.first()
    for attempt in (row.save, row.delete, model.objects.all().delete):
        with pytest.raises(HistoryIsAppendOnly):
            attempt()
    with pytest.raises(HistoryIsAppendOnly):
        model.objects.update(pk=row.pk)


def test_a_yes_is_not_turned_out_of_a_no(motion: Motion, seated: Any) -> None:
    vote_all(motion, "no")
    with pytest.raises(DatabaseError, match="append-only"):
        execute("UPDATE workflows_ballot SET choice = 'yes'")
    assert tally_of(motion)[0].no == 3


def test_no_ballot_is_added_to_a_closed_motion(motion: Motion, seated: Any) -> None:
    vote_all(motion, "no")
    close_motion(motion, seated["secretary"])
    ballot = Ballot.objects.first()
    assert ballot is not None
    with pytest.raises(DatabaseError, match="closed"):
        copy_row(ballot, choice="yes")
    assert Ballot.objects.count() == 3
    assert not PublishedVersion.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"content_hash": "0" * 64}, "content of its motion"),
        ({"cast_by_key": "0"}, "who holds the seat|the holder of the seat"),
    ],
)
def test_no_forged_ballot_is_added_to_an_open_one(
    motion: Motion, seated: Any, changes: Any, sentence: str
) -> None:
    ballot = vote(motion, seated["chair"])
    with pytest.raises(DatabaseError, match=sentence):
        copy_row(ballot, **changes)
    assert Ballot.objects.count() == 1


def test_no_ballot_is_added_for_another_members_seat(motion: Motion, seated: Any) -> None:
    ballot = vote(motion, seated["chair"])
    other = motion.roster.exclude(pk=ballot.roster_seat_id).first()
    assert other is not None
    with pytest.raises(DatabaseError, match=r"who holds the seat|votes for one seat"):
        copy_row(ballot, roster_seat_id=other.pk)
    assert tally_of(motion)[0].yes == 1


def test_a_motion_has_one_result(carried: Motion) -> None:
    with pytest.raises(DatabaseError):
        copy_row(MotionResult.objects.get(), outcome="defeated")
    assert MotionResult.objects.count() == 1


def test_a_motion_decides_once(carried: Motion) -> None:
    with pytest.raises(DatabaseError):
        copy_row(Decision.objects.get(motion=carried))


def test_a_stage_has_one_open_motion(proposal: Any, seated: Any) -> None:
    motion = open_vote(proposal)
    with pytest.raises(DatabaseError, match="another motion"):
        copy_row(motion)
    assert Motion.objects.count() == 1


def test_a_seat_stands_once_on_a_roster(motion: Motion) -> None:
    row = motion.roster.first()
    assert row is not None
    with pytest.raises(DatabaseError):
        copy_row(row, holder_key="0")
    assert motion.roster.count() == 3


def test_a_roster_is_not_packed_once_somebody_has_voted(motion: Motion, seated: Any) -> None:
    vote(motion, seated["chair"])
    row = motion.roster.first()
    assert row is not None
    seat_id = seat(person("committee", 40)).pk
    with pytest.raises(DatabaseError, match="before anybody votes"):
        copy_row(row, seat_id=seat_id, holder_key="40")
    assert motion.roster.count() == 3


def test_a_declared_conflict_is_not_taken_back(motion: Motion, seated: Any) -> None:
    ballot = vote(motion, seated["second"], "recuse")
    with pytest.raises(DatabaseError, match="stays recused"):
        copy_row(ballot, choice="yes")
    assert tally_of(motion)[0].recused == 1


def test_an_alternate_does_not_replace_the_holders_ballot(proposal: Any, seated: Any) -> None:
    place = Seat.objects.get(terms__person=seated["second"])
    term(place, person("committee", 8), is_alternate=True)
    motion = open_vote(proposal)
    ballot = vote(motion, seated["second"], "no")
    with pytest.raises(DatabaseError, match="its alternate cannot"):
        copy_row(ballot, cast_by_key=str(person("committee", 8).pk), choice="yes")
    assert tally_of(motion)[0].no == 1


def test_a_person_votes_for_one_seat_only(proposal: Any, seated: Any) -> None:
    place = Seat.objects.get(terms__person=seated["third"])
    term(place, seated["second"], is_alternate=True)
    motion = open_vote(proposal)
    ballot = vote(motion, seated["second"], "no")
    other = motion.roster.get(holder_key=str(seated["third"].pk))
    with pytest.raises(DatabaseError, match="votes for one seat"):
        copy_row(ballot, roster_seat_id=other.pk)
    assert tally_of(motion)[0].no == 1


@pytest.mark.parametrize("yes", [0, 2, 3])
def test_a_motion_is_not_called_carried_by_more_than_voted_for_it(
    motion: Motion, seated: Any, yes: int
) -> None:
    vote_all(motion, "yes")
    vote(motion, seated["second"], "no")
    vote(motion, seated["third"], "no")
    figures = dict.fromkeys(("eligible", "recused", "present", "quorum", "no", "abstain"), 0)
    with pytest.raises(DatabaseError, match="carried by ballots"), transaction.atomic():
        MotionResult.objects.create(motion=motion, outcome="carried", yes=yes, discuss=0, **figures)
    assert Motion.objects.get().is_open


class TestDecisions:
    """A decision of the committee that no motion came to."""

    @pytest.fixture
    def review(self, proposal: Any) -> Decision:
        """The decision of the Department, to be passed off as the committee's."""
        return Decision.objects.get(stage="Department review")

    @pytest.mark.parametrize("outcome", sorted(GOING_ON - {"overridden"}))
    def test_none_without_a_motion(self, proposal: Any, review: Decision, outcome: str) -> None:
        with pytest.raises(DatabaseError, match="decides by a motion"):
            copy_row(review, stage_key=str(stage_key(proposal)), outcome=outcome)

    def test_none_by_an_open_motion(self, motion: Motion, proposal: Any, review: Decision) -> None:
        vote_all(motion)
        with pytest.raises(DatabaseError, match="what it came to"):
            copy_row(review, stage_key=str(stage_key(proposal)), motion_id=motion.pk)

    def test_none_against_its_outcome(
        self, motion: Motion, proposal: Any, seated: Any, review: Decision
    ) -> None:
        stage = str(stage_key(proposal))
        vote_all(motion, "abstain")
        after = motion.closes_at
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("django.utils.timezone.now", lambda: after)
            close_motion(motion, seated["secretary"])
        assert MotionResult.objects.get().outcome == "defeated"
        with pytest.raises(DatabaseError, match=r"what it came to|holds such a row"):
            copy_row(review, stage_key=stage, motion_id=motion.pk)


def stage_key(offering: Any) -> int:
    """Key of the stage under way."""
    return int(stage_state(offering).task_id)
