"""Stages of a route, as Wagtail tasks whose every decision is recorded and checked here."""

from typing import Any

from django import forms
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState, WorkflowState

from credentials.compliance.gates import check_may_submit
from credentials.content import freeze
from credentials.models import Offering
from credentials.people import Person
from workflows.admin.forms import CommentForm, ReasonForm
from workflows.choices import Office, Outcome
from workflows.deciding import may_decide, record
from workflows.locks import DecisionLock
from workflows.ordering import reroute, stage_due


class StageState(TaskState):
    """A stage under way on exactly this content (law 2)."""

    content_hash = models.CharField(max_length=64, editable=False)

    def approve(
        self, user: Person | None = None, update: bool = True, comment: str = ""
    ) -> "StageState":
        """Approve, whichever code asks. Raises DecisionRefused (laws 2, 4, 5)."""
        with transaction.atomic():
            self._hold()
            record(self, user, Outcome.APPROVED, comment)
            super().approve(user=user, update=update, comment=comment)
        return self

    def reject(
        self, user: Person | None = None, update: bool = True, comment: str = ""
    ) -> "StageState":
        """Ask for changes, with the reason. Raises DecisionRefused when there is none."""
        with transaction.atomic():
            self._hold()
            record(self, user, Outcome.CHANGES_REQUESTED, comment)
            super().reject(user=user, update=update, comment=comment)
        return self

    def _hold(self) -> None:
        """Let one decision at a time through: a second one finds the stage ended."""
        held = StageState.objects.select_for_update(of=("self",)).get(pk=self.pk)
        self.status = held.status


class OfficeStage(AbstractGroupApprovalTask):
    """An office decides through any one member of its groups."""

    office = models.CharField(_("office"), max_length=20, choices=Office.choices)
    instrument = models.CharField(
        _("instrument of authority"),
        max_length=200,
        help_text=_(
            "What gives the office this authority: a policy clause or a terms of reference."
        ),
    )
    authors_may_decide = models.BooleanField(
        _("authors may decide"),
        default=False,
        help_text=_("Only for editorial changes: lets a person decide on a change of their own."),
    )

    task_state_class = StageState
    lock_class = DecisionLock
    admin_form_fields = [
        *AbstractGroupApprovalTask.admin_form_fields,
        "office",
        "instrument",
        "authors_may_decide",
    ]

    class Meta:
        verbose_name = _("office decision")
        verbose_name_plural = _("office decisions")

    @property
    def office_name(self) -> str:
        """The institution's name for the office."""
        return Office(self.office).official_name

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Start the stage that is due for this content, which may be an earlier one.

        Changed content has no decisions yet, so its route begins again, and it may be another.
        Raises PolicyNotMet when the policy holds the content up before submission.
        """
        draft = workflow_state.content_object.get_latest_revision_as_object()
        if not isinstance(draft, Offering):
            return super().start(workflow_state, user=user)
        check_may_submit(draft)
        frozen = freeze(draft)
        reroute(workflow_state, draft)
        stage = stage_due(workflow_state, frozen.content_hash) or self
        if stage.pk != self.pk:
            return stage.start(workflow_state, user=user)
        state = super().start(workflow_state, user=user)
        state.content_hash = frozen.content_hash
        state.save(update_fields=["content_hash"])
        return state

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        """Offer only what this person may do now; both ask for a comment form first."""
        state = obj.current_workflow_task_state
        if state is None or not may_decide(state, user):
            return []
        return [("reject", _("Request changes"), True), ("approve", _("Approve"), True)]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """Changes are asked for with a reason; an approval may carry a comment."""
        return ReasonForm if action == "reject" else CommentForm

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """Nobody edits what is under decision, deciders included."""
        return True

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        return self._user_in_groups(user)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[Any]:
        """What awaits this person: stages of their office, whatever else they are."""
        if not self._user_in_groups(user):
            return TaskState.objects.none()
        return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)

    @classmethod
    def get_description(cls) -> str:
        return str(_("An office decides; the decision is recorded and bound to the content"))
