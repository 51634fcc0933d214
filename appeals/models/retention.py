"""How long a case is kept, what was purged when its time was over, and what stays (law 3)."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appeals.choices import Act, Outcome
from appeals.models.cases import Case
from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from credentials.record.unreferenced import Unreferenced

# The day of closing, so many years later, as text: both engines compare ISO dates so.
_YEARS_ON = (
    "(SELECT CAST(CAST(substr(CAST(CURRENT_DATE AS TEXT), 1, 4) AS INTEGER) + p.retention_years "
    "AS TEXT) || substr(CAST(CURRENT_DATE AS TEXT), 5) FROM appeals_case c "
    "JOIN appeals_procedure p ON p.id = c.procedure_id WHERE c.id = NEW.case_id)"
)


class Retention(AppendOnly, Unreferenced):
    """The day up to which a closed case is kept. A later row can only keep it longer."""

    sealed = Sealed.INTERNAL

    insert_conditions: ClassVar[dict[str, str]] = {
        "only a closed appeal has a retention date": (
            "EXISTS (SELECT 1 FROM appeals_caseevent e WHERE e.case_id = NEW.case_id "
            f"AND e.act = '{Act.CLOSED}')"
        ),
        "an appeal is kept as many years as its procedures say": (
            "NEW.retain_until > CURRENT_DATE "
            f"AND COALESCE(CAST(NEW.retain_until AS TEXT) >= {_YEARS_ON}, FALSE)"
        ),
    }
    deletable_when: ClassVar[str] = (
        "OLD.retain_until < CURRENT_DATE "
        "AND NOT EXISTS (SELECT 1 FROM appeals_case c WHERE c.id = OLD.case_id)"
    )

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="retentions")
    retain_until = models.DateField(_("kept until"), db_index=True)
    rule = models.CharField(_("by which rule"), max_length=255)
    by_key = models.CharField(max_length=64, blank=True)
    by_name = models.CharField(_("written by"), max_length=200)
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("retention of an appeal")
        verbose_name_plural = _("retentions of appeals")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.retain_until}"


class PurgeCertificate(AppendOnly, Unreferenced):
    """What was purged of one case, by which rule; names nobody and stays for ever."""

    sealed = Sealed.INTERNAL

    number = models.CharField(_("number of the appeal"), max_length=20, unique=True)
    procedure = models.CharField(_("procedures"), max_length=200)
    closed_on = models.DateField(_("closed on"))
    retained_until = models.DateField(_("kept until"))
    rule = models.CharField(_("by which rule"), max_length=255)
    rows = models.JSONField(_("rows by table"), default=dict)
    files = models.PositiveIntegerField(_("files"), default=0)
    purged_at = models.DateTimeField(_("purged"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate of a purge")
        verbose_name_plural = _("certificates of purges")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.number


class CaseStatistic(AppendOnly, Unreferenced):
    """What a closed case counts as in the yearly figures. It leads back to no case and no person.

    `opened_in` and `closed_in` are the years in which academic years begin; durations are whole
    days. No moment is kept: it would tell which case this was.
    """

    # Its place in the log would be the moment of closing, and tell which case this was.
    sealed = Sealed.NOT

    opened_in = models.PositiveSmallIntegerField(_("academic year of filing"))
    closed_in = models.PositiveSmallIntegerField(_("academic year of closing"))
    category = models.CharField(_("category"), max_length=50, blank=True)
    grounds = models.JSONField(_("grounds"), default=list)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    was_late = models.BooleanField(_("filed late"), default=False)
    was_extended = models.BooleanField(_("a deadline was extended"), default=False)
    days_to_decision = models.PositiveIntegerField(_("days to the decision"), null=True)
    days_to_close = models.PositiveIntegerField(_("days to closing"))

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("statistic of an appeal")
        verbose_name_plural = _("statistics of appeals")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.closed_in}"
