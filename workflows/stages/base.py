"""What all stages share: starting on exactly this content, deciding, and going on (law 2)."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, WorkflowState

from credentials.compliance.gates import check_may_submit
from credentials.models import Offering
from credentials.people.actors import Person
from credentials.record.content import FIRST_RULES, RULES, FrozenContent, freeze
from workflows.choices import APPROVING, Act, AppliesWhen, Outcome
from workflows.deciding.decisions import may_decide, record
from workflows.deciding.events import write_event
from workflows.deciding.forms import CommentForm, ReasonForm
from workflows.deciding.frozen_proposal import content_at, freeze_proposal
from workflows.deciding.locks import DecisionLock
from workflows.deciding.position import reroute, stage_due
from workflows.deciding.progress import (
    hold_bundle,
    is_unchanged,
    reasons_to_wait,
    standing_decision,
    void_motions,
)
from workflows.deciding.verdict import Verdict
from workflows.models.decisions import Decision
from workflows.signals import decided, stage_started


class StageState(TaskState):
    """A stage under way on exactly this content (law 2)."""

    content_hash = models.CharField(max_length=64, editable=False)
    hash_rules = models.PositiveSmallIntegerField(
        default=RULES, db_default=FIRST_RULES, editable=False
    )

    # What a page has read already, so that reading it once is enough. Never decided on.
    draft_read: Offering | None = None

    def once(self, name: str, read: Callable[[], Any]) -> Any:
        """Read something once for a page; a decision reads anew each time."""
        if self.draft_read is None:
            return read()
        known = self.__dict__.setdefault("_read_once", {})
        if name not in known:
            known[name] = read()
        return known[name]

    def approve(
        self, user: Person | None = None, update: bool = True, comment: str = ""
    ) -> "StageState":
        """Approve, whichever code asks. Raises DecisionRefused (laws 2, 4, 5)."""
        self.decide(user, Verdict(Outcome.APPROVED, comment))
        return self

    def reject(
        self, user: Person | None = None, update: bool = True, comment: str = ""
    ) -> "StageState":
        """Ask for changes, with the reason. Raises DecisionRefused when there is none."""
        self.decide(user, Verdict(Outcome.CHANGES_REQUESTED, comment))
        return self

    def decide(self, user: Person | None, verdict: Verdict) -> Decision:
        """Record a verdict and let it take effect, both or neither.

        Raises DecisionRefused (laws 2, 4, 5), or PolicyNotMet when the policy holds it up.
        """
        if self.draft_read is not None:  # what a page has read is never decided on
            return StageState.objects.get(pk=self.pk).decide(user, verdict)
        with transaction.atomic():
            self._hold()
            decision, draft = record(self, user, verdict)
            void_motions(self, except_for=verdict.motion)
            if decision.goes_on:
                self.go_on(user)
            elif verdict.back_to is not None:
                self._go_back(user, verdict)
            else:
                super().reject(user=user, comment=decision.comment)
            decided.send(type(self), decision=decision, state=self, draft=draft)
        return decision

    def pass_by_itself(self, *, update: bool = True) -> None:
        """Let a gate pass. Raises DecisionRefused when something still stands."""
        with transaction.atomic():
            self._hold()
            decision, draft = record(self, None, Verdict(Outcome.PASSED))
            super().approve(user=None, update=update)
            decided.send(type(self), decision=decision, state=self, draft=draft)

    def go_on(self, user: Person | None) -> None:
        """Move on once decided, and nothing is waited for: conditions, the rest of a bundle (GB-3).

        Content that changed meanwhile stays where it is (law 2).
        """
        with transaction.atomic():
            self._hold()
            is_decided = (
                self.status == self.STATUS_IN_PROGRESS and standing_decision(self) is not None
            )
            if not is_decided or reasons_to_wait(self) or not is_unchanged(self):
                return
            super().approve(user=user, comment=self._comment())

    def _comment(self) -> str:
        decisions = Decision.objects.on(str(self.workflow_state_id), self.content_hash)
        last = decisions.filter(stage_key=str(self.task_id)).order_by("pk").last()
        return last.comment if last else ""

    def _go_back(self, user: Person | None, verdict: Verdict) -> None:
        """Start an earlier stage anew; its author need not submit again."""
        assert verdict.back_to is not None
        super().reject(user=user, update=False, comment=verdict.comment)
        workflow_state = self.workflow_state
        workflow_state.current_task_state = verdict.back_to.start(workflow_state, user=user)
        workflow_state.save()

    def _hold(self) -> None:
        """Let one decision at a time through: a second one finds the stage ended.

        Its bundle is held first, so that the last of two decided at once sees the other.
        """
        hold_bundle(self)
        held = StageState.objects.select_for_update(of=("self",)).get(pk=self.pk)
        self.status = held.status
        # Wagtail goes on from the task state that the workflow state remembers: read it anew.
        self.workflow_state.refresh_from_db(fields=["current_task_state"])


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

    class Meta:
        abstract = True

    @property
    def office_name(self) -> str:
        """The institution's name for who decides."""
        raise NotImplementedError

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
        if self.deciders(draft).filter(user__pk=user.pk or 0).exists():
            return ""
        return str(_("Only members of the %(office)s decide at this stage.")) % {
            "office": self.office_for(draft)
        }

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
        if Outcome.APPROVED not in self.acts or state is None or not may_decide(state, user):
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
    before = workflow_state.current_task_state
    stage_before = before.specific if before is not None else None
    if isinstance(stage_before, StageState):
        frozen = content_at(stage_before, draft)
        if frozen.content_hash == stage_before.content_hash:
            return frozen
    return freeze(draft)


def _follows_approval(workflow_state: WorkflowState, frozen: FrozenContent) -> bool:
    """Whether a stage starts because the one before has just approved exactly this content."""
    before = workflow_state.current_task_state
    stage_before = before.specific if before is not None else None
    if not isinstance(stage_before, StageState) or stage_before.content_hash != frozen.content_hash:
        return False
    decision = standing_decision(stage_before)
    is_over = stage_before.status == TaskState.STATUS_APPROVED
    return is_over and decision is not None and decision.outcome in APPROVING
