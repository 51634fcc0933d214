"""Lets gates pass once what their clauses ask for is there (MC-6)."""

import logging
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import workflow_cancelled

from credentials.models import AdmissionSignOff, Agreement, AgreementSignature, Offering
from workflows.choices import Act
from workflows.deciding.events import write_event
from workflows.deciding.progress import void_motions
from workflows.models import Decision, ProposalEvent
from workflows.signals import acted
from workflows.stages.current_stage import as_stage_state, stage_state_of
from workflows.stages.selection import stages_without_people
from workflows.stages.stage_state import StageState

_log = logging.getLogger(__name__)


@receiver(post_save, sender=Agreement)
@receiver(post_save, sender=AgreementSignature)
@receiver(post_save, sender=AdmissionSignOff)
def after_settlement(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """What stands beside the content changed, so a gate may pass."""
    transaction.on_commit(partial(release_gates, instance.offering_id), robust=True)


@receiver(acted)
def after_hold(sender: Any, event: ProposalEvent, **kwargs: Any) -> None:
    """What a gate waits for may have come while the proposal was on hold."""
    if event.kind == Act.RESUMED:
        transaction.on_commit(partial(release_gates, event.offering_id), robust=True)


@receiver(workflow_cancelled)
def after_withdrawal(sender: Any, instance: WorkflowState, user: Any, **kwargs: Any) -> None:
    """However a proposal is taken back, it is on record and its open motions decide nothing."""
    stage = as_stage_state(instance.current_task_state)
    if stage is None:
        return
    events = ProposalEvent.objects.filter(proposal_key=str(instance.pk), kind=Act.WITHDRAWN)
    if not events.exists():
        write_event(instance, Act.WITHDRAWN, user)
    void_motions(stage, except_for=None, reason="The proposal was withdrawn.")


def release_gates(offering_id: int) -> bool:
    """Re-examine the gate that an offering waits at, if any; whether it passed.

    Never breaks what it follows: what goes wrong is logged by the offering's number alone.
    """
    try:
        state = stage_state_of(Offering.objects.get(pk=offering_id))
        return state is not None and bool(state.task.specific.release(state))
    except PermissionDenied:
        return False
    except Exception as error:
        _log.error(
            "The gate of offering %s was not examined: %s.", offering_id, type(error).__name__
        )
        return False


def release_decided() -> int:
    """Let go on what is decided and waited for something that has come; how many did.

    Such as the publication of an offering that its document names.
    """
    decided = Decision.objects.approving().filter(
        proposal_key=Cast(OuterRef("workflow_state_id"), CharField()),
        stage_key=Cast(OuterRef("task_id"), CharField()),
        content_hash=OuterRef("content_hash"),
    )
    waiting = StageState.objects.filter(Exists(decided), status=TaskState.STATUS_IN_PROGRESS)
    return sum(_went_on(state) for state in waiting)


def _went_on(state: StageState) -> bool:
    try:
        state.go_on(None)
    except PermissionDenied:
        return False
    except Exception as error:
        key = state.workflow_state.object_id
        _log.error("Offering %s, decided, did not go on: %s.", key, type(error).__name__)
        return False
    return state.status != TaskState.STATUS_IN_PROGRESS


def release_all_gates() -> int:
    """Re-examine every waiting gate, for what changes with time; returns how many passed."""
    waiting = StageState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        task__in=[stage.pk for stage in stages_without_people()],
    )
    keys = list(waiting.values_list("workflow_state__object_id", flat=True))
    return sum(release_gates(int(key)) for key in keys)
