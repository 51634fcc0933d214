"""Self-studies: written as a draft, then kept as they were submitted (MC-8, PA-6 to PA-8)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from workflows.choices import ReviewResult
from workflows.models.reviews import ReviewCycle


class SelfStudy(models.Model):
    """What those who run the offering say of it, as a draft until it is submitted."""

    cycle = models.OneToOneField(ReviewCycle, on_delete=models.PROTECT, related_name="study")
    outcomes = models.TextField(
        _("competencies and outcomes"),
        blank=True,
        help_text=_("Are they still what learners and employers need? MC-8, PA-4"),
    )
    assessments = models.TextField(
        _("assessments"),
        blank=True,
        help_text=_("Do they still show mastery of each outcome? MC-4, MC-8, PA-6"),
    )
    results = models.TextField(
        _("results"),
        blank=True,
        help_text=_("What enrolment, completion, awards and feedback tell. PA-6"),
    )
    changes = models.TextField(
        _("changes and improvements"),
        blank=True,
        help_text=_("What was changed since the last review, and what came of it. PA-7"),
    )
    context = models.TextField(
        _("regulation, partners and accreditation"),
        blank=True,
        help_text=_("What has changed around it: laws, a profession, employers, others. PA-8"),
    )
    recommendation = models.CharField(
        _("recommendation"), max_length=20, choices=ReviewResult.choices, blank=True
    )
    reasons = models.TextField(_("reasons"), blank=True)
    public_note = models.TextField(
        _("public note if it is retired"),
        blank=True,
        help_text=_("What learners and employers would read. Only when you recommend to retire."),
    )
    teach_out = models.DateField(
        _("taught until"),
        null=True,
        blank=True,
        help_text=_("Last day on which learners already enrolled are taught, if any."),
    )
    authors = models.JSONField(
        _("written by"), default=dict, editable=False, help_text=_("Keys of persons to names.")
    )
    updated_at = models.DateTimeField(_("saved"), auto_now=True)
    history = HistoricalRecords()

    # What must say something before it can be submitted.
    REQUIRED = ("outcomes", "assessments", "results", "changes", "context", "reasons")
    TEXTS = (*REQUIRED, "public_note")

    class Meta:
        verbose_name = _("self-study")
        verbose_name_plural = _("self-studies")

    def __str__(self) -> str:
        return str(self.cycle)


class StudyEvidence(models.Model):
    """A document or a link that supports a self-study."""

    study = models.ForeignKey(SelfStudy, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(_("what it shows"), max_length=200)
    document = models.ForeignKey(
        getattr(settings, "WAGTAILDOCS_DOCUMENT_MODEL", "wagtaildocs.Document"),
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    url = models.URLField(_("or link"), blank=True)

    class Meta:
        verbose_name = _("evidence of a self-study")
        verbose_name_plural = _("evidence of self-studies")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if not self.document_id and not self.url:
            raise ValidationError({"url": _("Choose a document, or give a link.")})


class ReviewSubmission(AppendOnly):
    """A self-study as it was submitted, with the record it was written on (laws 2 and 3).

    The decider reads this, and decides on the version of the offering that it is about.
    """

    sealed = Sealed.INTERNAL

    cycle = models.ForeignKey(ReviewCycle, on_delete=models.PROTECT, related_name="submissions")
    offering = models.ForeignKey(
        "credentials.Offering", on_delete=models.PROTECT, related_name="review_submissions"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    version = models.ForeignKey(
        "credentials.PublishedVersion", on_delete=models.PROTECT, related_name="+"
    )
    study = models.JSONField(_("self-study"))
    record = models.JSONField(_("record"))
    study_hash = models.CharField(_("hash of the self-study"), max_length=64)
    authors = models.JSONField(_("written by"), default=dict)
    submitted_by_key = models.CharField(_("person's key"), max_length=64)
    submitted_by_name = models.CharField(_("submitted by"), max_length=200)
    submitted_at = models.DateTimeField(_("submitted at"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("submitted self-study")
        verbose_name_plural = _("submitted self-studies")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="review_submission_once")
        ]

    def __str__(self) -> str:
        return f"{self.cycle} ({self.number})"
