"""Requests for OSAP: one record for each micro-credential and academic year (MC-5, GB-2).

The Department's alone. What happened to a record is in its events, which are only added to; its
state is the last event's. Wagtail's reference index leaves these tables out: an offering's usage
would show them to every editor.
"""

from typing import Any, ClassVar, cast

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from credentials.academic_year import AcademicYear
from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from credentials.choices import DeliveryMode
from credentials.fields import ChoiceListField
from credentials.models.osap_years import OsapYear
from credentials.record.unreferenced import Unreferenced

CIP_CODE = RegexValidator(
    r"^\d{2}\.\d{4}$",
    _("Write a CIP 2021 code as two digits, a point and four digits, such as 51.3901."),
)
NOC_CODE = RegexValidator(r"^\d{5}$", _("Write a NOC 2021 code as five digits, such as 33102."))


class OsapRecordQuerySet(models.QuerySet["OsapRecord"]):
    """Records in the words of the domain."""

    def with_standing(self) -> "OsapRecordQuerySet":
        """Annotate `standing`, the state by the last event, `last_act` and `last_at`."""
        last = OsapEvent.objects.filter(record=OuterRef("pk")).order_by("-pk")
        return self.annotate(
            standing=Subquery(last.values("state_after")[:1]),
            last_act=Subquery(last.values("act")[:1]),
            last_at=Subquery(last.values("at")[:1]),
        )

    def in_state(self, *states: str) -> "OsapRecordQuerySet":
        """Records that stand so."""
        annotated: models.QuerySet[Any] = self.with_standing()
        return cast("OsapRecordQuerySet", annotated.filter(standing__in=states))

    def of_year(self, year: AcademicYear) -> "OsapRecordQuerySet":
        """Records of an academic year."""
        return self.filter(year__begins_in=year.begins_in)


