"""Report: how long the stages of each route take."""

from typing import Any

from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from credentials.models import Offering
from workflows.admin.reports.filters import StageTimesFilters, route_name
from workflows.admin.reports.page import (
    DAY,
    LinkColumn,
    OfficeReport,
    category_column,
    offering_column,
)
from workflows.choices import Outcome
from workflows.models import Decision
from workflows.reports import stage_times
from workflows.reports.charts import Chart, Figure, Group, bar_chart
from workflows.reports.stage_times import StageTime, days
from workflows.stages.stage_state import StageState


def _longest_proposal(row: StageTime) -> str | None:
    if row.longest_offering is None:
        return None
    return reverse("governance:timeline", args=[row.longest_offering])


def _figure(took: Any) -> Figure | None:
    length = days(took)
    if length is None:
        return None
    return Figure(length, _("%(days)s days") % {"days": number_format(length, 1)})


class StageTimesReport(OfficeReport):
    """Median and longest time in each stage, and what waits there now."""

    page_title = gettext_lazy("Time in each stage")
    slug = "stage_times"
    order = 340
    header_icon = "history"
    filterset_class = StageTimesFilters
    tables = {
        "stages": [
            Column(
                "route", label=gettext_lazy("Route"), accessor=lambda row: route_name(row.route)
            ),
            Column("stage", label=gettext_lazy("Stage")),
            Column("number", label=gettext_lazy("Decisions")),
            Column(
                "median", label=gettext_lazy("Median, days"), accessor=lambda row: days(row.median)
            ),
            Column(
                "longest",
                label=gettext_lazy("Longest, days"),
                accessor=lambda row: days(row.longest),
            ),
            LinkColumn(
                "longest_title",
                label=gettext_lazy("Which took longest"),
                get_url=_longest_proposal,
            ),
            Column("open_now", label=gettext_lazy("There now")),
            Column(
                "oldest_open",
                classname=DAY,
                label=gettext_lazy("Oldest there since"),
                accessor=lambda row: row.oldest_open and localtime(row.oldest_open).date(),
            ),
        ],
        "decisions": [
            offering_column("offering_id", "offering__draft_title"),
            Column(
                "route", label=gettext_lazy("Route"), accessor=lambda row: route_name(row["route"])
            ),
            Column("stage", label=gettext_lazy("Stage")),
            Column("office", label=gettext_lazy("Office")),
            Column("began_at", label=gettext_lazy("Began")),
            Column("decided_at", label=gettext_lazy("Decided")),
            Column("took", label=gettext_lazy("Days"), accessor=lambda row: days(row["took"])),
            Column(
                "outcome",
                label=gettext_lazy("Outcome"),
                accessor=lambda row: str(Outcome(row["outcome"]).label),
            ),
            category_column("offering__category"),
        ],
    }

    @cached_property
    def decisions(self) -> QuerySet[Decision]:
        """As filtered."""
        found: QuerySet[Decision] = self.filter_queryset(Decision.objects.all())
        return found

    @cached_property
    def stages(self) -> list[StageTime]:
        """The figures, of which the chart is drawn as well."""
        return stage_times.with_open(
            stage_times.stage_times(self.decisions), stage_times.open_stages(self._states())
        )

    def _states(self) -> QuerySet[StageState]:
        """Stages under way that pass the filters; an office is not known before it decides."""
        states = StageState.objects.all()
        if self.chosen.get("office"):
            return states.none()
        if route := self.chosen.get("route"):
            states = states.filter(workflow_state__workflow__name=route)
        if categories := self.chosen.get("category"):
            keys = Cast("workflow_state__object_id", BigIntegerField())
            offerings = Offering.objects.filter(category__in=categories).values("pk")
            states = states.annotate(offering_key=keys).filter(offering_key__in=offerings)
        return states

    def rows(self) -> "QuerySet[Any] | list[Any]":
        """Few stages, or many decisions."""
        if self.table == "stages":
            return self.stages
        timed = stage_times.timed(self.decisions).order_by("-took", "pk")
        return timed.values(
            "offering_id",
            "offering__draft_title",
            "offering__category",
            "route",
            "stage",
            "office",
            "outcome",
            "began_at",
            "decided_at",
            "took",
        )

    def chart(self) -> Chart | None:
        """Both figures of each stage, the slowest first."""
        return bar_chart(
            _("Days in each stage, the slowest median first"),
            _("Stage"),
            (_("Median"), _("Longest")),
            (
                Group(
                    f"{row.stage}, {route_name(row.route)}",
                    (_figure(row.median), _figure(row.longest)),
                )
                for row in self.stages
                if row.number
            ),
        )

    def explanation(self) -> list[str]:
        return [
            _(
                "Counted are decisions. A stage begins when the one before it was decided and its "
                "conditions were met, or when the proposal was submitted, whichever came last."
            ),
            _(
                "Half of the decisions took no longer than the median, half took no less. Time on "
                "hold counts; the time an author takes for requested changes does not."
            ),
            _(
                "Decisions whose beginning is not on record are left out. What is there now shows "
                "in the last two columns alone, for nobody knows yet how long it will take."
            ),
        ]

    def nothing_found(self) -> str:
        return _("Nothing was decided in that time, and nothing waits. Take a filter away.")
