"""The fact that an authority approved exactly this content (laws 1, 2, 3, 5)."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from credentials.people.actors import Actor
from credentials.record.content import FrozenContent, frozen_again
from credentials.record.content_hashes import ContentHashes
from credentials.record.ledger import PublishedVersion


class ApprovalQuerySet(AppendOnlyQuerySet):
    """Approvals in the words of the domain."""

    def unused(self) -> "ApprovalQuerySet":
        """Approvals that have not yet led to a published version."""
        return self.filter(version__isnull=True)

    def record(
        self, offering: models.Model, frozen: FrozenContent, decider: Actor, **facts: Any
    ) -> "Approval":
        """Write the approval of exactly this content and document, against the present head.

        `facts` are action, authority, instrument, route, clauses and the label of the policy
        version in force; reason is optional.
        """
        count = self.filter(offering=offering).count()
        approval = Approval(
            offering_id=offering.pk,
            content=frozen.canonical,
            document=frozen.document,
            **frozen.hashes,
            against=PublishedVersion.objects.head_of(offering.pk),
            reference=f"A{offering.pk}-{count + 1}",
            decided_by_key=decider.key,
            decided_by_name=decider.name,
            **facts,
        )
        approval.save()
        return approval

    def standing_against(self, head: PublishedVersion | None) -> "ApprovalQuerySet":
        """Approvals decided on a change to this head of the ledger; a newer head voids them.

        A version that only told what the ministry decided on OSAP voids none.
        """
        if head is None:
            return self.filter(against__isnull=True)
        return self.filter(against__in=head.and_before_osap())


class Approval(ContentHashes, AppendOnly):
    """Who approved what, when, by which authority, under which policy version.

    Names are kept as they were: a person may be renamed or leave, the record may not change.
    """

    sealed = Sealed.PUBLIC

    class Action(models.TextChoices):
        PUBLISH = "publish", _("Publish")
        RETIRE = "retire", _("Retire")
        WITHDRAW = "withdraw", _("Withdraw")
        OSAP = "osap", _("Say whether OSAP is approved")

    insert_conditions: ClassVar[dict[str, str]] = {
        "an approval to publish says which public document it approves": (
            "NEW.action <> 'publish' OR (NEW.document <> '' AND NEW.document_hash <> '')"
        ),
    }

    offering = models.ForeignKey(
        "credentials.Offering", on_delete=models.PROTECT, related_name="approvals"
    )
    action = models.CharField(_("action"), max_length=10, choices=Action.choices)
    content_hash = models.CharField(_("content hash"), max_length=64, db_index=True)
    content = models.TextField(_("content"), help_text=_("Canonical JSON of what was approved."))
    document = models.TextField(
        _("document"),
        default="",
        db_default="",
        blank=True,
        help_text=_("Canonical JSON of the public document that was approved."),
    )
    against = models.ForeignKey(
        "credentials.PublishedVersion",
        verbose_name=_("changes version"),
        on_delete=models.PROTECT,
        related_name="approvals_against",
        null=True,
    )
    authority = models.CharField(_("authority"), max_length=200)
    instrument = models.CharField(_("instrument of authority"), max_length=200)
    policy_version = models.CharField(_("policy version"), max_length=100)
    route = models.CharField(_("route"), max_length=100)
    clauses = models.JSONField(_("clauses"), default=list)
    reference = models.CharField(_("reference"), max_length=100, unique=True)
    decided_by_key = models.CharField(_("person's key"), max_length=64)
    decided_by_name = models.CharField(_("decided by"), max_length=200)
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)
    reason = models.TextField(_("reason"), blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return self.reference

    def public_part(self) -> dict[str, str]:
        """What anybody may know of it, without instrument and reasons (law 6)."""
        return {
            "authority": self.authority,
            "date": timezone.localdate(self.decided_at).isoformat(),
            "reference": self.reference,
            "policy_version": self.policy_version,
        }

    def public_facts(self) -> dict[str, Any]:
        """By whose authority what was approved. The version tells of which offering, once it is."""
        return {"kind": "approval", "action": str(self.action), **self.public_part()}

    @property
    def frozen_content(self) -> dict[str, Any]:
        """The approved content as plain data, by the present rules."""
        return frozen_again(self.content).content
