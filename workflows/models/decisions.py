"""What an office decided on exactly this content (laws 2, 3, 5)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.append_only import AppendOnly, AppendOnlyQuerySet
from workflows.choices import Outcome


class DecisionQuerySet(AppendOnlyQuerySet):
    """Decisions in the words of the domain."""

    def on(self, proposal_key: str, content_hash: str) -> "DecisionQuerySet":
        """Decisions taken on this content of this proposal."""
        return self.filter(proposal_key=proposal_key, content_hash=content_hash)

    def approving(self) -> "DecisionQuerySet":
        """Decisions that let the proposal go on."""
        return self.filter(outcome=Outcome.APPROVED)


class Decision(AppendOnly):
    """One stage's decision, with names as they were: workflow states are purged, this is not."""

    offering = models.ForeignKey(
        "credentials.Offering", on_delete=models.PROTECT, related_name="decisions"
    )
    proposal_key = models.CharField(_("proposal"), max_length=64)
    stage_key = models.CharField(_("stage's key"), max_length=64)
    stage = models.CharField(_("stage"), max_length=255)
    route = models.CharField(_("route"), max_length=100)
    office = models.CharField(_("office"), max_length=200)
    instrument = models.CharField(_("instrument of authority"), max_length=200)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    comment = models.TextField(_("comment"), blank=True)
    content_hash = models.CharField(_("content hash"), max_length=64)
    governed_hash = models.CharField(_("governed hash"), max_length=64)
    policy_version = models.CharField(_("policy version"), max_length=100)
    decided_by_key = models.CharField(_("person's key"), max_length=64)
    decided_by_name = models.CharField(_("decided by"), max_length=200)
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_at", "-pk"]
        indexes = [
            models.Index(fields=["proposal_key", "content_hash"], name="decision_by_proposal")
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.get_outcome_display()}"
