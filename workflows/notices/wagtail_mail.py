"""Wagtail's own workflow e-mail stays with pages that are not offerings: theirs comes from us.

Ours are connected under Wagtail's own keys, so that hers are not, whichever app is ready first.
"""

from typing import Any

from wagtail.admin.mail import (
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
    WorkflowStateSubmissionEmailNotifier,
)
from wagtail.models import WorkflowState
from wagtail.signals import workflow_approved, workflow_rejected, workflow_submitted

from credentials.models import Offering


class _NotOfOfferings:
    """Has nobody to tell when an offering is meant."""

    def get_recipient_users(self, workflow_state: WorkflowState, **kwargs: Any) -> Any:
        page = workflow_state.content_object
        if page is not None and issubclass(page.specific_class or type(page), Offering):
            return set()
        return super().get_recipient_users(workflow_state, **kwargs)  # type: ignore[misc]


class Submission(_NotOfOfferings, WorkflowStateSubmissionEmailNotifier):
    """That something was submitted."""


class Rejection(_NotOfOfferings, WorkflowStateRejectionEmailNotifier):
    """That changes are asked for."""


class Approval(_NotOfOfferings, WorkflowStateApprovalEmailNotifier):
    """That it was approved."""


NOTIFIERS = (
    (workflow_submitted, Submission(), "workflow_state_submitted_email_notification"),
    (workflow_rejected, Rejection(), "workflow_state_rejected_email_notification"),
    (workflow_approved, Approval(), "workflow_state_approved_email_notification"),
)


def replace_notifiers() -> None:
    """Put ours in the place of Wagtail's. Safe to repeat."""
    for signal, notifier, key in NOTIFIERS:
        signal.disconnect(sender=WorkflowState, dispatch_uid=key)
        signal.connect(notifier, sender=WorkflowState, dispatch_uid=key, weak=False)
