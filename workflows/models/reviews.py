"""Reviews of offerings: cycles, self-studies and outcomes (CP-4, SH-3, MC-8)."""

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from credentials.append_only import AppendOnly, AppendOnlyQuerySet
from workflows.choices import ReviewResult, ReviewState, ReviewTrigger
from workflows.models.decisions import Decision
from workflows.models.retirements import RetirementRequest

NOT_CLOSED = (ReviewState.SCHEDULED, ReviewState.OPEN, ReviewState.WITH_DECIDER)
UNDER_WAY = (ReviewState.OPEN, ReviewState.WITH_DECIDER)


class ReviewCycleQuerySet(models.QuerySet["ReviewCycle"]):
    """Cycles in the words of the domain."""

    def standing(self) -> "ReviewCycleQuerySet":
        """The one cycle of each offering that is not closed."""
        return self.filter(state__in=NOT_CLOSED)

    def under_way(self) -> "ReviewCycleQuerySet":
        """Opened and not closed."""
        return self.filter(state__in=UNDER_WAY)

    def overdue(self, on: datetime.date | None = None) -> "ReviewCycleQuerySet":
        """Not closed, and their day has passed."""
        return self.standing().filter(due_on__lt=on or timezone.localdate())


class ReviewCycle(models.Model):
    """One round of review of a published offering, from its scheduling to its outcome.

    `due_on` follows from `credentials.compliance.reviewing`, the one source of the date.
    """

    offering = models.ForeignKey(
        "credentials.Offering",
        verbose_name=_("offering"),
        on_delete=models.PROTECT,
        related_name="review_cycles",
    )
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(
        _("standing"), max_length=20, choices=ReviewState.choices, default=ReviewState.SCHEDULED
    )
    trigger = models.CharField(
        _("why"), max_length=20, choices=ReviewTrigger.choices, default=ReviewTrigger.CLOCK
    )
    trigger_note = models.TextField(_("reason"), blank=True)
    due_on = models.DateField(_("due on"))
    counted_from = models.DateField(_("counted from"))
    interval_months = models.PositiveSmallIntegerField(_("interval in months"))
    clause = models.CharField(_("clause"), max_length=20)
    policy_version = models.CharField(_("policy version"), max_length=100)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("leads the review"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    reminded = models.PositiveSmallIntegerField(
        _("reminders sent"), default=0, help_text=_("How many of the occasions have passed.")
    )
    opened_on = models.DateField(_("opened on"), null=True)
    closed_on = models.DateField(_("closed on"), null=True)
    closing_note = models.TextField(_("why it was cancelled"), blank=True)
    history = HistoricalRecords()

    objects = ReviewCycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["offering", "number"], name="review_number_once"),
            models.UniqueConstraint(
                fields=["offering"],
                condition=Q(state__in=NOT_CLOSED),
                name="one_review_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="review_by_due_date")]

    def __str__(self) -> str:
        return f"{self.reference}: {self.offering}"

    @property
    def reference(self) -> str:
        """Names it in letters and on the record."""
        return f"R{self.offering_id}-{self.number}"

    @property
    def key(self) -> str:
        """What motions, agenda items and events call it."""
        return f"review-{self.pk}"

    @property
    def is_closed(self) -> bool:
        """Whether it is concluded or cancelled."""
        return self.state not in NOT_CLOSED

    def is_overdue(self, on: datetime.date | None = None) -> bool:
        """Whether its day has passed and it is not closed."""
        return not self.is_closed and self.due_on < (on or timezone.localdate())


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


class ReviewOutcome(AppendOnly):
    """What was decided at the end of a review; reasons and authority are its decision's."""

    cycle = models.OneToOneField(ReviewCycle, on_delete=models.PROTECT, related_name="outcome")
    offering = models.ForeignKey(
        "credentials.Offering", on_delete=models.PROTECT, related_name="review_outcomes"
    )
    submission = models.OneToOneField(
        ReviewSubmission, on_delete=models.PROTECT, related_name="outcome"
    )
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="review_outcome"
    )
    result = models.CharField(_("outcome"), max_length=20, choices=ReviewResult.choices)
    reviewed_on = models.DateField(_("reviewed on"), db_index=True)
    was_due_on = models.DateField(_("was due on"))
    next_due_on = models.DateField(_("next due on"), null=True)
    retirement = models.OneToOneField(
        RetirementRequest, on_delete=models.PROTECT, null=True, related_name="review_outcome"
    )

    objects = AppendOnlyQuerySet.as_manager()

    insert_conditions = {
        "the outcome of a review is decided on the content that its self-study is about": (
            "EXISTS (SELECT 1 FROM workflows_decision d "
            "JOIN workflows_reviewsubmission s ON s.id = NEW.submission_id "
            "JOIN credentials_publishedversion v ON v.id = s.version_id "
            "WHERE d.id = NEW.decision_id AND d.offering_id = NEW.offering_id "
            "AND s.cycle_id = NEW.cycle_id AND d.content_hash = v.content_hash)"
        ),
    }

    class Meta:
        verbose_name = _("outcome of a review")
        verbose_name_plural = _("outcomes of reviews")
        ordering = ["-reviewed_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.cycle}: {self.get_result_display()}"

    def facts(self) -> dict[str, Any]:
        """What reports and timelines say of it, names as they were."""
        return {
            "reference": self.cycle.reference,
            "result": self.result,
            "reviewed_on": self.reviewed_on,
            "was_due_on": self.was_due_on,
            "next_due_on": self.next_due_on,
            "decided_by": self.decision.decided_by_name,
            "instrument": self.decision.instrument,
            "policy_version": self.decision.policy_version,
        }


class ReviewSchedule(models.Model):
    """One row: up to which version of the catalogue and of the policy cycles were scheduled."""

    sequence = models.BigIntegerField(default=0)
    policy_version = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("schedule of reviews")
        verbose_name_plural = _("schedules of reviews")

    def __str__(self) -> str:
        return str(self.sequence)