class OsapRecord(Unreferenced):
    """What the ministry is asked to finance: the figures of one micro-credential in one year.

    There is room for three NOC codes, as the ministry takes no more.
    """

    class State(models.TextChoices):
        TO_PREPARE = "to_prepare", _("To prepare")
        SUBMITTED = "submitted", _("Submitted")
        APPROVED = "approved", _("Approved")
        DECLINED = "declined", _("Declined")
        LAPSED = "lapsed", _("Lapsed")

    offering = models.ForeignKey(
        "credentials.Offering",
        verbose_name=_("micro-credential"),
        on_delete=models.PROTECT,
        related_name="osap_records",
    )
    year = models.ForeignKey(
        OsapYear,
        verbose_name=_("academic year"),
        on_delete=models.PROTECT,
        related_name="records",
    )
    weeks = models.PositiveSmallIntegerField(_("length in weeks"), null=True, blank=True)
    hours = models.DecimalField(
        _("hours of learning"), max_digits=6, decimal_places=1, null=True, blank=True
    )
    delivery = ChoiceListField(verbose_name=_("delivery"), choices_class=DeliveryMode, blank=True)
    cip = models.CharField(
        _("CIP 2021 code"),
        max_length=7,
        blank=True,
        validators=[CIP_CODE],
        help_text=_("Of the field of study: NN.NNNN."),
    )
    noc_1 = models.CharField(
        _("first NOC 2021 code"),
        max_length=5,
        blank=True,
        validators=[NOC_CODE],
        help_text=_("Of the occupation it leads to: five digits. At least one, at most three."),
    )
    noc_2 = models.CharField(
        _("second NOC 2021 code"), max_length=5, blank=True, validators=[NOC_CODE]
    )
    noc_3 = models.CharField(
        _("third NOC 2021 code"), max_length=5, blank=True, validators=[NOC_CODE]
    )
    tuition = models.DecimalField(
        _("tuition"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("What the ministry is told; the public page shows the fee."),
    )
    history = HistoricalRecords(bases=[Unreferenced])

    objects = OsapRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("OSAP record")
        verbose_name_plural = _("OSAP records")
        ordering = ["-year__begins_in", "offering__title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["offering", "year"], name="one_osap_record_per_year"),
            models.CheckConstraint(
                condition=(Q(noc_2="") | ~Q(noc_2=F("noc_1")))
                & (Q(noc_3="") | ~(Q(noc_3=F("noc_1")) | Q(noc_3=F("noc_2")))),
                name="osap_nocs_differ",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offering.get_admin_display_title()}, {self.year}"

    @property
    def nocs(self) -> list[str]:
        """The NOC codes that were given, in order."""
        return [code for code in (self.noc_1, self.noc_2, self.noc_3) if code]

    @cached_property
    def last_event(self) -> "OsapEvent":
        """What happened last; a record is opened with its first event."""
        event: OsapEvent = self.events.latest("pk")
        return event

    @property
    def state(self) -> "OsapRecord.State":
        """Where it stands, by its last event."""
        known = getattr(self, "standing", None)
        return OsapRecord.State(known or self.last_event.state_after)

    @property
    def is_to_report(self) -> bool:
        """Whether the offering was revised away from what the ministry was asked for."""
        act = getattr(self, "last_act", None) or self.last_event.act
        return bool(act == OsapEvent.Act.DEPARTED)

    def clean(self) -> None:
        super().clean()
        seen: set[str] = set()
        for name in ("noc_1", "noc_2", "noc_3"):
            code = getattr(self, name)
            if code and code in seen:
                raise ValidationError({name: _("This NOC code stands above already.")})
            seen.add(code)


class OsapEvent(AppendOnly, Unreferenced):
    """What happened to a record, who did it, and what the ministry's paper is called.

    `figures` are the record's as they were, `offered` those of the offering that the ministry
    was asked about. The database refuses an act that does not follow from the state before it.
    """

    sealed = Sealed.INTERNAL

    class Act(models.TextChoices):
        OPENED = "opened", _("Opened")
        SUBMITTED = "submitted", _("Submitted to the ministry")
        APPROVED = "approved", _("Approved by the ministry")
        DECLINED = "declined", _("Declined by the ministry")
        REOPENED = "reopened", _("Back to prepare")
        REPORTED = "reported", _("Change reported to the ministry")
        DEPARTED = "departed", _("Offering revised: to report")
        RESTORED = "restored", _("Offering as it was asked for again")
        LAPSED = "lapsed", _("Lapsed at the end of the year")

    # What may follow what: act, state before, state after.
    STEPS: ClassVar[frozenset[tuple[str, str, str]]] = frozenset(
        {
            ("opened", "", "to_prepare"),
            ("submitted", "to_prepare", "submitted"),
            ("approved", "submitted", "approved"),
            ("declined", "submitted", "declined"),
            ("declined", "approved", "declined"),
            ("reopened", "submitted", "to_prepare"),
            ("reopened", "declined", "to_prepare"),
            ("reported", "approved", "approved"),
            *((act, s, s) for act in ("departed", "restored") for s in ("submitted", "approved")),
            *(("lapsed", state, "lapsed") for state in ("to_prepare", "submitted", "approved")),
        }
    )
    insert_conditions: ClassVar[dict[str, str]] = {
        "this cannot happen to an OSAP record as it stands": (
            "NEW.act || '/' || NEW.state_before || '/' || NEW.state_after IN ("
            + ", ".join(f"'{'/'.join(step)}'" for step in sorted(STEPS))
            + ") AND NEW.state_before = COALESCE((SELECT e.state_after FROM credentials_osapevent e"
            " WHERE e.record_id = NEW.record_id ORDER BY e.id DESC LIMIT 1), '')"
            " AND NEW.offering_id = (SELECT r.offering_id FROM credentials_osaprecord r"
            " WHERE r.id = NEW.record_id)"
        ),
        "what happens to an OSAP record is not before what happened last": (
            "NEW.at >= COALESCE((SELECT e.at FROM credentials_osapevent e"
            " WHERE e.record_id = NEW.record_id ORDER BY e.id DESC LIMIT 1), NEW.at)"
        ),
    }

    record = models.ForeignKey(OsapRecord, on_delete=models.PROTECT, related_name="events")
    offering = models.ForeignKey(
        "credentials.Offering", on_delete=models.PROTECT, related_name="osap_events"
    )
    act = models.CharField(_("what happened"), max_length=12, choices=Act.choices)
    state_before = models.CharField(
        _("before"), max_length=12, choices=OsapRecord.State.choices, blank=True
    )
    state_after = models.CharField(_("after"), max_length=12, choices=OsapRecord.State.choices)
    reference = models.CharField(_("reference of the ministry"), max_length=100, blank=True)
    note = models.TextField(_("note"), blank=True)
    figures = models.JSONField(_("figures"), default=dict)
    offered = models.JSONField(_("figures of the offering"), default=dict)
    by_key = models.CharField(_("person's key"), max_length=64)
    by_name = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("event of an OSAP record")
        verbose_name_plural = _("events of OSAP records")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.record}: {self.get_act_display()}"


def figures_of(record: OsapRecord) -> dict[str, Any]:
    """A record's figures as plain JSON data, for its events."""
    return {
        "weeks": record.weeks,
        "hours": None if record.hours is None else str(record.hours),
        "delivery": list(record.delivery),
        "cip": record.cip,
        "nocs": record.nocs,
        "tuition": None if record.tuition is None else str(record.tuition),
    }
