"""What a decided stage still waits for: conditions, a hold, the rest of its bundle (GB-3)."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from credentials.models import Offering
from credentials.people.actors import Person
from credentials.record.content import FrozenContent
from credentials.record.document import named_in
from workflows.choices import MotionOutcome
from workflows.deciding.events import hold_on
from workflows.deciding.frozen_proposal import frozen_at
from workflows.deciding.position import undecided_stages
from workflows.deciding.stage_reading import StageReading
from workflows.models.bundles import Bundle
from workflows.models.decisions import Decision
from workflows.models.events import ProposalEvent
from workflows.models.motions import Condition, Motion, MotionResult
from workflows.signals import motion_closed

if TYPE_CHECKING:
    from workflows.stages.stage_state import StageState


def unmet_conditions(decision: Decision | None) -> list[Condition]:
    """Conditions of the motion that decided a stage which nobody has confirmed yet."""
    if decision is None or decision.motion_id is None:
        return []
    return list(Condition.objects.filter(motion=decision.motion_id, met__isnull=True))


def reasons_to_wait(reading: StageReading) -> list[str]:
    """Why a decided stage does not go on yet, in words; empty when it can."""
    reasons = [*_held(reading.hold), *_conditions(unmet_conditions(reading.decision))]
    offering_id = int(reading.state.workflow_state.object_id)
    frozen = frozen_at(reading.state)
    last = [
        *_rest_of_bundle(offering_id),
        *_not_public_yet(frozen.document if frozen else "", offering_id),
    ]
    return reasons + last if last and is_last_stage(reading) else reasons


def reasons_not_to_publish(
    workflow_state: WorkflowState, frozen: FrozenContent, standing: Iterable[Decision]
) -> list[str]:
    """Why a proposal at the end of its route is not published yet, in words; empty when it can be.

    `standing` are the decisions that let it go on.
    """
    motions = [decision.motion_id for decision in standing if decision.motion_id is not None]
    unmet = Condition.objects.filter(motion__in=motions, met__isnull=True)
    offering_id = int(workflow_state.object_id)
    return [
        *_held(hold_on(str(workflow_state.pk))),
        *_conditions(list(unmet)),
        *_rest_of_bundle(offering_id),
        *_not_public_yet(frozen.document, offering_id),
    ]


def _not_public_yet(document: str, offering_id: int) -> list[str]:
    """What the document names may not be public before it is (law 1); a bundle goes together."""
    named = named_in(json.loads(document)) if document else set()
    if not named:
        return []
    waiting = Offering.objects.filter(uuid__in=named, live=False, versions__isnull=True).exclude(
        bundled__bundle__in=Bundle.objects.exclude(state=Bundle.State.DISSOLVED).filter(
            members__offering=offering_id
        )
    )
    return [
        _("“%(title)s” is named in it and is not public yet.") % {"title": offering.draft_title}
        for offering in waiting
    ]


def _held(event: ProposalEvent | None) -> list[str]:
    return [_("It is on hold: %(reason)s") % {"reason": event.text}] if event else []


def _conditions(unmet: list[Condition]) -> list[str]:
    return [_("Condition to be met: %(text)s") % {"text": condition.text} for condition in unmet]


def _rest_of_bundle(offering_id: int) -> list[str]:
    bundle = bundle_of(offering_id)
    if bundle is None:
        return []
    return [
        _("“%(title)s” is in the same bundle and is not decided yet.") % {"title": member.title}
        for member in bundle.members.exclude(offering=offering_id)
        if _ready_state(member.offering.specific) is None
    ]


def bundle_of(offering_id: int) -> Bundle | None:
    """The open bundle that an offering stands in, if any."""
    return Bundle.objects.all().open().filter(members__offering=offering_id).first()


def hold_bundle(state: "StageState") -> None:
    """Let one member of its bundle at a time be decided; call it before holding the stage.

    A decision that ends a bundle goes on with the stages of its other members: whoever held one
    of those and then asked for the bundle would wait for it, and it for them.
    """
    bundle = bundle_of(int(state.workflow_state.object_id))
    if bundle is not None:
        Bundle.objects.select_for_update(of=("self",)).get(pk=bundle.pk)


def is_last_stage(reading: StageReading) -> bool:
    """Whether no other stage of its route is left to decide on this content."""
    state = reading.state
    left = undecided_stages(state.workflow_state, state.content_hash, reading.draft)
    return all(stage.pk == state.task_id for stage in left)


def _ready_state(offering: Any) -> Any:
    """The stage on which a member waits for its bundle alone; None when it is not so far."""
    state = offering.current_workflow_task_state
    if state is None or state.status != state.STATUS_IN_PROGRESS:
        return None
    reading = StageReading(state)
    if reading.decision is None or unmet_conditions(reading.decision) or reading.hold is not None:
        return None
    return state if is_last_stage(reading) and reading.is_unchanged else None


def release_bundle(offering_id: int, user: Person | None) -> None:
    """Let the other members of a published one's bundle go on too, within the same transaction."""
    bundle = bundle_of(offering_id)
    if bundle is None:
        return
    # Closed first, so that the others do not wait for this one.
    bundle.state, bundle.closed_at = Bundle.State.PUBLISHED, timezone.now()
    bundle.save()
    for member in bundle.members.exclude(offering=offering_id):
        ready = _ready_state(member.offering.specific)
        assert ready is not None  # reasons_not_to_publish would have held this one back
        ready.go_on(user)


def void_motions(state: "StageState", *, except_for: Motion | None, reason: str = "") -> None:
    """Close open motions on a stage that has ended otherwise: they decide nothing any more."""
    motions = Motion.objects.filter(
        proposal_key=str(state.workflow_state_id), stage_key=str(state.task_id)
    ).open()
    for motion in motions.select_for_update(of=("self",)):
        if except_for is None or motion.pk != except_for.pk:
            void(motion, reason or "The stage was decided otherwise.")


def void(motion: Motion, reason: str) -> MotionResult:
    """Close a motion without a count."""
    result: MotionResult = MotionResult.objects.create(
        motion=motion,
        outcome=MotionOutcome.VOID,
        reason=reason[:255],
        **dict.fromkeys(
            ("eligible", "recused", "present", "quorum", "yes", "no", "abstain", "discuss"), 0
        ),
    )
    motion_closed.send(Motion, motion=motion)
    return result
