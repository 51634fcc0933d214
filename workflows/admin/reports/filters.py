"""Filters of the reports, as Wagtail's own."""

import datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.fields import DateRangeField
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.models import Workflow, WorkflowState

from credentials.choices import Category
from credentials.models import AcademicUnit, Agreement, ClauseStanding, Offering
from workflows.choices import RouteKey, VotingMethod
from workflows.models import Committee, Decision, Motion
from workflows.reports.compliance import clauses_in_force

LONGEST = 600  # months or days that can be asked for


class ReadElsewhere:
    """A filter that the report reads itself: the queryset stays as it is."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs


class Show(ReadElsewhere, django_filters.ChoiceFilter):
    """Which table of the report to show."""

    def __init__(self, choices: list[tuple[str, Any]]) -> None:
        super().__init__(
            label=_("Show"),
            choices=choices,
            initial=choices[0][0],
            empty_label=None,
            widget=forms.RadioSelect,
        )


class HowLong(ReadElsewhere, django_filters.NumberFilter):
    """A number of months or days."""

    field_class = forms.IntegerField

    def __init__(self, label: Any, default: int) -> None:
        super().__init__(
            label=label,
            min_value=1,
            max_value=LONGEST,
            widget=forms.NumberInput(attrs={"placeholder": str(default), "inputmode": "numeric"}),
        )


def category_filter(field: str = "category") -> django_filters.MultipleChoiceFilter:
    """One or several categories."""
    return django_filters.MultipleChoiceFilter(
        label=_("Category"),
        field_name=field,
        choices=Category.choices,
        widget=forms.CheckboxSelectMultiple,
    )


def unit_filter(field: str = "academic_unit") -> django_filters.ModelChoiceFilter:
    """An academic unit."""
    return django_filters.ModelChoiceFilter(
        label=_("Academic unit"), field_name=field, queryset=AcademicUnit.objects.all()
    )


class DayRangeField(DateRangeField):
    """From one day to another; a day at the end of the calendar is refused, not reckoned with."""

    def compress(self, data_list: Any) -> Any:
        """The span as moments."""
        try:
            span = super().compress(data_list)
            for moment in filter(None, (span.start, span.stop) if span else ()):
                moment.astimezone(datetime.UTC)  # as the database is asked
            return span
        except OverflowError:
            raise forms.ValidationError(_("Choose a day of our time.")) from None


class DayRange(django_filters.DateFromToRangeFilter):
    """Rows of these days."""

    field_class = DayRangeField


def period(label: Any, field: str) -> django_filters.DateFromToRangeFilter:
    """From one day to another."""
    return DayRange(label=label, field_name=field, widget=DateRangePickerWidget)


class Period(ReadElsewhere, DayRange):
    """Days on which rows of several kinds fall; the report looks them up itself."""


def route_name(route: str) -> str:
    """The record keeps the name of a route's workflow, and the key where there is none."""
    return str(dict(RouteKey.choices).get(route, route))


class CommitteeFilter(ReadElsewhere, django_filters.ModelChoiceFilter):
    """A committee."""


class Method(ReadElsewhere, django_filters.ChoiceFilter):
    """In a meeting or by electronic vote."""


def _recorded(field: str) -> list[str]:
    """The values that decisions on record have."""
    return list(Decision.objects.order_by(field).values_list(field, flat=True).distinct())


def _routes() -> list[tuple[str, str]]:
    return [(route, route_name(route)) for route in _recorded("route")]


def _offices() -> list[tuple[str, str]]:
    return [(office, office) for office in _recorded("office")]


def _clauses() -> list[tuple[str, str]]:
    """Clauses that a rule enforces."""
    with_rules = clauses_in_force().filter(rules__isnull=False).distinct()
    rows = with_rules.values_list("number", "heading", "position", "pk")
    return [(number, f"{number} {heading}") for number, heading, *_order in rows]


class ComplianceFilters(WagtailFilterSet):
    """Of standings with clauses."""

    show = Show([("clauses", _("Clauses")), ("offerings", _("Offerings under each clause"))])
    clause = django_filters.ChoiceFilter(label=_("Clause"), choices=_clauses)
    standing = django_filters.ChoiceFilter(
        label=_("Standing"),
        choices=ClauseStanding.Standing.choices,
        empty_label=_("Any"),
        widget=forms.RadioSelect,
    )
    category = category_filter("offering__category")
    unit = unit_filter("offering__academic_unit")

    class Meta:
        model = ClauseStanding
        fields: list[str] = []


class LapsingFilters(WagtailFilterSet):
    """Of agreements."""

    months = HowLong(_("Lapsing within months"), 6)
    category = category_filter("offering__category")
    unit = unit_filter("offering__academic_unit")

    class Meta:
        model = Agreement
        fields: list[str] = []


class NotOfferedFilters(WagtailFilterSet):
    """Of live offerings."""

    months = HowLong(_("Not offered for months"), 24)
    category = category_filter()
    unit = unit_filter()

    class Meta:
        model = Offering
        fields: list[str] = []


class DormantFilters(WagtailFilterSet):
    """Of proposals under way; the names are those that `reports.dormant.open_states` annotates."""

    days = HowLong(_("Nothing happened for days"), 30)
    workflow = django_filters.ModelChoiceFilter(
        label=_("Route"), queryset=Workflow.objects.filter(route__isnull=False)
    )
    category = category_filter()
    unit = unit_filter("unit_id")

    class Meta:
        model = WorkflowState
        fields: list[str] = []


class StageTimesFilters(WagtailFilterSet):
    """Of decisions."""

    show = Show([("stages", _("Stages")), ("decisions", _("Single decisions"))])
    decided_at = period(_("Decided"), "decided_at")
    route = django_filters.ChoiceFilter(label=_("Route"), choices=_routes)
    office = django_filters.ChoiceFilter(label=_("Office"), choices=_offices)
    category = category_filter("offering__category")

    class Meta:
        model = Decision
        fields: list[str] = []


class WorkloadFilters(WagtailFilterSet):
    """Of committees' work."""

    show = Show(
        [("months", _("Months")), ("meetings", _("Meetings")), ("terms", _("Members' terms"))]
    )
    committee = CommitteeFilter(label=_("Committee"), queryset=Committee.objects.all())
    days = Period(label=_("Days"), widget=DateRangePickerWidget)
    method = Method(
        label=_("Voted on"),
        choices=VotingMethod.choices,
        empty_label=_("Any way"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Motion
        fields: list[str] = []
