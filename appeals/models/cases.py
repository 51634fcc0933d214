"""Cases: who appeals which decision and why, frozen as it was filed (AP-1, AP-2).

What happened since is in the events; where a case stands follows from the last one. Personal data
of appellants stands in tables of this app only, so that a purge removes all of it.
"""

from typing import Any, ClassVar, cast

from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from appeals.choices import Channel, Stage
from appeals.models.held import retention_is_over
from appeals.rules.life import NOT_CLOSED
from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from credentials.record.unreferenced import Unreferenced


class CaseQuerySet(AppendOnlyQuerySet):
    """Cases in the words of the domain."""

    def with_standing(self) -> "CaseQuerySet":
        """Annotate `standing`, `since`, `assignee_key`, `assignee`, `result` and `last_at`.

        All follow from events: the stage and since when, who works it, how it ended, what was last.
        """
        from_last = self._events().order_by("-number")
        moves = from_last.exclude(stage_before=F("stage_after"))
        assigned = from_last.filter(act="assign")
        annotated: models.QuerySet[Any] = self.annotate(
            standing=Subquery(from_last.values("stage_after")[:1]),
            last_at=Subquery(from_last.values("at")[:1]),
            since=Subquery(moves.values("at")[:1]),
            assignee_key=Subquery(assigned.values("to_key")[:1]),
            assignee=Subquery(assigned.values("to_name")[:1]),
            result=Subquery(from_last.exclude(outcome="").values("outcome")[:1]),
        )
        return cast("CaseQuerySet", annotated)

    def in_stage(self, *stages: str) -> "CaseQuerySet":
        """Cases that stand here."""
        annotated: models.QuerySet[Any] = self.with_standing()
        return cast("CaseQuerySet", annotated.filter(standing__in=stages))

    def not_closed(self) -> "CaseQuerySet":
        """Cases on which something is left to do."""
        return self.in_stage(*NOT_CLOSED)

    @staticmethod
    def _events() -> models.QuerySet[Any]:
        events: models.QuerySet[Any] = apps.get_model("appeals", "CaseEvent")._default_manager.all()
        return events.filter(case=OuterRef("pk"))


class Case(AppendOnly, Unreferenced):
    """An appeal as it was filed, under the version of the procedures that was in force (AP-2)."""

    sealed = Sealed.INTERNAL

    deletable_when: ClassVar[str] = retention_is_over("OLD.id")
    locks_rows: ClassVar[bool] = True

    number = models.CharField(_("number"), max_length=20, unique=True)
    procedure = models.ForeignKey(
        "appeals.Procedure",
        verbose_name=_("procedures"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    channel = models.CharField(_("how it was filed"), max_length=10, choices=Channel.choices)
    filed_at = models.DateTimeField(_("filed"), default=timezone.now)
    is_late = models.BooleanField(_("filed late"), default=False)
    late_reason = models.TextField(_("reason for filing late"), blank=True)

    appellant_name = models.CharField(_("appellant’s name"), max_length=200)
    appellant_email = models.EmailField(_("appellant’s e-mail"))
    appellant_phone = models.CharField(_("telephone"), max_length=50, blank=True)
    student_number = models.CharField(_("student number"), max_length=50, blank=True)
    language = models.CharField(_("language of letters"), max_length=10, default="en")

    # No constraint in the database: who deletes a page is not to be told of a case.
    offering = models.ForeignKey(
        "credentials.Offering",
        verbose_name=_("offering"),
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="+",
    )
    offering_title = models.CharField(_("offering"), max_length=255)
    offering_reference = models.CharField(_("offering’s reference"), max_length=100, blank=True)
    offering_category = models.CharField(_("category"), max_length=50, blank=True)

    decision = models.TextField(_("decision under appeal"))
    decision_body = models.CharField(
        _("who took it"), max_length=200, blank=True, help_text=_("The office or body.")
    )
    decided_on = models.DateField(_("date of the decision"))
    received_on = models.DateField(_("date on which it was received"), null=True, blank=True)
    received_time = models.TimeField(
        _("time at which it was received"),
        null=True,
        blank=True,
        help_text=_("After the cut-off, it counts as received on the next working day."),
    )
    grounds = models.JSONField(_("grounds"), default=list, help_text=_("Keys of the procedures."))
    statement = models.TextField(_("statement"))
    remedy = models.TextField(_("remedy sought"), blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["-filed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_late=False) | ~Q(late_reason=""), name="late_appeal_says_why"
            )
        ]

    def __str__(self) -> str:
        """The number and nothing else: this stands in messages, titles and addresses."""
        return self.number

    @cached_property
    def last_event(self) -> Any:
        """What happened last; a case is filed with its first event."""
        return self.events.order_by("number").last()

    @property
    def stage(self) -> Stage:
        """Where it stands, by its last event."""
        known = getattr(self, "standing", None)
        return Stage(known or self.last_event.stage_after)


class CaseCounter(models.Model):
    """The last number given in a year. Held by a row lock, so that no number is given twice."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("counter of appeals")
        verbose_name_plural = _("counters of appeals")

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class FirstInstanceDecider(AppendOnly, Unreferenced):
    """Somebody who took part in the decision under appeal: they neither see nor work the case."""

    sealed = Sealed.INTERNAL

    deletable_when: ClassVar[str] = retention_is_over("OLD.case_id")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="first_deciders")
    user_key = models.CharField(
        _("person’s key"), max_length=64, blank=True, help_text=_("If they have an account.")
    )
    name = models.CharField(_("name"), max_length=200)
    plain_name = models.CharField(
        max_length=200, help_text=_("Without accents, case and spacing, for comparison.")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    is_respondent = models.BooleanField(
        _("answers for the decision"), default=False, help_text=_("Is asked for the response.")
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("first-instance decider")
        verbose_name_plural = _("first-instance deciders")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
