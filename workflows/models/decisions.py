"""What an office decided on exactly this content (laws 2, 3, 5)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from credentials.people.actors import by_what, signed
from credentials.record.content_hashes import ContentHashes
from workflows.choices import GOING_ON, Outcome
from workflows.models.by_token import ByToken


class DecisionQuerySet(AppendOnlyQuerySet):
    """Decisions in the words of the domain."""

    def on(self, proposal_key: str, content_hash: str) -> "DecisionQuerySet":
        """Decisions taken on this content of this proposal."""
        return self.filter(proposal_key=proposal_key, content_hash=content_hash)

    def approving(self) -> "DecisionQuerySet":
        """Decisions that let the proposal go on."""
        return self.filter(outcome__in=GOING_ON)


class Decision(ByToken, ContentHashes, AppendOnly):
    """One stage's decision, with names as they were: workflow states are purged, this is not."""

    sealed = Sealed.INTERNAL

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
    motion = models.OneToOneField(
        "workflows.Motion", on_delete=models.PROTECT, null=True, related_name="decision"
    )
    returned_to_key = models.CharField(max_length=64, blank=True, default="", db_default="")
    returned_to = models.CharField(
        _("back to"), max_length=255, blank=True, default="", db_default=""
    )
    policy_version = models.CharField(_("policy version"), max_length=100)
    decided_by_key = models.CharField(_("person's key"), max_length=64)
    decided_by_name = models.CharField(_("decided by"), max_length=200)
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    insert_conditions = {
        "a motion decides what it came to, on its own content": (
            "NEW.motion_id IS NULL OR EXISTS (SELECT 1 FROM workflows_motion m "
            "JOIN workflows_motionresult r ON r.motion_id = m.id WHERE m.id = NEW.motion_id "
            "AND m.proposal_key = NEW.proposal_key AND m.stage_key = NEW.stage_key "
            "AND m.content_hash = NEW.content_hash "
            # Empty on motions that were opened before the public document was frozen with them.
            "AND m.document_hash IN (NEW.document_hash, '') AND "
            "((r.outcome = 'carried' AND m.review_id IS NULL "
            "AND NEW.outcome IN ('approved', 'changes_requested')) "
            "OR (r.outcome = 'carried' AND m.review_id IS NOT NULL AND NEW.outcome = m.purpose) "
            "OR (r.outcome = 'defeated' AND NEW.outcome = 'declined')))"
        ),
        "a committee decides by a motion": (
            "NEW.motion_id IS NOT NULL OR NEW.outcome = 'overridden' OR NOT EXISTS "
            "(SELECT 1 FROM workflows_committeestage c "
            "WHERE CAST(c.task_ptr_id AS TEXT) = NEW.stage_key)"
        ),
    }

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-decided_at", "-pk"]
        permissions = [("override_decision", "Can decide in an emergency")]
        indexes = [
            models.Index(fields=["proposal_key", "content_hash"], name="decision_by_proposal")
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.get_outcome_display()}"

    @property
    def signature(self) -> str:
        """Who decided, for which office, and by which token if by one."""
        return by_what(signed(self.decided_by_name, self.office), self.by_token)

    @property
    def decided_by(self) -> str:
        """Who decided, and by which token if by one."""
        return by_what(self.decided_by_name, self.by_token)

    @property
    def goes_on(self) -> bool:
        """Whether the proposal goes on to its next stage."""
        return self.outcome in GOING_ON


class OutsideOutcome(AppendOnly):
    """What a body outside the routes decided: written down here, not decided again (GB-1, FA-1)."""

    sealed = Sealed.INTERNAL

    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="outside_outcome"
    )
    body = models.CharField(_("body"), max_length=200)
    decided_on = models.DateField(_("decided on"))
    reference = models.CharField(_("reference"), max_length=100)
    document = models.ForeignKey(
        getattr(settings, "WAGTAILDOCS_DOCUMENT_MODEL", "wagtaildocs.Document"),
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
    )

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("outside outcome")
        verbose_name_plural = _("outside outcomes")

    def __str__(self) -> str:
        return f"{self.body}, {self.reference}"
