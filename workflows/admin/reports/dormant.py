"""Report: proposals with which nothing happens."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column

from workflows.admin.reports.filters import DormantFilters
from workflows.admin.reports.page import DAY, WORDS, LinkColumn, OfficeReport, category_column
from workflows.reports import dormant
from workflows.reports.charts import Chart, bar_chart, counted

DAYS = 30


def _days_silent(row: dormant.Dormant) -> int:
    return (now() - row.last_event).days


class ProposalPaginator(WagtailPaginator):
    """Counts proposals, as people call what Wagtail calls workflow states."""

    verbose_name = gettext_lazy("proposal")
    verbose_name_plural = gettext_lazy("proposals")


class DormantReport(OfficeReport):
    """Where proposals lie, since when, and who has them."""

    page_title = gettext_lazy("Dormant proposals")
    slug = "dormant"
    order = 330
    header_icon = "time"
    paginator_class = ProposalPaginator
    filterset_class = DormantFilters
    tables = {
        "proposals": [
            LinkColumn(
                "proposal",
                label=gettext_lazy("Proposal"),
                accessor="title",
                get_url=lambda row: reverse("governance:proposal", args=[row.offering_id]),
            ),
            Column("days", label=gettext_lazy("Days without an event"), accessor=_days_silent),
            Column(
                "last_event",
                classname=DAY,
                label=gettext_lazy("Last event"),
                accessor=lambda row: localtime(row.last_event).date(),
            ),
            Column("standing", label=gettext_lazy("Standing")),
            Column("stage", label=gettext_lazy("Stage"), classname=WORDS),
            Column("held_by", label=gettext_lazy("Who has it"), classname=WORDS),
            Column("route", label=gettext_lazy("Route"), classname=WORDS),
            category_column(),
            Column("unit", label=gettext_lazy("Academic unit"), classname=WORDS),
        ]
    }

    @cached_property
    def days(self) -> int:
        """Of how long we speak."""
        return self.chosen.get("days") or DAYS

    @cached_property
    def states(self) -> QuerySet[Any]:
        """As filtered."""
        before = now() - datetime.timedelta(days=self.days)
        found: QuerySet[Any] = self.filter_queryset(dormant.dormant(dormant.open_states(), before))
        return found

    @cached_property
    def holders(self) -> dormant.Holders:
        """Who has what stands at each stage; one query."""
        return dormant.Holders()

    def rows(self) -> QuerySet[Any]:
        """The longest silent first."""
        return dormant.rows_of(self.states)

    def read(self, rows: Iterable[Any]) -> Iterable[dormant.Dormant]:
        """With who has each, in words."""
        return map(self.holders.read, rows)

    def chart(self) -> Chart | None:
        """By where they stand."""
        found = dormant.by_stage(self.states)
        return bar_chart(
            _("Dormant proposals by where they stand"),
            _("Where it stands"),
            (_("Proposals"),),
            (counted(stage or _("With the author, for changes"), n) for stage, n in found),
        )

    def explanation(self) -> list[str]:
        return [
            _("Listed are proposals on a route with which nothing has happened for %(days)s days.")
            % {"days": self.days},
            _(
                "Something happens when a proposal is submitted, commented on, held, assigned, "
                "decided, put to a motion or voted on, and when its author saves a draft."
            ),
            _(
                "Who has it is the person it is assigned to or held by, else the office of its "
                "stage; the author when changes were requested, or when a gate waits for them."
            ),
        ]

    def nothing_found(self) -> str:
        return _("No proposal has been silent for so long. Ask for fewer days to see more.")
