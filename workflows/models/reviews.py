"""Reviews of offerings as they are scheduled and walked through (CP-4, SH-3, MC-8)."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from workflows.choices import ReviewState, ReviewTrigger

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

    `due_on` follows from `credentials.compliance.review_dates`, the one source of the date.
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


class ReviewSchedule(models.Model):
    """One row: up to which version of the catalogue and of the policy cycles were scheduled."""

    sequence = models.BigIntegerField(default=0)
    policy_version = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("schedule of reviews")
        verbose_name_plural = _("schedules of reviews")

    def __str__(self) -> str:
        return str(self.sequence)
