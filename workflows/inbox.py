"""What waits for a person: stages, votes, questions, conditions, requests."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Task, TaskState

from credentials.compliance.standings import drafts_of, rows_of
from credentials.people.actors import Person
from workflows.choices import Act, MotionOutcome, Office, ReviewState
from workflows.committee_seats.seats import presides
from workflows.deciding.offices import is_in_office
from workflows.deciding.position import standing_among
from workflows.models import (
    Condition,
    Decision,
    ProposalEvent,
    RetirementRequest,
    ReviewCycle,
    RosterSeat,
    SeatTerm,
)
from workflows.proposals.retirement import deciding_stage
from workflows.reviews.authority import deciding_stage as review_stage
from workflows.stages.stage_state import StageState


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what kind it is, where to do it, since when."""

    kind: str
    title: str
    url: str
    since: datetime.datetime
    detail: str = ""
    offering_id: int | None = None


def awaiting(person: Person) -> list[Waiting]:
    """Everything that waits for this person, the oldest first."""
    if person.pk is None or not person.is_active:
        return []
    sources = (_votes, _stages, _questions, _conditions, _requests, _reviews)
    return sorted((item for source in sources for item in source(person)), key=lambda i: i.since)


def _stages(person: Person) -> Iterator[Waiting]:
    states = StageState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).select_related(
        "workflow_state", "task"
    )
    decides = _stage_keys(person)
    mine = _undecided([state for state in states if state.task_id in decides])
    assigned = _assignments(mine)
    rows = {row.pk: row for row in rows_of(int(s.workflow_state.object_id) for s in mine)}
    drafts = {draft.pk: draft for draft in drafts_of(rows.values())}
    groups = set(Group.objects.filter(user__pk=person.pk or 0).values_list("pk", flat=True))
    for state in mine:
        page = drafts.get(int(state.workflow_state.object_id))
        to = assigned.get((str(state.workflow_state_id), str(state.task_id)), "")
        stage = decides[state.task_id]
        if page is None or (to and to != str(person.pk)):
            continue
        if stage.waits_for_groups(page, groups):
            yield Waiting(
                kind=_("To decide"),
                title=page.title,
                url=reverse("governance:proposal", args=[page.pk]),
                since=state.started_at,
                detail=state.task.name,
                offering_id=page.pk,
            )


def _undecided(states: list[StageState]) -> list[StageState]:
    """Those on which nobody decided yet; the others wait for conditions or for their bundle."""
    keys = {str(state.workflow_state_id) for state in states}
    decisions: dict[tuple[str, str], list[Decision]] = {}
    for decision in Decision.objects.filter(proposal_key__in=keys):
        on = (decision.proposal_key, decision.content_hash)
        decisions.setdefault(on, []).append(decision)
    return [
        state
        for state in states
        if standing_among(
            decisions.get((str(state.workflow_state_id), state.content_hash), []), state
        )
        is None
    ]


def _stage_keys(person: Person) -> dict[int, Any]:
    """Stages that a person may have a part in; committees' for those who preside."""
    tasks = StageState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values("task")
    stages = Task.objects.filter(active=True, pk__in=tasks).specific()
    return {stage.pk: stage for stage in stages if stage.may_concern(person)}


def _assignments(states: list[StageState]) -> dict[tuple[str, str], str]:
    keys = [str(state.workflow_state_id) for state in states]
    events = ProposalEvent.objects.filter(proposal_key__in=keys, kind=Act.ASSIGNED).order_by("pk")
    return {(event.proposal_key, event.stage_key): event.to_key for event in events}


def _votes(person: Person) -> Iterator[Waiting]:
    """Open motions on which the person's seat has not voted."""
    key = str(person.pk)
    seats = RosterSeat.objects.filter(motion__result__isnull=True, is_recused=False)
    held = seats.filter(holder_key=key, ballots__isnull=True)
    terms = set(SeatTerm.objects.on().held_by(person).values_list("seat", flat=True))
    for seat in held.select_related("motion__committee", "motion__meeting"):
        if seat.seat_id in terms:
            motion = seat.motion
            yield Waiting(
                kind=_("To vote on"),
                title=motion.subject,
                url=reverse("governance:motion", args=[motion.pk]),
                since=motion.opened_at,
                detail=str(motion.get_purpose_display()),
                offering_id=motion.offering_id,
            )


def _questions(person: Person) -> Iterator[Waiting]:
    """Comments asked of the person's office on proposals under way."""
    asked = ProposalEvent.objects.filter(
        kind=Act.COMMENT_ASKED, answers_given__isnull=True
    ).select_related("offering__academic_unit")
    under_way = set(
        StageState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).values_list(
            "workflow_state", flat=True
        )
    )
    groups = set(Group.objects.filter(user__pk=person.pk or 0).values_list("pk", flat=True))
    for event in asked.prefetch_related("offering__academic_unit__approvers"):
        if int(event.proposal_key) in under_way and _is_asked(event, person, groups):
            yield Waiting(
                kind=_("To answer"),
                title=event.offering.draft_title or event.offering.title,
                url=reverse("governance:proposal", args=[event.offering_id]),
                since=event.at,
                detail=event.text,
                offering_id=event.offering_id,
            )


def _is_asked(event: ProposalEvent, person: Person, groups: set[int]) -> bool:
    if event.to_key == Office.UNIT:
        unit = event.offering.academic_unit
        return unit is not None and any(group.pk in groups for group in unit.approvers.all())
    return is_in_office(person, Office(event.to_key))


def _conditions(person: Person) -> Iterator[Waiting]:
    """Conditions of carried motions that the person may confirm."""
    unmet = Condition.objects.filter(
        met__isnull=True, motion__result__outcome=MotionOutcome.CARRIED
    ).select_related("motion__committee", "motion__result")
    for condition in unmet:
        motion = condition.motion
        if presides(person, motion.committee) or is_in_office(person, Office.DEPARTMENT):
            yield Waiting(
                kind=_("Condition to confirm"),
                title=motion.subject,
                url=reverse("governance:motion", args=[motion.pk]),
                since=motion.result.closed_at,
                detail=condition.text,
                offering_id=motion.offering_id,
            )


def _requests(person: Person) -> Iterator[Waiting]:
    """Requests to retire or withdraw that the person's office decides."""
    for request in RetirementRequest.objects.all().open().select_related("offering"):
        mine = deciding_stage(request.offering).acts_here(request.offering, person)
        if mine and str(person.pk) != request.requested_by_key:
            yield Waiting(
                kind=_("To decide"),
                title=str(request),
                url=reverse("governance:retirement", args=[request.pk]),
                since=request.requested_at,
                detail=str(request.get_action_display()),
                offering_id=request.offering_id,
            )


def _reviews(person: Person) -> Iterator[Waiting]:
    """Self-studies that the person's office decides on, or that a committee of theirs does."""
    cycles = ReviewCycle.objects.filter(state=ReviewState.WITH_DECIDER).select_related("offering")
    for cycle in cycles.prefetch_related("submissions"):
        mine = review_stage(cycle.offering).acts_here(cycle.offering, person)
        submitted = max(item.submitted_at for item in cycle.submissions.all())
        if mine:
            yield Waiting(
                kind=_("To decide"),
                title=cycle.offering.title,
                url=reverse("governance:review", args=[cycle.pk]),
                since=submitted,
                detail=_("Review"),
                offering_id=cycle.offering_id,
            )
