"""What a proposal is, word for word, from its submission to the last decision (law 2)."""

import json

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from credentials.record.content import FrozenContent
from credentials.record.content_hashes import ContentHashes


class FrozenProposal(ContentHashes, AppendOnly):
    """Content and public document as they were submitted: what people read, decide and publish.

    A proposal has one for each content that was submitted in it. The same content submitted once
    more in the same proposal is the same document, whatever became of what it names.
    """

    sealed = Sealed.INTERNAL

    offering = models.ForeignKey(
        "credentials.Offering", on_delete=models.PROTECT, related_name="frozen_proposals"
    )
    proposal_key = models.CharField(_("proposal"), max_length=64)
    content = models.TextField(_("content"), help_text=_("Canonical JSON of what is decided on."))
    document = models.TextField(
        _("document"), help_text=_("Canonical JSON of the public document.")
    )
    document_hash = models.CharField(_("document hash"), max_length=64)
    frozen_at = models.DateTimeField(_("frozen at"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("frozen proposal")
        verbose_name_plural = _("frozen proposals")
        constraints = [
            models.UniqueConstraint(
                fields=["proposal_key", "content_hash"], name="one_document_per_submitted_content"
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_key}: {self.document_hash}"

    @property
    def frozen(self) -> FrozenContent:
        """Content and document with their hashes, as they are decided on."""
        return FrozenContent(
            json.loads(self.content),
            self.content,
            self.content_hash,
            self.governed_hash,
            self.hash_rules,
            self.document,
            self.document_hash,
        )
