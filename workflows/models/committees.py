"""Committees: seats, who holds them and when, and the rules they vote by."""

import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from simple_history.models import HistoricalRecords

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from workflows.choices import (
    PRESIDING,
    MajorityBasis,
    Office,
    QuorumBasis,
    SeatRole,
    Threshold,
    TieBreak,
)

PERCENT = 100

HOURS_OF_A_DAY = 24


class Committee(models.Model):
    """A body that decides by motions."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    office = models.CharField(
        _("office"), max_length=20, choices=Office.choices, default=Office.COMMITTEE
    )
    group = models.ForeignKey(
        "auth.Group",
        verbose_name=_("members' group"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Whoever is given a seat joins it, and so may read what is under decision."),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def rules_in_force(self) -> "CommitteeRules":
        """The rules that a motion opened now is voted by. Raises CommitteeRules.DoesNotExist."""
        return self.rules.filter(in_force_from__lte=timezone.now()).latest("number")


class CommitteeRules(AppendOnly):
    """How a committee votes. New rules are a new row; a motion keeps those it was opened under."""

    sealed = Sealed.INTERNAL

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="rules")
    number = models.PositiveIntegerField(_("number"), editable=False)
    quorum_basis = models.CharField(
        _("quorum is"), max_length=10, choices=QuorumBasis.choices, default=QuorumBasis.SHARE
    )
    quorum = models.PositiveSmallIntegerField(
        _("quorum"),
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(PERCENT)],
        help_text=_("Seats, or percent of the seats that may vote. Recused seats do not count."),
    )
    majority_basis = models.CharField(
        _("majority of"), max_length=10, choices=MajorityBasis.choices, default=MajorityBasis.CAST
    )
    threshold = models.CharField(
        _("majority is"),
        max_length=20,
        choices=Threshold.choices,
        default=Threshold.MORE_THAN_HALF,
    )
    tie_break = models.CharField(
        _("on a tie"), max_length=10, choices=TieBreak.choices, default=TieBreak.CHAIR
    )
    notice_days = models.PositiveSmallIntegerField(
        _("days of notice"), default=5, help_text=_("Between the call of a meeting and its day.")
    )
    e_vote_hours = models.PositiveSmallIntegerField(
        _("hours of an electronic vote"), default=72, validators=[MinValueValidator(1)]
    )
    reason = models.TextField(_("reason for the change"), blank=True)
    in_force_from = models.DateTimeField(_("in force from"), default=timezone.now)
    made_by_key = models.CharField(max_length=64, blank=True, editable=False)
    made_by_name = models.CharField(_("made by"), max_length=200, blank=True, editable=False)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("rules of a committee")
        verbose_name_plural = _("rules of committees")
        ordering = ["committee", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="committee_rules_number")
        ]

    @property
    def e_vote_time(self) -> str:
        """How long an electronic vote lasts, in days where they are whole."""
        days, rest = divmod(self.e_vote_hours, HOURS_OF_A_DAY)
        if rest:
            hours = self.e_vote_hours
            return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}

    def __str__(self) -> str:
        return f"{self.committee}, {self.number}"


class SeatQuerySet(models.QuerySet["Seat"]):
    """Seats in the words of the domain."""

    def standing(self, day: datetime.date | None = None) -> "SeatQuerySet":
        """Seats that have not been abolished."""
        day = day or timezone.localdate()
        return self.filter(Q(abolished_on__isnull=True) | Q(abolished_on__gt=day))


class Seat(models.Model):
    """A seat on a committee, whoever holds it."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="seats")
    title = models.CharField(
        _("title"), max_length=200, help_text=_("Such as “Faculty of Arts” or “Registrar”.")
    )
    role = models.CharField(
        _("role"), max_length=20, choices=SeatRole.choices, default=SeatRole.VOTING
    )
    votes = models.BooleanField(
        _("may vote"),
        default=True,
        help_text=_("Seats that may vote count toward the quorum."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    abolished_on = models.DateField(_("abolished on"), null=True, blank=True)
    history = HistoricalRecords()

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["committee", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.title} ({self.get_role_display()})"

    def clean(self) -> None:
        """Secretaries and non-voting members have no vote; a chair has one."""
        if self.votes and self.role in (SeatRole.NON_VOTING, SeatRole.SECRETARY):
            raise ValidationError({"votes": _("This role has no vote. Untick it, or change it.")})


class SeatTermQuerySet(models.QuerySet["SeatTerm"]):
    """Terms in the words of the domain."""

    def on(self, day: datetime.date | None = None) -> "SeatTermQuerySet":
        """Terms in force on a day; today if none is given."""
        day = day or timezone.localdate()
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
        ).filter(Q(seat__abolished_on__isnull=True) | Q(seat__abolished_on__gt=day))

    def held_by(self, person: Any) -> "SeatTermQuerySet":
        """Terms of one person, as holder or as alternate."""
        return self.filter(person_key=str(person.pk))

    def presiding(self) -> "SeatTermQuerySet":
        """Terms of those who open, run and close what a committee does."""
        return self.filter(seat__role__in=PRESIDING, is_alternate=False)


class SeatTerm(models.Model):
    """Who holds a seat, or stands in for its holder, and from when until when."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="terms")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    person_key = models.CharField(max_length=64, editable=False)
    person_name = models.CharField(_("name"), max_length=200, editable=False)
    is_alternate = models.BooleanField(
        _("alternate"), default=False, help_text=_("Stands in while the holder is away.")
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day; empty while it is open.")
    )
    history = HistoricalRecords()

    objects = SeatTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["seat", "is_alternate", "-starts_on"]

    def __str__(self) -> str:
        return f"{self.person_name}: {self.seat}"

    def clean(self) -> None:
        """One holder and one alternate at a time; one seat of a committee for each person."""
        if self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("A term ends on or after the day it starts.")})
        overlapping = SeatTerm.objects.exclude(pk=self.pk).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=self.starts_on),
            starts_on__lte=self.ends_on or datetime.date.max,
        )
        if overlapping.filter(seat=self.seat_id, is_alternate=self.is_alternate).exists():
            raise ValidationError(
                {"starts_on": _("Somebody holds this seat at that time. End that term first.")}
            )
        elsewhere = overlapping.filter(
            seat__committee=self.seat.committee_id, person=self.person_id
        )
        if self.person_id and elsewhere.exclude(seat=self.seat_id).exists():
            raise ValidationError(
                {"person": _("This person has another seat on the committee at that time.")}
            )
        if self.person_id and elsewhere.filter(seat=self.seat_id).exists():
            raise ValidationError(
                {"person": _("Nobody is their own alternate. Choose another person.")}
            )
