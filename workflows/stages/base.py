"""What all stages share: starting on exactly this content, deciding, and going on (law 2)."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import Group, User
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, WorkflowState

from credentials.compliance.gates import check_may_submit
from credentials.models import Offering
from credentials.people.actors import Person
from credentials.record.content import FrozenContent, freeze
from workflows.choices import APPROVING, Act, AppliesWhen, Office, Outcome
from workflows.deciding.decisions import may_decide
from workflows.deciding.events import write_event
from workflows.deciding.forms import CommentForm, ReasonForm
from workflows.deciding.frozen_proposal import content_at, freeze_proposal
from workflows.deciding.locks import DecisionLock
from workflows.deciding.position import reroute, stage_due, standing_decision
from workflows.deciding.stage_reading import StageReading
from workflows.signals import stage_started
from workflows.stages.current_stage import as_stage_state
from workflows.stages.stage_state import StageState


class Stage(models.Model):
    """What every kind of stage shares; each kind is also a Wagtail task."""

    instrument = models.CharField(
        _("instrument of authority"),
        max_length=200,
        help_text=_("What gives this authority: a policy clause or a terms of reference."),
    )
    applies_when = models.CharField(
        _("applies"),
        max_length=20,
        choices=AppliesWhen.choices,
        default=AppliesWhen.ALWAYS,
        db_default=AppliesWhen.ALWAYS,
    )
    categories = models.JSONField(
        _("categories"),
        default=list,
        db_default=models.Value([], models.JSONField()),
        blank=True,
        help_text=_("Keys of the categories for which it applies, if not always. SH-2"),
    )

    task_state_class = StageState
    lock_class = DecisionLock
    acts: ClassVar[tuple[Outcome, ...]] = (Outcome.APPROVED, Outcome.CHANGES_REQUESTED)
    stage_form_fields: ClassVar[list[str]] = ["instrument", "applies_when", "categories"]
    authors_may_decide = False
    name: Any  # a field of the Wagtail task that each kind is
    # Whether people decide here; a kind that does not ask them passes by itself.
    asks_people: ClassVar[bool] = True
    # The committee whose stage it is: kinds of a committee have it as a field.
    committee: Any = None
    committee_id: Any = None

    class Meta:
        abstract = True

    @property
    def office_name(self) -> str:
        """The institution's name for who decides."""
        raise NotImplementedError

    @property
    def deciding_office(self) -> Office | None:
        """Which of the institution's offices decides, if one does."""
        return None

    def office_for(self, draft: Offering) -> str:
        """Who decides on this draft, where that depends on it."""
        return self.office_name

    def applies_to(self, draft: Offering) -> bool:
        """Whether the stage is due for this content."""
        if self.applies_when == AppliesWhen.PARTNERED:
            return draft.academic_unit_id is not None
        if self.applies_when == AppliesWhen.CATEGORIES:
            return draft.category in self.categories
        return True

    def deciders(self, draft: Offering) -> "models.QuerySet[Group]":
        """Groups whose members may decide."""
        return Group.objects.none()

    def readers(self, draft: Offering) -> "models.QuerySet[Group]":
        """Groups whose members may read the proposal while it is here."""
        return self.deciders(draft)

    def refusal(self, draft: Offering, user: Person) -> str:
        """Why this person is not one of those who decide here; empty when they are."""
        if self._is_among(self.deciders(draft), user):
            return ""
        return str(_("Only members of the %(office)s decide at this stage.")) % {
            "office": self.office_for(draft)
        }

    def acts_here(self, draft: Offering, person: Person) -> bool:
        """Whether it is for this person to act on it: to decide, or to put it to those who do."""
        return not self.refusal(draft, person)

    def may_concern(self, person: Person) -> bool:
        """Whether a person may have to act here, whatever it is that stands at this stage."""
        return True

    def waits_for_groups(self, draft: Offering, groups: set[int]) -> bool:
        """Whether it waits here for members of these groups, of those whom it may concern."""
        return any(group.pk in groups for group in self.deciders(draft))

    def people_to_act(self, draft: Offering) -> "models.QuerySet[User]":
        """Those who are told that it waits for them."""
        return User.objects.filter(groups__in=self.deciders(draft), is_active=True)

    def takes_part(self, person: Person, draft: Offering) -> bool:
        """Whether this person belongs to those who decide here, recused or not."""
        return self._is_among(self.deciders(draft), person)

    def is_read_by(self, person: Person, draft: Offering) -> bool:
        """Whether a person reads a proposal because it is at this stage."""
        return self._is_among(self.readers(draft), person)

    def lock_message(self, page: Offering) -> str:
        """Why a page at this stage cannot be edited, and what to do about it."""
        return str(
            _(
                "This proposal is with the %(office)s (%(stage)s) and cannot be edited while it is "
                "under decision. To change it, cancel the workflow and submit it again."
            )
        ) % {"office": self.office_for(page), "stage": self.name}

    def waits_for(self) -> str:
        """What it waits for beside people, in words; empty for nothing."""
        return ""

    def is_clear(self, draft: Offering) -> bool:
        """Whether it passes by itself."""
        return False

    def release(self, state: StageState) -> bool:
        """Look again whether it passes by itself; whether it did."""
        return False

    @staticmethod
    def _is_among(groups: "models.QuerySet[Group]", person: Person) -> bool:
        return bool(groups.filter(user__pk=person.pk or 0).exists())

    def after_start(self, state: StageState) -> None:
        """What a kind of stage does once it has started."""

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Start the stage that is due for this content, which may be an earlier one.

        Changed content has no decisions yet, so its route begins again, and it may be another.
        A stage that is not due is skipped. Raises PolicyNotMet before submission; the policy is not
        asked again of what the stage before has just approved, for which it was asked then.
        """
        draft = workflow_state.content_object.get_latest_revision_as_object()
        if not isinstance(draft, Offering):
            return super().start(workflow_state, user=user)  # type: ignore[misc]
        frozen = _content_of(workflow_state, draft)
        if not _follows_approval(workflow_state, frozen):
            check_may_submit(draft, frozen)
        reroute(workflow_state, draft, frozen)
        due = stage_due(workflow_state, frozen.content_hash, draft)
        stage: Stage = due or self
        return stage._begin(workflow_state, user, draft, frozen, is_due=due is not None)

    def _begin(
        self,
        workflow_state: WorkflowState,
        user: Any,
        draft: Offering,
        frozen: FrozenContent,
        *,
        is_due: bool,
    ) -> TaskState:
        if workflow_state.current_task_state_id is None:
            write_event(workflow_state, Act.SUBMITTED, user, content_hash=frozen.content_hash)
        state = Task.start(self, workflow_state, user=user)
        state.content_hash, state.hash_rules = frozen.content_hash, frozen.rules
        if not is_due:
            state.status, state.finished_at = TaskState.STATUS_SKIPPED, timezone.now()
        state.save()
        if is_due:
            freeze_proposal(workflow_state, draft, frozen)
            self.after_start(state)
            stage_started.send(StageState, state=state, draft=draft)
        return state

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, Any, bool]]:
        """Offer only what this person may do now; both ask for a comment form first."""
        state = obj.current_workflow_task_state
        if Outcome.APPROVED not in self.acts or state is None:
            return []
        if not may_decide(StageReading(state), user):
            return []
        return [("reject", _("Request changes"), True), ("approve", _("Approve"), True)]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """Changes are asked for with a reason; an approval may carry a comment."""
        return ReasonForm if action == "reject" else CommentForm

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """Nobody edits what is under decision, deciders included."""
        return True

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        """Those who read it here, also where they may not edit pages."""
        return self.readers(obj).filter(user=user).exists()

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet[Any]:
        """Wagtail's own list of what awaits a person; ours is in `workflows.inbox`."""
        return TaskState.objects.none()


def _content_of(workflow_state: WorkflowState, draft: Offering) -> FrozenContent:
    """The content as the stage before hashed it while it is the same, else by the present rules."""
    stage_before = as_stage_state(workflow_state.current_task_state)
    if stage_before is not None:
        frozen = content_at(stage_before, draft)
        if frozen.content_hash == stage_before.content_hash:
            return frozen
    return freeze(draft)


def _follows_approval(workflow_state: WorkflowState, frozen: FrozenContent) -> bool:
    """Whether a stage starts because the one before has just approved exactly this content."""
    stage_before = as_stage_state(workflow_state.current_task_state)
    if stage_before is None or stage_before.content_hash != frozen.content_hash:
        return False
    decision = standing_decision(stage_before)
    is_over = stage_before.status == TaskState.STATUS_APPROVED
    return is_over and decision is not None and decision.outcome in APPROVING
