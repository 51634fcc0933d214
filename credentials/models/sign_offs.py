"""The admission authority's sign-off, and whom it consulted (AD-1 to AD-4)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed


class AdmissionSignOff(AppendOnly):
    """The authority settled exactly these admission requirements."""

    sealed = Sealed.INTERNAL

    offering = models.ForeignKey(
        "credentials.Offering", on_delete=models.PROTECT, related_name="admission_sign_offs"
    )
    authority = models.CharField(_("authority"), max_length=200)
    clause = models.CharField(_("clause"), max_length=20)
    requirements = models.TextField(_("requirements"), blank=True)
    requirements_hash = models.CharField(_("hash of the requirements"), max_length=64)
    consulted = models.CharField(_("who was consulted"), max_length=200, blank=True)
    consulted_on = models.DateField(_("consulted on"), null=True)
    consultation = models.TextField(_("what was said"), blank=True)
    policy_version = models.CharField(_("policy version"), max_length=100)
    signed_by_key = models.CharField(_("person's key"), max_length=64)
    signed_by_name = models.CharField(_("signed off by"), max_length=200)
    signed_at = models.DateTimeField(_("at"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("admission sign-off")
        verbose_name_plural = _("admission sign-offs")
        ordering = ["-signed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.authority} ({self.clause})"
