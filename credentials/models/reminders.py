"""Reminders already sent: each once, however often the job runs (PO-1, MC-6)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """That somebody was reminded of a subject on an occasion."""

    subject = models.CharField(_("subject"), max_length=100, help_text=_("Such as policy:3."))
    occasion = models.CharField(
        _("occasion"), max_length=50, help_text=_("Such as “3 months” or “overdue”.")
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(fields=["subject", "occasion"], name="each_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.occasion}"
