"""What the ministry finances through OSAP, by academic year (MC-5)."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from credentials.academic_year import AcademicYear
from credentials.policy.osap import OsapLimits
from credentials.record.unreferenced import Unreferenced


class OsapYearQuerySet(models.QuerySet["OsapYear"]):
    """Years in the words of the domain."""

    def for_year(self, year: AcademicYear) -> "OsapYear":
        """The year's row, not saved; else as the last year before that has one. One query."""
        known = self.filter(begins_in__lte=year.begins_in).order_by("-begins_in").first()
        return OsapYear(begins_in=year.begins_in, **(known.as_defaults() if known else {}))


class OsapYear(Unreferenced):
    """What the ministry finances in an academic year: limits that the Department keeps."""

    begins_in = models.PositiveSmallIntegerField(
        _("begins in"), unique=True, help_text=_("The calendar year in which it begins.")
    )
    under_weeks = models.PositiveSmallIntegerField(
        _("weeks, fewer than"), default=12, validators=[MinValueValidator(2)]
    )
    least_hours = models.DecimalField(
        _("hours, at least"), max_digits=6, decimal_places=1, default=5
    )
    most_hours = models.DecimalField(
        _("hours, at most"), max_digits=6, decimal_places=1, default=300
    )
    history = HistoricalRecords(bases=[Unreferenced])
    objects = OsapYearQuerySet.as_manager()

    class Meta:
        verbose_name = _("OSAP limits of a year")
        verbose_name_plural = _("OSAP limits by year")
        ordering = ["-begins_in"]
        constraints = [
            models.CheckConstraint(
                condition=Q(least_hours__lte=F("most_hours")), name="osap_hours_in_order"
            )
        ]

    def __str__(self) -> str:
        return str(self.academic_year)

    @property
    def academic_year(self) -> AcademicYear:
        """The year."""
        return AcademicYear(self.begins_in)

    @property
    def limits(self) -> OsapLimits:
        """The limits as plain data."""
        return OsapLimits(str(self), self.under_weeks, self.least_hours, self.most_hours)

    def as_defaults(self) -> dict[str, object]:
        """The limits as values of a new row."""
        names = ("under_weeks", "least_hours", "most_hours")
        return {name: getattr(self, name) for name in names}

    def clean(self) -> None:
        super().clean()
        if None not in (self.least_hours, self.most_hours) and self.least_hours > self.most_hours:
            raise ValidationError(
                {"most_hours": _("At most cannot be less than at least. Give a greater number.")}
            )
