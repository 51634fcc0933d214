"""Trials of a draft policy version against the catalogue, before it takes force."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WhatIf(models.Model):
    """One trial: a draft version compared with the version in force, offering by offering."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    version = models.ForeignKey(
        "credentials.PolicyVersion", on_delete=models.CASCADE, related_name="what_ifs"
    )
    compared_with = models.CharField(_("compared with"), max_length=100)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    total = models.PositiveIntegerField(_("to check"), default=0)
    done = models.PositiveIntegerField(_("checked"), default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("begun by"),
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True)
    failure = models.TextField(_("why it failed"), blank=True)

    class Meta:
        verbose_name = _("what-if report")
        verbose_name_plural = _("what-if reports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.version}: {self.created_at:%Y-%m-%d %H:%M}"


class WhatIfEffect(models.Model):
    """A clause that an offering would newly fail, or newly meet."""

    class Effect(models.TextChoices):
        WOULD_FAIL = "would_fail", _("Would no longer meet it")
        WOULD_MEET = "would_meet", _("Would meet it")

    what_if = models.ForeignKey(WhatIf, on_delete=models.CASCADE, related_name="effects")
    offering = models.ForeignKey("credentials.Offering", on_delete=models.CASCADE, related_name="+")
    is_proposal = models.BooleanField(_("open proposal"), default=False)
    clause = models.CharField(_("clause"), max_length=20)
    effect = models.CharField(_("effect"), max_length=10, choices=Effect.choices)
    severity = models.CharField(_("severity"), max_length=20, blank=True)
    sentence = models.TextField(_("finding"), blank=True)

    class Meta:
        verbose_name = _("effect of a policy version")
        verbose_name_plural = _("effects of a policy version")
        indexes = [models.Index(fields=["what_if", "clause"], name="effect_by_clause")]

    def __str__(self) -> str:
        return f"{self.clause}: {self.effect}"
