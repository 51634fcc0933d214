"""Texts of the letters, part of a version of the procedure (AP-2)."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from appeals.models.part_history import PartHistory
from appeals.models.procedures import PART_FROZEN_WHEN, Procedure
from appeals.rules.letter_text import NEEDED, LetterKind, allowed
from credentials.models.message_texts import MessageText
from credentials.record.unreferenced import Unreferenced


class LetterTemplate(MessageText, Unreferenced):
    """What a letter of one kind says, with placeholders in braces."""

    frozen_when: ClassVar[dict[str, str]] = PART_FROZEN_WHEN

    procedure = ParentalKey(Procedure, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(_("letter"), max_length=30, choices=LetterKind.choices)
    history = PartHistory()

    class Meta:
        verbose_name = _("letter template")
        verbose_name_plural = _("letter templates")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "kind"], name="one_template_per_letter")
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def allowed(self) -> frozenset[str]:
        """The placeholders that letters of its kind may use."""
        return allowed(self.kind)

    @property
    def needed(self) -> frozenset[str]:
        """The placeholders without which it would not say what it is for."""
        return NEEDED.get(self.kind, frozenset())
