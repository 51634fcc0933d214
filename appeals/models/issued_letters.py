"""Letters as they were issued: their words are kept, and web page and PDF are set from them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appeals.models.cases import Case
from appeals.models.held import HeldUntilPurged
from appeals.rules.letter_text import LetterKind


class Letter(HeldUntilPurged):
    """One letter of a case, in the words in which it went out."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("letter"), max_length=30, choices=LetterKind.choices)
    language = models.CharField(_("language"), max_length=10)
    recipient = models.CharField(_("to"), max_length=200)
    is_to_appellant = models.BooleanField(_("for the appellant"), default=True)
    subject = models.CharField(_("subject"), max_length=255)
    body = models.TextField(_("text"))
    office = models.CharField(_("from"), max_length=200)
    by_key = models.CharField(max_length=64)
    by_name = models.CharField(_("issued by"), max_length=200)
    at = models.DateTimeField(_("issued"), default=timezone.now)

    class Meta:
        verbose_name = _("letter of an appeal")
        verbose_name_plural = _("letters of appeals")
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="appeal_letter_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_id}-{self.number}"

    @property
    def reference(self) -> str:
        """Names it, such as A-2026-0007/2. Needs the case."""
        return f"{self.case.number}/{self.number}"
