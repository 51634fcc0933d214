"""A person's own API token: Wagtail's, with what it may do and when it ends."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import APIToken

from credentials.record.unreferenced import Unreferenced

LONGEST_LIFE = datetime.timedelta(days=365)


class PersonalTokenQuerySet(models.QuerySet["PersonalToken"]):
    """Tokens in the words of the domain."""

    def in_force(self) -> "PersonalTokenQuerySet":
        """Tokens that have neither ended nor been revoked."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=timezone.now())

    def expired(self) -> "PersonalTokenQuerySet":
        """Tokens whose time ran out before anybody revoked them."""
        return self.filter(revoked_at__isnull=True, expires_at__lte=timezone.now())

    def revoked(self) -> "PersonalTokenQuerySet":
        """Tokens that somebody ended."""
        return self.filter(revoked_at__isnull=False)


class PersonalToken(Unreferenced, APIToken):
    """A token that its own person made; no other token opens anything.

    Wagtail's row keeps whose it is, its name and the hash of its key; this one what it may do.
    """

    class Kind(models.TextChoices):
        READ = "read", _("Reads only")
        ACT = "act", _("Acts")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.READ)
    expires_at = models.DateTimeField(_("expires"))
    revoked_by_key = models.CharField(max_length=64, blank=True)
    revoked_by_name = models.CharField(_("revoked by"), max_length=200, blank=True)
    revoked_reason = models.CharField(_("reason"), max_length=255, blank=True)

    objects = PersonalTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created", "-pk"]
        default_permissions = ()  # Wagtail's own on API tokens say who sees and revokes them all

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises ValidationError when it would live longer than a year."""
        if self.expires_at > (self.created or timezone.now()) + LONGEST_LIFE:
            raise ValidationError({"expires_at": _("A token lives for a year at most.")})
        super().save(*args, **kwargs)

    @property
    def is_in_force(self) -> bool:
        """Whether it opens what its person may open."""
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def standing(self) -> str:
        """Where it stands, in a word."""
        if self.revoked_at is not None:
            return str(_("Revoked"))
        return str(_("In force") if self.is_in_force else _("Expired"))
