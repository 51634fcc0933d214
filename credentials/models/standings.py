"""How offerings stand with the policy, kept for listings; rebuilt at any time from content."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Readiness(models.Model):
    """How many findings the newest draft of an offering has, by severity."""

    offering = models.OneToOneField(
        "credentials.Offering", on_delete=models.CASCADE, related_name="readiness"
    )
    policy_version = models.CharField(_("policy version"), max_length=100)
    blocks_submission = models.PositiveSmallIntegerField(_("before submission"), default=0)
    blocks_approval = models.PositiveSmallIntegerField(_("before approval"), default=0)
    advice = models.PositiveSmallIntegerField(_("advice"), default=0)
    clauses_met = models.PositiveSmallIntegerField(_("clauses met"), default=0)
    clauses_asked = models.PositiveSmallIntegerField(_("clauses asked"), default=0)
    checked_at = models.DateTimeField(_("checked"), default=timezone.now)

    class Meta:
        verbose_name = _("readiness")
        verbose_name_plural = _("readiness")

    def __str__(self) -> str:
        return f"{self.clauses_met}/{self.clauses_asked}"


class ClauseStanding(models.Model):
    """Whether a published offering meets a clause that applies to it."""

    class Standing(models.TextChoices):
        MET = "met", _("Met")
        FAILING = "failing", _("Not met")

    offering = models.ForeignKey(
        "credentials.Offering", on_delete=models.CASCADE, related_name="clause_standings"
    )
    clause = models.CharField(_("clause"), max_length=20)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing.choices)

    class Meta:
        verbose_name = _("standing with a clause")
        verbose_name_plural = _("standings with clauses")
        constraints = [
            models.UniqueConstraint(fields=["offering", "clause"], name="one_standing_per_clause")
        ]
        indexes = [models.Index(fields=["clause", "standing"], name="standing_by_clause")]

    def __str__(self) -> str:
        return f"{self.clause}: {self.standing}"
