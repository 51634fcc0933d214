"""A stage under way: what it was started on, the decision taken at it, and going on (law 2)."""

from django.db import models, transaction
from wagtail.models import TaskState

from credentials.people.actors import Person
from credentials.record.content import FIRST_RULES, RULES
from workflows.choices import Outcome
from workflows.deciding.decisions import record
from workflows.deciding.progress import hold_bundle, reasons_to_wait, void_motions
from workflows.deciding.stage_reading import StageReading
from workflows.deciding.verdict import Verdict
from workflows.models.decisions import Decision
from workflows.signals import decided


class StageState(TaskState):
    """A stage under way on exactly this content (law 2)."""

    content_hash = models.CharField(max_length=64, editable=False)
    hash_rules = models.PositiveSmallIntegerField(
        default=RULES, db_default=FIRST_RULES, editable=False
    )

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

        What is decided on is read once, while the stage is held. Raises DecisionRefused (laws 2,
        4, 5), or PolicyNotMet when the policy holds it up.
        """
        with transaction.atomic():
            self._hold()
            reading = StageReading(self)
            decision = record(reading, user, verdict)
            void_motions(self, except_for=verdict.motion)
            if decision.goes_on:
                reading.decision = decision
                self._go_on_from(reading, user)
            elif verdict.back_to is not None:
                self._go_back(user, verdict)
            else:
                super().reject(user=user, comment=decision.comment)
            decided.send(type(self), decision=decision, state=self, draft=reading.draft)
        return decision

    def pass_by_itself(self, *, update: bool = True) -> None:
        """Let a gate pass. Raises DecisionRefused when something still stands."""
        with transaction.atomic():
            self._hold()
            reading = StageReading(self)
            decision = record(reading, None, Verdict(Outcome.PASSED))
            super().approve(user=None, update=update)
            decided.send(type(self), decision=decision, state=self, draft=reading.draft)

    def go_on(self, user: Person | None) -> None:
        """Move on once decided, and nothing is waited for: conditions, the rest of a bundle (GB-3).

        Content that changed meanwhile stays where it is (law 2).
        """
        with transaction.atomic():
            self._hold()
            reading = StageReading(self)
            if self.status == self.STATUS_IN_PROGRESS and reading.decision is not None:
                self._go_on_from(reading, user)

    def _go_on_from(self, reading: StageReading, user: Person | None) -> None:
        assert reading.decision is not None  # both who call this have asked
        if reading.is_unchanged and not reasons_to_wait(reading):
            super().approve(user=user, comment=reading.decision.comment)

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
