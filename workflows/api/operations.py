"""The endpoints. Each acts through the operations that the admin uses, with their checks."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from ninja import Router

from credentials.api.requests.problems import Problem, not_found, unprocessable
from credentials.models import Offering
from workflows.api.actions import ACTIONS, NEEDED, ON_CONTENT, WITHOUT_STAGE, Request
from workflows.api.proposal import state_of
from workflows.api.schemas import (
    ActionBody,
    AwaitingItem,
    BallotBody,
    ConfirmationBody,
    ProposalState,
)
from workflows.committee.ballots import cast_ballot
from workflows.committee.conditions import confirm_condition
from workflows.committee.results import close_motion
from workflows.deciding.frozen_proposal import content_at, frozen_proposal
from workflows.deciding.stage_reading import draft_of
from workflows.exceptions import NotYours
from workflows.inbox import awaiting
from workflows.models import Condition, Motion
from workflows.proposals.permissions import may_read_proposal
from workflows.stages.current_stage import stage_state_of
from workflows.stages.stage_state import StageState

router = Router()


@router.get("/awaiting", response=list[AwaitingItem])
def list_awaiting(request: HttpRequest) -> list[dict[str, Any]]:
    """What waits for the person whose token this is, the oldest first."""
    items = awaiting(request.user)
    keys = {item.offering_id for item in items if item.offering_id}
    uuids = dict(Offering.objects.filter(pk__in=keys).values_list("pk", "uuid"))
    return [
        {
            "kind": item.kind,
            "title": item.title,
            "detail": item.detail,
            "since": item.since,
            "url": request.build_absolute_uri(item.url),
            "proposal": str(uuids[item.offering_id]) if item.offering_id else None,
        }
        for item in items
    ]


@router.get("/proposals/{uuid:proposal}", response=ProposalState)
def get_proposal(request: HttpRequest, proposal: Any) -> dict[str, Any]:
    """Where a proposal stands, and what the person may do with it."""
    return state_of(_readable(request, proposal), request.user)


@router.post("/proposals/{uuid:proposal}/actions/{action}", response=ProposalState)
def act(request: HttpRequest, proposal: Any, action: str, body: ActionBody) -> dict[str, Any]:
    """Act on a proposal: 409 with its state when it cannot be, 403 when this person may not."""
    page = _readable(request, proposal)
    if action not in ACTIONS:
        raise not_found(f"There is no action “{action}”. There are: {', '.join(ACTIONS)}.")
    state = stage_state_of(page)
    with Refusals(request, page):
        if state is None and action not in WITHOUT_STAGE:
            raise PermissionDenied("The proposal is not under decision.")
        if state is not None and action in ON_CONTENT:
            _check_read(state, body)
        _check_said(action, body)
        ACTIONS[action](Request(request.user, page, state, body))
    return state_of(page, request.user)


@router.post("/motions/{motion}/ballot", response=ProposalState)
def vote(request: HttpRequest, motion: int, body: BallotBody) -> dict[str, Any]:
    """Cast a ballot: one seat, one vote, on what was read."""
    found = _motion(request, motion)
    with Refusals(request, found.offering):
        cast_ballot(
            found,
            request.user,
            body.choice,
            shown_hash=body.content_hash,
            comment=body.comment,
        )
    return state_of(found.offering, request.user)


@router.post("/motions/{motion}/close", response=ProposalState)
def close(request: HttpRequest, motion: int) -> dict[str, Any]:
    """Close a motion and let its outcome take effect."""
    found = _motion(request, motion)
    with Refusals(request, found.offering):
        close_motion(found, request.user)
    return state_of(found.offering, request.user)


@router.post("/conditions/{condition}/confirm", response=ProposalState)
def confirm(request: HttpRequest, condition: int, body: ConfirmationBody) -> dict[str, Any]:
    """Confirm that a condition of a carried motion is met, and how."""
    found = Condition.objects.filter(pk=condition).select_related("motion__offering").first()
    if found is None or not may_read_proposal(request.user, found.motion.offering):
        raise not_found("There is no such condition among those that you may read.")
    with Refusals(request, found.motion.offering):
        confirm_condition(found, request.user, body.note)
    return state_of(found.motion.offering, request.user)


class Refusals:
    """Answers a refusal: 403 for who asks, 409 with the proposal's state for when."""

    def __init__(self, request: HttpRequest, page: Offering) -> None:
        self.request, self.page = request, page

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: Any, traceback: Any) -> None:
        if not isinstance(error, PermissionDenied):
            return
        if isinstance(error, NotYours):
            raise Problem(HTTPStatus.FORBIDDEN, str(error)) from error
        state = ProposalState(**state_of(self.page, self.request.user)).model_dump(mode="json")
        raise Problem(HTTPStatus.CONFLICT, str(error), state=state) from error


def _readable(request: HttpRequest, uuid: Any) -> Offering:
    page = Offering.objects.filter(uuid=uuid).first()
    if page is None or not may_read_proposal(request.user, page):
        raise not_found("There is no such proposal among those that you may read.")
    return page


def _motion(request: HttpRequest, key: int) -> Motion:
    motion = Motion.objects.select_related("offering", "committee").filter(pk=key).first()
    if motion is None or not may_read_proposal(request.user, motion.offering):
        raise not_found("There is no such motion among those that you may read.")
    return motion


def _check_read(state: StageState, body: ActionBody) -> None:
    """Raises PermissionDenied unless content and document are what was read (law 2)."""
    draft = draft_of(state)
    frozen = frozen_proposal(state.workflow_state, draft, content_at(state, draft))
    if (body.content_hash, body.document_hash) != (state.content_hash, frozen.document_hash):
        raise PermissionDenied("The content is not what is under decision. Read it again.")


def _check_said(action: str, body: ActionBody) -> None:
    """Raises Problem naming each member that the act needs and the body lacks."""
    missing = [name for name in NEEDED.get(action, ()) if not getattr(body, name).strip()]
    if missing:
        raise unprocessable(
            [{"parameter": name, "message": f"“{action}” needs `{name}`."} for name in missing]
        )
