"""Who is to be told what, each once, and how they want it."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from credentials.models.message_templates import FromTemplate
from workflows.choices import Delivery
from workflows.models.decisions import Decision


class Notification(FromTemplate):
    """One message to one person; its key keeps it from being sent twice."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="governance_notifications"
    )
    key = models.CharField(_("key"), max_length=150, help_text=_("Such as decision:12:author."))
    subject = models.CharField(_("subject"), max_length=255)
    body = models.TextField(_("text"))
    link = models.CharField(_("address"), max_length=255, blank=True)
    is_urgent = models.BooleanField(
        _("sent at once"), default=False, help_text=_("Letters and overrides wait for no digest.")
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="each_notification_once")
        ]

    def __str__(self) -> str:
        return self.subject


class NotificationPreference(models.Model):
    """How a person wants to be told."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_preference"
    )
    delivery = models.CharField(
        _("e-mail"), max_length=10, choices=Delivery.choices, default=Delivery.AT_ONCE
    )

    class Meta:
        verbose_name = _("notification preference")
        verbose_name_plural = _("notification preferences")

    def __str__(self) -> str:
        return self.get_delivery_display()


class DecisionLetter(AppendOnly, FromTemplate):
    """The letter about a decision, as it was sent: reasons, conditions and clauses."""

    sealed = Sealed.INTERNAL

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="letter")
    offering = models.ForeignKey(
        "credentials.Offering", on_delete=models.PROTECT, related_name="decision_letters"
    )
    reference = models.CharField(_("reference"), max_length=50, unique=True)
    subject = models.CharField(_("subject"), max_length=255)
    sections = models.JSONField(_("sections"))  # [{"heading": str, "text": str}]
    addressees = models.JSONField(_("sent to"))  # names, as they were
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision letter")
        verbose_name_plural = _("decision letters")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.reference


def _make_token() -> str:
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """The private address of a person's calendar; a new token closes the old address."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    token = models.CharField(_("token"), max_length=64, unique=True, default=_make_token)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return str(self.made_at)
