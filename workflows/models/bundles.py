"""Proposals that belong together: considered together, published together or not at all (GB-3)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class BundleQuerySet(models.QuerySet["Bundle"]):
    """Bundles in the words of the domain."""

    def open(self) -> "BundleQuerySet":
        """Bundles whose proposals wait for each other."""
        return self.filter(state=Bundle.State.OPEN)


class Bundle(models.Model):
    """Why some proposals belong together, and what became of them."""

    class State(models.TextChoices):
        OPEN = "open", _("Under decision")
        PUBLISHED = "published", _("Published together")
        DISSOLVED = "dissolved", _("Dissolved")

    title = models.CharField(_("title"), max_length=200)
    reason = models.TextField(_("why they belong together"), help_text=_("GB-3"))
    external_reference = models.CharField(
        _("curriculum system reference"), max_length=100, blank=True, help_text=_("GC-1")
    )
    state = models.CharField(
        _("standing"), max_length=10, choices=State.choices, default=State.OPEN, editable=False
    )
    made_by_key = models.CharField(max_length=64, editable=False)
    made_by_name = models.CharField(_("made by"), max_length=200, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    history = HistoricalRecords()

    objects = BundleQuerySet.as_manager()

    class Meta:
        verbose_name = _("bundle")
        verbose_name_plural = _("bundles")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.title


class BundledOffering(models.Model):
    """An offering whose proposal stands in a bundle."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="members")
    offering = models.ForeignKey(
        "credentials.Offering", on_delete=models.PROTECT, related_name="bundled"
    )
    title = models.CharField(_("title"), max_length=255)

    class Meta:
        verbose_name = _("bundled offering")
        verbose_name_plural = _("bundled offerings")
        constraints = [models.UniqueConstraint(fields=["bundle", "offering"], name="bundled_once")]

    def __str__(self) -> str:
        return self.title
