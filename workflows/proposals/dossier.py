"""What stands beside a proposal's words: its route, its discussion, its history."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from credentials.models import Offering
from workflows.choices import Act, Office
from workflows.deciding.position import standing_among_stages
from workflows.deciding.progress import reasons_to_wait
from workflows.deciding.proposers import submitters
from workflows.models import Decision, Motion, ProposalEvent, RetirementRequest
from workflows.proposals.proposal_reading import ProposalReading
from workflows.stages.stage_state import StageState

DISCUSSION = (Act.REMARK, Act.COMMENT_ASKED, Act.COMMENT_GIVEN)


@dataclass(frozen=True)
class StageStanding:
    """A stage of the route and where the proposal stands with it (MC-2)."""

    name: str
    office: str
    standing: str
    is_current: bool
    details: tuple[str, ...] = ()


def route_standings(
    draft: Offering,
    reading: ProposalReading | None,
    route: list[Any],
    decisions: list[Decision],
) -> Iterator[StageStanding]:
    """Each stage that is due for this content, in order, with its standing in words.

    `route` are the stages of its route, `decisions` those on this content, the oldest first.
    """
    stages = [stage for stage in route if stage.applies_to(draft)]
    decided = standing_among_stages(decisions, stages)
    for stage in stages:
        decision = decided.get(str(stage.pk))
        if reading is not None and reading.state.task_id == stage.pk:
            yield _current(stage, reading)
            continue
        yield StageStanding(
            name=stage.name,
            office=stage.office_for(draft),
            standing=str(decision.get_outcome_display()) if decision else _("To come"),
            is_current=False,
            details=(_by(decision),) if decision else (),
        )


def _current(stage: Any, reading: ProposalReading) -> StageStanding:
    standing, details = _("Under decision"), []
    if held := reading.hold:
        standing = _("On hold")
        details.append(f"{held.by_name}: {held.text}")
    elif reading.decision is not None:
        standing = _("Decided, waiting")
        details += [_by(reading.decision), *reasons_to_wait(reading)]
    elif assigned := reading.assignment:
        details.append(_("Assigned to %(name)s") % {"name": assigned.to_name})
    office = stage.office_for(reading.draft)
    return StageStanding(stage.name, office, standing, True, tuple(details))


def retirement_standings(
    request: RetirementRequest, stage: Any, decision: Decision | None
) -> list[StageStanding]:
    """The way of a request to retire or withdraw: who asked, and who decides or has decided."""
    asked = StageStanding(
        name=_("Request"),
        office=Office.DEPARTMENT.official_name,
        standing=_("Asked for"),
        is_current=False,
        details=(_on(request.requested_by_name, request.requested_at),),
    )
    decides = StageStanding(
        name=decision.stage if decision else stage.name,
        office=decision.office if decision else stage.office_name,
        standing=str(decision.get_outcome_display()) if decision else _("Under decision"),
        is_current=decision is None,
        details=(_by(decision),) if decision else (),
    )
    return [asked, decides]


def _by(decision: Decision) -> str:
    return _on(decision.decided_by, decision.decided_at)


def _on(name: str, at: datetime.datetime) -> str:
    return f"{name}, {date_format(localtime(at), 'DATE_FORMAT')}"


@dataclass(frozen=True)
class Discussion:
    """What was said on a proposal, and what happened to it."""

    said: list[ProposalEvent]
    happened: list[ProposalEvent]
    unanswered: list[ProposalEvent]
    hold: ProposalEvent | None

    def submitters_of(self, workflow_state: WorkflowState) -> dict[str, str]:
        """Those who submitted it, or submitted it again: key to name."""
        key = str(workflow_state.pk)
        submitted = (e for e in self.happened if e.kind == Act.SUBMITTED and e.proposal_key == key)
        return submitters(workflow_state, ((event.by_key, event.by_name) for event in submitted))

    def assignee_at(self, state: StageState) -> ProposalEvent | None:
        """The last assignment at this stage since it started."""
        assigned = (
            event
            for event in self.happened
            if event.kind == Act.ASSIGNED
            and event.proposal_key == str(state.workflow_state_id)
            and event.stage_key == str(state.task_id)
            and event.at >= state.started_at
        )
        return next(assigned, None)


def discussion_of(offering_id: int, proposal_key: str) -> Discussion:
    """Remarks, questions and answers in the order they came; acts, the newest first."""
    events = list(ProposalEvent.objects.filter(offering_id=offering_id).order_by("pk"))
    answered = {event.answers_id for event in events if event.answers_id}
    asked = [e for e in events if e.kind == Act.COMMENT_ASKED and e.pk not in answered]
    return Discussion(
        said=[event for event in events if event.kind in DISCUSSION],
        happened=[event for event in reversed(events) if event.kind not in DISCUSSION],
        unanswered=[event for event in asked if event.proposal_key == proposal_key],
        hold=_hold_among(events, proposal_key),
    )


def _hold_among(events: list[ProposalEvent], proposal_key: str) -> ProposalEvent | None:
    holds = [
        event
        for event in events
        if event.proposal_key == proposal_key and event.kind in (Act.HELD, Act.RESUMED)
    ]
    return holds[-1] if holds and holds[-1].kind == Act.HELD else None


def motions_on(offering_id: int) -> list[Motion]:
    """Motions on an offering with their results and conditions, the newest first."""
    motions = Motion.objects.filter(offering_id=offering_id).select_related("result", "committee")
    return list(motions.prefetch_related("conditions__met"))
