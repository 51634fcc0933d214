"""Who looked at what: every view, download and export, for the office to read (law 6)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appeals.choices import Looked
from appeals.models.cases import Case
from appeals.models.held import HeldUntilPurged


class CaseAccess(HeldUntilPurged):
    """One look. Rows of a case go with it; those of lists name no case and stay."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="accesses")
    what = models.CharField(_("what"), max_length=20, choices=Looked.choices)
    detail = models.CharField(
        _("detail"), max_length=200, blank=True, help_text=_("Such as a document’s number.")
    )
    reason = models.TextField(_("reason"), blank=True)
    is_superuser = models.BooleanField(_("by a superuser’s right alone"), default=False)
    by_key = models.CharField(_("person’s key"), max_length=64, blank=True)
    by_name = models.CharField(_("who"), max_length=200)
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("access to an appeal")
        verbose_name_plural = _("accesses to appeals")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_superuser=False)
                | ~models.Q(reason="")
                | models.Q(what=Looked.REFUSED),
                name="superuser_says_why",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_what_display())
