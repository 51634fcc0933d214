"""What happened to a case, and to whom its decision was delegated (AP-1, law 3, law 5)."""

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from appeals.choices import Act, Outcome, Part, Stage
from appeals.models.cases import Case
from appeals.models.held import HeldUntilPurged
from appeals.rules.life import (
    DECISIONS,
    OUTCOMES,
    RETURNS_FROM,
    STEPS,
    TOLD_TO_APPELLANT,
    WITH_REASON,
)


def _listed(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in sorted(map(str, values)))


def _last(column: str, act: str = "") -> str:
    """SQL: what the case's last event says, or its last event of one act."""
    of_act = f" AND e.act = '{act}'" if act else ""
    return (
        f"(SELECT e.{column} FROM appeals_caseevent e WHERE e.case_id = NEW.case_id{of_act} "
        "ORDER BY e.number DESC LIMIT 1)"
    )


_STEPS = _listed("/".join(step) for step in STEPS)
_OUTCOMES = _listed(f"{act}/{outcome}" for act, many in OUTCOMES.items() for outcome in many)
_RETURNS = " AND ".join(
    f"(NEW.act <> '{act}' OR NEW.stage_after = COALESCE({_last('stage_before', came)}, ''))"
    for act, came in RETURNS_FROM.items()
)


class Delegation(HeldUntilPurged):
    """An instrument by which the decider lets somebody else decide one case, for a time."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="delegations")
    holder_key = models.CharField(_("person’s key"), max_length=64)
    holder_name = models.CharField(_("delegate"), max_length=200)
    reference = models.CharField(
        _("instrument"), max_length=200, help_text=_("Its reference or title.")
    )
    starts_at = models.DateTimeField(_("in force from"))
    ends_at = models.DateTimeField(_("until"))
    given_by_key = models.CharField(max_length=64)
    given_by_name = models.CharField(_("given by"), max_length=200)
    given_at = models.DateTimeField(_("given"), default=timezone.now)

    insert_conditions: ClassVar[dict[str, str]] = {
        "who took the decision under appeal cannot decide the appeal": (
            "NOT EXISTS (SELECT 1 FROM appeals_firstinstancedecider f "
            "WHERE f.case_id = NEW.case_id AND f.user_key <> '' AND f.user_key = NEW.holder_key)"
        ),
    }

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="delegation_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~models.Q(reference="") & ~models.Q(holder_key=""),
                name="delegation_names_instrument",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class CaseEvent(HeldUntilPurged):
    """One act on a case. The database refuses one that does not follow from where it stands."""

    insert_conditions: ClassVar[dict[str, str]] = {
        "this cannot happen to an appeal as it stands": (
            "NEW.act || '/' || NEW.stage_before || '/' || NEW.stage_after "
            f"IN ({_STEPS}) AND NEW.stage_before = COALESCE({_last('stage_after')}, '') "
            f"AND NEW.number = COALESCE({_last('number')}, 0) + 1 AND {_RETURNS}"
        ),
        "what happens to an appeal is not before what happened last": (
            f"NEW.at >= COALESCE({_last('at')}, NEW.at)"
        ),
        "an appeal ends with an outcome of this act": (
            f"(NEW.outcome <> '' OR NEW.act NOT IN ({_listed(OUTCOMES)})) AND "
            f"(NEW.outcome = '' OR NEW.act || '/' || NEW.outcome IN ({_OUTCOMES}))"
        ),
        "a decision names decider and instrument and gives reasons": (
            f"NEW.act NOT IN ({_listed(DECISIONS)}) OR (NEW.part = '{Part.DECIDER}' "
            "AND NEW.by_key <> '' AND NEW.instrument <> '' AND NEW.text <> '')"
        ),
        "a delegate decides under an instrument of this appeal that is in force": (
            "NEW.delegation_id IS NULL OR NEW.act NOT IN "
            f"({_listed(DECISIONS)}) OR EXISTS (SELECT 1 FROM appeals_delegation d "
            "WHERE d.id = NEW.delegation_id AND d.case_id = NEW.case_id "
            "AND d.holder_key = NEW.by_key AND d.starts_at <= NEW.at AND d.ends_at > NEW.at "
            "AND NOT EXISTS (SELECT 1 FROM appeals_caseevent e WHERE e.delegation_id = d.id "
            f"AND e.act = '{Act.DELEGATION_REVOKED}'))"
        ),
        "who took the decision under appeal cannot work the appeal": (
            "NEW.by_key = '' OR NOT EXISTS (SELECT 1 FROM appeals_firstinstancedecider f "
            "WHERE f.case_id = NEW.case_id AND f.user_key = NEW.by_key)"
        ),
        "links are ended and addresses corrected by the office, with a reason": (
            f"NEW.act NOT IN ({_listed(WITH_REASON)}) OR (NEW.part = '{Part.OFFICE}' "
            "AND NEW.by_key <> '' AND NEW.text <> '')"
        ),
    }

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField(_("number"))
    act = models.CharField(_("what happened"), max_length=30, choices=Act.choices)
    stage_before = models.CharField(
        _("before"), max_length=20, choices=Stage.choices, blank=True, default=""
    )
    stage_after = models.CharField(_("after"), max_length=20, choices=Stage.choices)
    outcome = models.CharField(
        _("outcome"), max_length=20, choices=Outcome.choices, blank=True, default=""
    )
    text = models.TextField(_("text"), blank=True)
    to_key = models.CharField(max_length=64, blank=True, default="")
    to_name = models.CharField(_("to"), max_length=200, blank=True, default="")
    data = models.JSONField(_("facts"), default=dict)
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, related_name="events"
    )
    part = models.CharField(_("acted as"), max_length=20, choices=Part.choices)
    by_key = models.CharField(_("person’s key"), max_length=64, blank=True)
    by_name = models.CharField(_("by"), max_length=200)
    office = models.CharField(_("office"), max_length=200, blank=True)
    instrument = models.CharField(_("instrument of authority"), max_length=200, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("event of an appeal")
        verbose_name_plural = _("events of appeals")
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="appeal_event_number_once")
        ]

    def __str__(self) -> str:
        return str(self.get_act_display())

    @property
    def moves(self) -> bool:
        """Whether the case stands elsewhere since."""
        return self.stage_before != self.stage_after

    @property
    def is_told(self) -> bool:
        """Whether the appellant reads that it happened."""
        return self.act in TOLD_TO_APPELLANT
