"""Years of decisions on the offerings of `bench.holdings`, for the office's reports to count.

Rows are made in bulk, always the same ones: submissions, remarks, decisions, motions with their
ballots on past proposals of every offering; a proposal under way of every third.
"""

import datetime
import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from wagtail.models import Page, Revision, Task, TaskState, WorkflowState

from credentials.models import Offering
from workflows.choices import Act, MotionOutcome, Outcome
from workflows.models import (
    Ballot,
    Committee,
    Decision,
    Motion,
    MotionResult,
    ProposalEvent,
    RosterSeat,
    Route,
    Seat,
)
from workflows.stages.stage_state import StageState

BATCH = 1000
YEARS = 8
STAGES = 4  # decisions of a proposal
A_PROPOSAL = 10  # events: one submission, remarks, and its decisions
HASH = "0" * 64
A_YEAR = datetime.timedelta(days=365)
BY = {"by_key": "0", "by_name": "Benchmark"}


def add_history(keys: Sequence[int], events: int) -> None:
    """Add about so many events to offerings that have none yet, by primary key.

    Events are submissions, remarks and decisions; motions, ballots and stages come on top.
    """
    rng = random.Random(events)
    past = list(_past(keys, events // A_PROPOSAL, rng))
    in_bulk(ProposalEvent, (event for proposal in past for event in _events(proposal)))
    in_bulk(Decision, (decision for proposal in past for decision in _decisions(proposal)))
    _motions(past[::5], rng)
    _under_way(keys[::3], rng)


def in_bulk(model: type[models.Model], rows: Iterable[Any]) -> list[Any]:
    """Insert the rows batch by batch; returns them with their keys."""
    made, waiting = [], iter(rows)
    while batch := list(islice(waiting, BATCH)):
        made += model._default_manager.bulk_create(batch)
    return made


class _Proposal:
    """A proposal of the past: its key, offering, route, and the times of its decisions."""

    def __init__(self, key: str, offering: int, route: str, times: list[Any]) -> None:
        self.key, self.offering, self.route = key, offering, route
        self.submitted_at, *self.decided_at = times


def _past(keys: Sequence[int], number: int, rng: random.Random) -> Iterator[_Proposal]:
    names = list(Route.objects.order_by("pk").values_list("workflow__name", flat=True))
    for place in range(number):
        at = timezone.now() - datetime.timedelta(days=rng.randint(60, 365 * YEARS))
        times = [at]
        for _stage in range(STAGES):
            times.append(times[-1] + datetime.timedelta(hours=rng.randint(1, 24 * 40)))
        offering, route = keys[place % len(keys)], names[place % len(names)]
        yield _Proposal(f"past-{keys[0]}-{place}", offering, route, times)


def _events(proposal: _Proposal) -> Iterator[ProposalEvent]:
    for place in range(A_PROPOSAL - STAGES):
        yield ProposalEvent(
            offering_id=proposal.offering,
            proposal_key=proposal.key,
            kind=Act.REMARK if place else Act.SUBMITTED,
            text="See the third paragraph." if place else "",
            at=proposal.submitted_at + datetime.timedelta(minutes=place),
            **BY,
        )


def _decisions(proposal: _Proposal) -> Iterator[Decision]:
    for place, at in enumerate(proposal.decided_at):
        yield Decision(
            offering_id=proposal.offering,
            proposal_key=proposal.key,
            stage_key=f"past-{place}",
            stage=f"Stage {place + 1}",
            route=proposal.route,
            office=f"Office {place + 1}",
            instrument="MC-1",
            outcome=Outcome.APPROVED,
            content_hash=HASH,
            governed_hash=HASH,
            policy_version="ACD 1532",
            decided_by_key="0",
            decided_by_name="Benchmark",
            decided_at=at,
        )


def _motions(past: list[_Proposal], rng: random.Random) -> None:
    """A motion on each, with a ballot of every seat, then its result: the order counts."""
    committee = Committee.objects.get()
    seats = list(Seat.objects.filter(committee=committee))
    rules = committee.rules_in_force()
    motions = in_bulk(
        Motion,
        (
            Motion(
                committee=committee,
                rules=rules,
                offering_id=proposal.offering,
                proposal_key=proposal.key,
                stage_key=f"past-{STAGES - 1}",
                stage=f"Stage {STAGES}",
                subject="Benchmark",
                purpose="approve",
                method="meeting" if place % 2 else "e_vote",
                content="{}",
                content_hash=HASH,
                governed_hash=HASH,
                document="{}",
                document_hash=HASH,
                policy_version="ACD 1532",
                opened_by_key="0",
                opened_by_name="Benchmark",
                opened_at=proposal.decided_at[-1] - datetime.timedelta(hours=rng.randint(1, 99)),
            )
            for place, proposal in enumerate(past)
        ),
    )
    roster = in_bulk(
        RosterSeat,
        (
            RosterSeat(
                motion=motion,
                seat=seat,
                title=seat.title,
                role=seat.role,
                holder_key=str(seat.pk),
                holder_name=seat.title,
            )
            for motion in motions
            for seat in seats
        ),
    )
    in_bulk(Ballot, map(_ballot, roster))
    in_bulk(
        MotionResult,
        (_result(m, p.decided_at[-1], len(seats)) for m, p in zip(motions, past, strict=True)),
    )


def _ballot(seat: RosterSeat) -> Ballot:
    return Ballot(
        motion=seat.motion,
        roster_seat=seat,
        choice="yes",
        content_hash=HASH,
        document_hash=HASH,
        cast_by_key=seat.holder_key,
        cast_by_name=seat.holder_name,
        cast_at=seat.motion.opened_at + datetime.timedelta(minutes=30),
    )


def _result(motion: Motion, closed_at: datetime.datetime, seats: int) -> MotionResult:
    return MotionResult(
        motion=motion,
        outcome=MotionOutcome.CARRIED,
        eligible=seats,
        recused=0,
        present=seats,
        quorum=1,
        yes=seats,
        no=0,
        abstain=0,
        discuss=0,
        closed_at=closed_at,
    )


def _under_way(keys: Sequence[int], rng: random.Random) -> None:
    """A proposal under way of each offering, at one of its route's stages since a while."""
    routes = [(route.workflow, route.stages) for route in Route.objects.select_related("workflow")]
    author = get_user_model().objects.order_by("pk").first()
    page_type = ContentType.objects.get_for_model(Page)
    types = dict(Offering.objects.filter(pk__in=keys).values_list("pk", "content_type"))
    of_page = [
        {"base_content_type": page_type, "content_type_id": types[key], "object_id": str(key)}
        for key in keys
    ]
    then = timezone.now() - A_YEAR
    revisions = in_bulk(
        Revision, (Revision(content={}, created_at=then, **facts) for facts in of_page)
    )
    states = in_bulk(
        WorkflowState,
        (
            WorkflowState(workflow=routes[n % len(routes)][0], requested_by=author, **facts)
            for n, facts in enumerate(of_page)
        ),
    )
    started = []
    for place, (state, revision) in enumerate(zip(states, revisions, strict=True)):
        stages = routes[place % len(routes)][1]
        since = timezone.now() - datetime.timedelta(days=rng.randint(1, 400))
        stage = _stage(state, stages[place % len(stages)], revision)
        stage.started_at = state.created_at = since
        state.current_task_state = stage
        started.append(stage)
    # Wagtail writes the present time into both when a row is made.
    WorkflowState.objects.bulk_update(states, ["current_task_state", "created_at"], BATCH)
    TaskState.objects.bulk_update(started, ["started_at"], BATCH)
    Page.objects.filter(pk__in=keys).update(latest_revision_created_at=then)


def _stage(state: WorkflowState, task: Task, revision: Revision) -> TaskState:
    """One stage under way, of the kind that the routes start."""
    stage = StageState(
        workflow_state=state,
        task_id=task.pk,
        revision=revision,
        status=TaskState.STATUS_IN_PROGRESS,
        content_hash=HASH,
    )
    stage.save()
    return stage.taskstate_ptr
