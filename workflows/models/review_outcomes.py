"""What was decided at the end of a review (CP-4, SH-3, MC-8)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from workflows.choices import ReviewResult
from workflows.models.decisions import Decision
from workflows.models.retirements import RetirementRequest
from workflows.models.reviews import ReviewCycle
from workflows.models.self_studies import ReviewSubmission


class ReviewOutcome(AppendOnly):
    """What was decided at the end of a review; reasons and authority are its decision's."""

    sealed = Sealed.INTERNAL

    cycle = models.OneToOneField(ReviewCycle, on_delete=models.PROTECT, related_name="outcome")
    offering = models.ForeignKey(
        "credentials.Offering", on_delete=models.PROTECT, related_name="review_outcomes"
    )
    submission = models.OneToOneField(
        ReviewSubmission, on_delete=models.PROTECT, related_name="outcome"
    )
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="review_outcome"
    )
    result = models.CharField(_("outcome"), max_length=20, choices=ReviewResult.choices)
    reviewed_on = models.DateField(_("reviewed on"), db_index=True)
    was_due_on = models.DateField(_("was due on"))
    next_due_on = models.DateField(_("next due on"), null=True)
    retirement = models.OneToOneField(
        RetirementRequest, on_delete=models.PROTECT, null=True, related_name="review_outcome"
    )

    objects = AppendOnlyQuerySet.as_manager()

    insert_conditions = {
        "the outcome of a review is decided on the content that its self-study is about": (
            "EXISTS (SELECT 1 FROM workflows_decision d "
            "JOIN workflows_reviewsubmission s ON s.id = NEW.submission_id "
            "JOIN credentials_publishedversion v ON v.id = s.version_id "
            "WHERE d.id = NEW.decision_id AND d.offering_id = NEW.offering_id "
            "AND s.cycle_id = NEW.cycle_id AND d.content_hash = v.content_hash)"
        ),
    }

    class Meta:
        verbose_name = _("outcome of a review")
        verbose_name_plural = _("outcomes of reviews")
        ordering = ["-reviewed_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.cycle}: {self.get_result_display()}"

    def facts(self) -> dict[str, Any]:
        """What reports and timelines say of it, names as they were."""
        return {
            "reference": self.cycle.reference,
            "result": self.result,
            "reviewed_on": self.reviewed_on,
            "was_due_on": self.was_due_on,
            "next_due_on": self.next_due_on,
            "decided_by": self.decision.decided_by_name,
            "instrument": self.decision.instrument,
            "policy_version": self.decision.policy_version,
        }
