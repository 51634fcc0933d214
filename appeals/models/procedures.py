"""The appeal procedure as versioned data, which the Office of the Deputy Provost keeps (AP-2).

A draft may be edited. Once brought into force it never changes again; a case keeps the version
that it was filed under.
"""

import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from simple_history.models import HistoricalRecords

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from credentials.message_templates.bilingual import Bilingual
from credentials.models.versions import VersionQuerySet
from credentials.record.unreferenced import Unreferenced

MOST_DAYS = 250  # working days: about a year
MOST_YEARS = 100
ADOPTED = "EXISTS (SELECT 1 FROM appeals_procedureadoption a WHERE a.procedure_id = {key})"
PART_FROZEN_WHEN = {
    "INSERT": ADOPTED.format(key="NEW.procedure_id"),
    # What leaves a version in force, and what would be moved into one.
    "UPDATE": " OR ".join(ADOPTED.format(key=f"{row}.procedure_id") for row in ("OLD", "NEW")),
    "DELETE": ADOPTED.format(key="OLD.procedure_id"),
}


class ClockStart(models.TextChoices):
    """From when the time limit is counted."""

    RECEIPT = "receipt", _("Receipt of the decision")
    DECISION = "decision", _("Date of the decision")


class Province(models.TextChoices):
    """Whose public holidays are no working days; keys as the library of holidays has them."""

    AB = "AB", _("Alberta")
    BC = "BC", _("British Columbia")
    MB = "MB", _("Manitoba")
    NB = "NB", _("New Brunswick")
    NL = "NL", _("Newfoundland and Labrador")
    NS = "NS", _("Nova Scotia")
    NT = "NT", _("Northwest Territories")
    NU = "NU", _("Nunavut")
    ON = "ON", _("Ontario")
    PE = "PE", _("Prince Edward Island")
    QC = "QC", _("Quebec")
    SK = "SK", _("Saskatchewan")
    YT = "YT", _("Yukon")


def check_time_zone(name: str) -> None:
    """Raises ValidationError for a name that no clock knows."""
    if name not in available_timezones():
        raise ValidationError(
            _t("“%(name)s” is no time zone. Write one such as America/Toronto.") % {"name": name}
        )


def _days(name: Any, default: int) -> "models.PositiveSmallIntegerField":
    """A field that holds a number of working days."""
    return models.PositiveSmallIntegerField(
        name,
        default=default,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
    )


class Procedure(Unreferenced, ClusterableModel):
    """One version of the appeal procedure, a draft until the office brings it into force."""

    frozen_when: ClassVar[dict[str, str]] = {
        "UPDATE": ADOPTED.format(key="OLD.id"),
        "DELETE": ADOPTED.format(key="OLD.id"),
    }

    label = models.CharField(
        _("label"),
        max_length=100,
        unique=True,
        help_text=_("Kept with every case, such as “Appeal procedures 2026-09”."),
    )
    title_en = models.CharField(_("title in English"), max_length=200)
    title_fr = models.CharField(_("title in French"), max_length=200)
    who_en = models.TextField(_("who may appeal what, in English"))
    who_fr = models.TextField(_("who may appeal what, in French"))
    changes = models.TextField(
        _("what changes"), blank=True, help_text=_("In a few sentences, for those it affects.")
    )

    time_limit = _days(_("time to appeal, in working days"), 10)
    clock_start = models.CharField(
        _("counted from"), max_length=20, choices=ClockStart.choices, default=ClockStart.RECEIPT
    )
    cut_off = models.TimeField(
        _("cut-off"),
        default=datetime.time(16),
        help_text=_("What comes later counts as received on the next working day."),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="America/Toronto", validators=[check_time_zone]
    )
    province = models.CharField(
        _("public holidays of"), max_length=2, choices=Province.choices, default=Province.ON
    )

    accepts_late = models.BooleanField(
        _("late appeals may ask for an extension"),
        default=True,
        help_text=_("Otherwise an extension is asked for before the time has run out."),
    )
    most_extensions = models.PositiveSmallIntegerField(
        _("extensions of one deadline, at most"), default=1, validators=[MaxValueValidator(20)]
    )
    extension_days = _days(_("an extension at most, in working days"), 10)
    extension_reasons_en = models.TextField(_("good reasons for an extension, in English"))
    extension_reasons_fr = models.TextField(_("good reasons for an extension, in French"))

    retention_years = models.PositiveSmallIntegerField(
        _("years that a closed case is kept"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_YEARS)],
    )
    small_count = models.PositiveSmallIntegerField(
        _("statistics hide counts below"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("So that nobody is recognized in a small number."),
    )
    based_on = models.ForeignKey(
        "self",
        verbose_name=_("based on"),
        on_delete=models.PROTECT,
        related_name="successors",
        null=True,
        blank=True,
        editable=False,
    )
    history = HistoricalRecords(bases=[Unreferenced])

    title = Bilingual()
    who = Bilingual()
    extension_reasons = Bilingual()

    objects = VersionQuerySet["Procedure"].as_manager()

    class Meta:
        verbose_name = _("appeal procedure")
        verbose_name_plural = _("appeal procedures")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def is_adopted(self) -> bool:
        """Whether it can no longer change."""
        return hasattr(self, "adoption")

    @property
    def zone(self) -> ZoneInfo:
        """Its time zone."""
        return ZoneInfo(self.time_zone)


class ProcedureAdoption(AppendOnly, Unreferenced):
    """The act by which a version takes force on a day."""

    sealed = Sealed.INTERNAL
    sealed_with = (
        "procedure",
        "procedure__grounds",
        "procedure__steps",
        "procedure__letters",
    )

    procedure = models.OneToOneField(Procedure, on_delete=models.PROTECT, related_name="adoption")
    in_force_from = models.DateField(_("in force from"))
    adopted_by_key = models.CharField(_("person’s key"), max_length=64)
    adopted_by_name = models.CharField(_("adopted by"), max_length=200)
    adopted_at = models.DateTimeField(_("adopted at"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("adoption of an appeal procedure")
        verbose_name_plural = _("adoptions of appeal procedures")

    def __str__(self) -> str:
        return f"{self.procedure_id}: {self.in_force_from}"
