"""The register of reviews: overdue first, filtered, exported (CP-4, SH-3, MC-8)."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.admin.register_index import RegisterIndexView
from credentials.admin.registers import Column, exported, listed
from credentials.choices import Kind
from credentials.compliance.policies import policy_in_force
from credentials.compliance.policy_review import review_notice
from credentials.exceptions import NoPolicyInForce
from credentials.models import PAGE_TYPES, AcademicUnit
from credentials.policy.months import months_after
from workflows.admin.registers.governance import RecordRegister
from workflows.choices import Office, ReviewState, ReviewTrigger
from workflows.deciding.offices import is_in_office
from workflows.models import ReviewCycle
from workflows.models.reviews import NOT_CLOSED
from workflows.reviews.due_reviews import LEAD_MONTHS


class DueFilter(admin.SimpleListFilter):
    """How near the due date is."""

    title = _("due date")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("overdue", _("Overdue")),
            ("soon", _("Within six months")),
            ("later", _("Later")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        today = timezone.localdate()
        soon = months_after(today, LEAD_MONTHS)
        standing = queryset.filter(state__in=NOT_CLOSED)
        found = {
            "overdue": standing.filter(due_on__lt=today),
            "soon": standing.filter(due_on__gte=today, due_on__lte=soon),
            "later": standing.filter(due_on__gt=soon),
        }
        return found.get(self.value() or "", queryset)


class KindFilter(admin.SimpleListFilter):
    """What the offering is."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(kind), kind.label) for kind in Kind]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        model = PAGE_TYPES.get(self.value() or "")
        if model is None:
            return queryset
        return queryset.filter(offering__content_type__model=model._meta.model_name)


class UnitFilter(admin.SimpleListFilter):
    """Which academic unit takes part."""

    title = _("academic unit")
    parameter_name = "unit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        units = AcademicUnit.objects.order_by("name")
        return [(str(key), name) for key, name in units.values_list("pk", "name")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        key = self.value() or ""
        if not key.isdecimal():
            return queryset
        units = AcademicUnit.objects.filter(pk=int(key))
        return queryset.filter(offering__academic_unit__in=units)


class ReviewIndexView(RegisterIndexView):
    """The policy's own review stands above the offerings' (PO-1)."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            policy = policy_in_force()
        except NoPolicyInForce:
            policy = None
        return {
            **super().get_context_data(**kwargs),
            "policy": policy,
            "notice": review_notice(),
            "may_schedule": is_in_office(self.request.user, Office.DEPARTMENT),
        }


class ReviewRegister(RecordRegister):
    """Reviews that are not closed, the longest overdue first; then those that are."""

    model = ReviewCycle
    served = ("index",)  # each has its own page, which says who may do what
    index_view_class = ReviewIndexView
    menu_label = _("Reviews")
    menu_icon = "rotate"
    columns = (
        exported("reference"),
        Column("offering_title", page="governance:review"),
        "due_on",
        "standing",
        listed("trigger"),
        exported("trigger_words"),
        exported("trigger_note"),
        exported("clause"),
        exported("interval_months"),
        exported("counted_from"),
        exported("policy_version"),
        exported("opened_on"),
        exported("closed_on"),
        "led_by",
        "outcome_words",
        exported("decided_by"),
        exported("next_due_on"),
    )
    list_filter = (DueFilter, "state", KindFilter, UnitFilter, "trigger", "clause")
    search_fields = ("offering__title", "trigger_note")
    ordering = ("comes_last", "due_on", "pk")
    list_select_related = ("offering", "lead", "outcome__decision")
    export_filename = "reviews"

    def get_queryset(self, request: HttpRequest) -> Any:
        closed = models.Case(models.When(state__in=NOT_CLOSED, then=0), default=1)
        return ReviewCycle.objects.annotate(comes_last=closed).order_by(*self.ordering)

    @admin.display(description=_("standing"), ordering="state")
    def standing(self, cycle: ReviewCycle) -> str:
        """Where it stands, and whether it is overdue."""
        state = str(ReviewState(cycle.state).label)
        return str(_("Overdue: %(state)s")) % {"state": state} if cycle.is_overdue() else state

    @admin.display(description=_("why"))
    def trigger_words(self, cycle: ReviewCycle) -> str:
        """Why it falls due, for the export."""
        return str(ReviewTrigger(cycle.trigger).label)

    @admin.display(description=_("led by"), ordering="lead__last_name")
    def led_by(self, cycle: ReviewCycle) -> str:
        """Who leads it, if somebody is named."""
        return str(cycle.lead.get_full_name() or cycle.lead) if cycle.lead else ""

    @admin.display(description=_("outcome"))
    def outcome_words(self, cycle: ReviewCycle) -> str:
        """What it came to; nothing while it is not concluded."""
        outcome = getattr(cycle, "outcome", None)
        return str(outcome.get_result_display()) if outcome else ""

    @admin.display(description=_("decided by"))
    def decided_by(self, cycle: ReviewCycle) -> str:
        """Person or committee, with the office."""
        outcome = getattr(cycle, "outcome", None)
        if outcome is None:
            return ""
        return f"{outcome.decision.decided_by_name}, {outcome.decision.office}"

    @admin.display(description=_("next due on"))
    def next_due_on(self, cycle: ReviewCycle) -> Any:
        """The day that the conclusion set."""
        outcome = getattr(cycle, "outcome", None)
        return outcome.next_due_on if outcome else None
