"""Annual reports: a draft, then one frozen copy and its addenda (CP-3, SH-2)."""

import json
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from credentials.academic_year import AcademicYear
from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from credentials.choices import Category

PRESENTED = "EXISTS (SELECT 1 FROM workflows_presentedreport p WHERE p.report_id = {row})"


class AnnualReport(models.Model):
    """The report on an academic year: what the Department writes; its figures are counted.

    It keeps its days, so that a later change of when years begin moves no report.
    """

    frozen_when: ClassVar[dict[str, str]] = {
        "UPDATE": PRESENTED.format(row="OLD.id"),
        "DELETE": PRESENTED.format(row="OLD.id"),
    }

    begins_in = models.PositiveSmallIntegerField(
        _("academic year"),
        unique=True,
        validators=[MinValueValidator(1900), MaxValueValidator(9990)],
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    narrative = models.JSONField(_("narrative"), default=list, blank=True)  # [{"heading", "text"}]
    begun_by_key = models.CharField(max_length=64)
    begun_by_name = models.CharField(_("begun by"), max_length=200)
    begun_at = models.DateTimeField(_("begun"), default=timezone.now)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("annual report")
        verbose_name_plural = _("annual reports")
        ordering = ["-begins_in"]

    def __str__(self) -> str:
        return str(AcademicYear(self.begins_in))

    @property
    def is_presented(self) -> bool:
        """Whether it can no longer change."""
        return hasattr(self, "presented")


class ReportedAwards(models.Model):
    """How many awards of a category were issued in the year: a figure that the office enters."""

    frozen_when: ClassVar[dict[str, str]] = {
        "INSERT": PRESENTED.format(row="NEW.report_id"),
        "UPDATE": " OR ".join(PRESENTED.format(row=f"{row}.report_id") for row in ("OLD", "NEW")),
        "DELETE": PRESENTED.format(row="OLD.report_id"),
    }

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="awards")
    category = models.CharField(_("category"), max_length=30, choices=Category.choices)
    number = models.PositiveIntegerField(_("awards"))
    source = models.CharField(
        _("source"), max_length=255, help_text=_("Where the figure comes from, and as of when.")
    )
    entered_by_name = models.CharField(_("entered by"), max_length=200)
    entered_at = models.DateTimeField(_("entered"), default=timezone.now)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("reported awards")
        verbose_name_plural = _("reported awards")
        ordering = ["category"]
        constraints = [
            models.UniqueConstraint(fields=["report", "category"], name="awards_reported_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()}: {self.number}"


class PresentedReport(AppendOnly):
    """The report as it was presented: canonical JSON of all it said, and its SHA-256."""

    sealed = Sealed.PUBLIC
    public_facts_need = ("report",)

    insert_conditions: ClassVar[dict[str, str]] = {
        "a report is presented after its year": (
            "EXISTS (SELECT 1 FROM workflows_annualreport r "
            "WHERE r.id = NEW.report_id AND r.last_day < NEW.meeting_on)"
        ),
    }

    report = models.OneToOneField(AnnualReport, on_delete=models.PROTECT, related_name="presented")
    content = models.TextField(_("content"))
    content_hash = models.CharField(_("hash"), max_length=64)
    body = models.CharField(_("presented to"), max_length=200)
    meeting_on = models.DateField(_("meeting of"))
    meeting_reference = models.CharField(_("reference of the meeting"), max_length=100, blank=True)
    presented_by_key = models.CharField(max_length=64)
    presented_by_name = models.CharField(_("presented by"), max_length=200)
    presented_at = models.DateTimeField(_("presented at"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("presented report")
        verbose_name_plural = _("presented reports")
        ordering = ["-presented_at"]

    def __str__(self) -> str:
        return str(self.report)

    def public_facts(self) -> dict[str, Any]:
        """Of which year, and the SHA-256 that its copies say."""
        return {"kind": "annual-report", "year": str(self.report), "sha256": self.content_hash}

    @property
    def data(self) -> dict[str, Any]:
        """The content as plain data."""
        return dict(json.loads(self.content))


class ReportAddendum(AppendOnly):
    """A dated correction of a presented report, which itself stays as it was."""

    sealed = Sealed.PUBLIC
    public_facts_need = ("presented__report",)

    presented = models.ForeignKey(PresentedReport, on_delete=models.PROTECT, related_name="addenda")
    number = models.PositiveSmallIntegerField(_("number"))
    heading = models.CharField(_("what it corrects"), max_length=200)
    text = models.TextField(_("text"))
    content_hash = models.CharField(_("hash"), max_length=64)
    added_by_key = models.CharField(max_length=64)
    added_by_name = models.CharField(_("added by"), max_length=200)
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("addendum")
        verbose_name_plural = _("addenda")
        ordering = ["presented", "number"]
        constraints = [
            models.UniqueConstraint(fields=["presented", "number"], name="addendum_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.presented}, {self.number}"

    def public_facts(self) -> dict[str, Any]:
        """Which report it corrects, and its SHA-256."""
        return {
            "kind": "annual-report-addendum",
            "year": str(self.presented),
            "number": self.number,
            "sha256": self.content_hash,
        }
