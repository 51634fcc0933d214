"""Rows of the record, written directly: reports read what was, whoever wrote it."""

import datetime
from typing import Any

from workflows.choices import Act, Choice, MotionOutcome, Outcome, SeatRole
from workflows.models import (
    Ballot,
    Committee,
    Decision,
    Motion,
    MotionResult,
    ProposalEvent,
    RosterSeat,
    Seat,
)

HASH = "0" * 64
THEN = datetime.datetime(2026, 1, 15, 12, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)


def event(offering: Any, key: str, at: datetime.datetime, **facts: Any) -> ProposalEvent:
    """Something that happened to a proposal, not saved; its submission unless `kind` says else."""
    return ProposalEvent(
        **{
            "offering_id": offering.pk,
            "proposal_key": key,
            "kind": Act.SUBMITTED,
            "at": at,
            "by_name": "Eva",
        }
        | facts
    )


def decision(offering: Any, key: str, at: datetime.datetime, **facts: Any) -> Decision:
    """A decision, not saved; an approval of “Review” on the route “Courses” by default."""
    return Decision(
        **{
            "offering_id": offering.pk,
            "proposal_key": key,
            "stage_key": "past",
            "stage": "Review",
            "route": "Courses",
            "office": "Department",
            "instrument": "SH-2",
            "outcome": Outcome.APPROVED,
            "content_hash": HASH,
            "governed_hash": HASH,
            "policy_version": "ACD 1532",
            "decided_by_key": "0",
            "decided_by_name": "Dana",
            "decided_at": at,
        }
        | facts
    )


def motion(offering: Any, key: str, opened_at: datetime.datetime, **facts: Any) -> Motion:
    """A motion of the one committee, saved and open."""
    committee = Committee.objects.get()
    return Motion.objects.create(
        **{
            "committee": committee,
            "rules": committee.rules_in_force(),
            "offering_id": offering.pk,
            "proposal_key": key,
            "stage_key": "past",
            "stage": "Committee",
            "subject": "Falls",
            "purpose": "approve",
            "method": "e_vote",
            "content": "{}",
            "content_hash": HASH,
            "governed_hash": HASH,
            "document": "{}",
            "document_hash": HASH,
            "policy_version": "ACD 1532",
            "opened_by_key": "0",
            "opened_by_name": "Sam",
            "opened_at": opened_at,
        }
        | facts
    )


def close(
    motion_: Motion, at: datetime.datetime, outcome: str = MotionOutcome.CARRIED, recused: int = 0
) -> MotionResult:
    """Its result, saved. What is carried is carried by a ballot; one is cast if there is none."""
    if outcome == MotionOutcome.CARRIED and not motion_.ballots.exists():
        cast(motion_)
    counts = dict.fromkeys(("eligible", "present", "quorum", "no", "abstain", "discuss"), 0)
    return MotionResult.objects.create(
        motion=motion_, outcome=outcome, recused=recused, closed_at=at, yes=1, **counts
    )


def cast(motion_: Motion) -> Ballot:
    """A ballot in favour, of a seat of its own, as soon as the motion was opened."""
    seat, _created = Seat.objects.get_or_create(
        committee=motion_.committee, title="Faculty", role=SeatRole.CHAIR
    )
    roster_seat, _created = RosterSeat.objects.get_or_create(
        motion=motion_, seat=seat, role=SeatRole.CHAIR, holder_key="7", holder_name="C"
    )
    return Ballot.objects.create(
        motion=motion_,
        roster_seat=roster_seat,
        choice=Choice.YES,
        content_hash=HASH,
        document_hash=HASH,
        cast_by_key="7",
        cast_by_name="C",
        cast_at=motion_.opened_at,
    )
