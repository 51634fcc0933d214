"""What is counted from the rows of a motion is what was last said for each seat."""

import random
from typing import Any

import pytest

from credentials.record.content import sha256
from tests.committee import committee
from tests.factories import CourseFactory
from tests.people import person
from tests.workflows.committee.test_counting_properties import by_hand
from workflows.choices import Choice, MajorityBasis, QuorumBasis, SeatRole, Threshold, TieBreak
from workflows.committee.results import rules_of, tally_of
from workflows.committee.tally import SeatVote
from workflows.models import Ballot, CommitteeRules, Motion, RosterSeat, Seat

pytestmark = pytest.mark.django_db

ROLES = (SeatRole.CHAIR, SeatRole.VICE_CHAIR, *[SeatRole.VOTING] * 6)
EMPTY = sha256({})


@pytest.fixture
def seats(root: Any) -> list[Seat]:
    """Eight seats: a chair, a vice-chair, six members."""
    return [
        Seat.objects.create(committee=committee(), title=f"Seat {place}", role=role)
        for place, role in enumerate(ROLES)
    ]


def random_rules(chance: random.Random, number: int) -> CommitteeRules:
    return CommitteeRules.objects.create(
        committee=committee(),
        number=number,
        quorum_basis=chance.choice(QuorumBasis.values),
        quorum=chance.randint(1, 8) if chance.random() < 0.5 else chance.randint(1, 100),
        majority_basis=chance.choice(MajorityBasis.values),
        threshold=chance.choice(Threshold.values),
        tie_break=chance.choice(TieBreak.values),
    )


def put(offering: Any, number: int, rules: CommitteeRules) -> Motion:
    """A motion that stands by itself, on a proposal that no longer exists."""
    return Motion.objects.create(
        committee=rules.committee,
        rules=rules,
        offering_id=offering.pk,
        proposal_key=str(900_000 + number),
        stage_key="1",
        stage="Committee approval",
        subject="Random",
        purpose="approve",
        method="e_vote",
        content="{}",
        content_hash=EMPTY,
        governed_hash=EMPTY,
        document="{}",
        document_hash=EMPTY,
        policy_version="1",
        opened_by_key="1",
        opened_by_name="Secretary",
    )


def call_the_roll(motion: Motion, seats: list[Seat], chance: random.Random) -> list[RosterSeat]:
    chosen = sorted(chance.sample(seats, chance.randint(1, len(seats))), key=lambda seat: seat.pk)
    for seat in chosen:
        RosterSeat.objects.create(
            motion=motion,
            seat=seat,
            title=seat.title,
            role=seat.role,
            holder_key=f"holder-{seat.pk}",
            holder_name="Holder",
            is_recused=chance.random() < 0.2,
        )
    return list(motion.roster.all())


def let_them_vote(roster: list[RosterSeat], chance: random.Random) -> dict[int, str]:
    """Some vote, some change their minds, in any order; what each said last."""
    said: dict[int, str] = {}
    for place in [chance.choice(roster) for _ballot in range(2 * len(roster))]:
        if place.is_recused or said.get(place.pk) == Choice.RECUSE:
            continue
        said[place.pk] = chance.choice(Choice.values)
        Ballot.objects.create(
            motion=place.motion,
            roster_seat=place,
            choice=said[place.pk],
            content_hash=EMPTY,
            document_hash=EMPTY,
            cast_by_key=place.holder_key,
            cast_by_name="Holder",
        )
    return said


def test_random_committees_are_counted_as_by_hand(root: Any, seats: list[Seat]) -> None:
    offering = CourseFactory(parent=root, author=person("editor"))
    chance = random.Random(20261)
    for number in range(30):
        rules = random_rules(chance, number + 2)
        motion = put(offering, number, rules)
        roster = call_the_roll(motion, seats, chance)
        said = let_them_vote(roster, chance)
        plain = [SeatVote(seat.role, said.get(seat.pk), seat.is_recused) for seat in roster]
        tally, lines = tally_of(motion)
        assert vars(tally) == by_hand(plain, rules_of(rules), by_e_vote=True)
        assert [line["choice"] for line in lines] == [said.get(seat.pk, "") for seat in roster]
