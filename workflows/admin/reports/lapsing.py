"""Report: responsibilities agreements that lapse (MC-6)."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from credentials.models import Agreement
from credentials.policy.months import months_after
from workflows.admin.reports.filters import LapsingFilters
from workflows.admin.reports.page import DAY, LinkColumn, OfficeReport, category_column
from workflows.reports import lapsing
from workflows.reports.charts import Chart, bar_chart, counted

MONTHS = 6


def _days_left(row: dict[str, Any]) -> int:
    left: datetime.timedelta = row["ends_on"] - localdate()
    return left.days


def _renewal(row: dict[str, Any]) -> str:
    return _("Begun") if row["is_being_renewed"] else _("Not begun")


def _signatures(row: dict[str, Any]) -> str:
    return _("Waiting for signatures") if row["waits_for_signature"] else _("Signed by everyone")


class LapsingReport(OfficeReport):
    """Which agreements end within some months, and which have lapsed."""

    page_title = gettext_lazy("Agreements lapsing")
    permission = "credentials.view_agreement"
    slug = "lapsing"
    order = 310
    header_icon = "doc-full-inverse"
    filterset_class = LapsingFilters
    tables = {
        "agreements": [
            LinkColumn(
                "offering",
                label=gettext_lazy("Agreement on"),
                accessor="offering__draft_title",
                get_url=lambda row: reverse("credentials_agreements:agreement", args=[row["pk"]]),
            ),
            Column("ends_on", classname=DAY, label=gettext_lazy("Last day")),
            Column("days_left", label=gettext_lazy("Days left"), accessor=_days_left),
            Column("signatures", label=gettext_lazy("Signatures"), accessor=_signatures),
            Column("renewal", label=gettext_lazy("Next version"), accessor=_renewal),
            Column("party_names", label=gettext_lazy("Parties"), classname="report-many-words"),
            category_column("offering__category"),
            Column(
                "unit",
                label=gettext_lazy("Academic unit"),
                accessor="offering__academic_unit__name",
            ),
        ]
    }

    @cached_property
    def agreements(self) -> QuerySet[Agreement]:
        """As filtered."""
        until = months_after(localdate(), self.chosen.get("months") or MONTHS)
        found: QuerySet[Agreement] = self.filter_queryset(lapsing.lapsing(until))
        return found

    def rows(self) -> QuerySet[Any]:
        """The first to lapse first."""
        return lapsing.rows_of(self.agreements)

    def chart(self) -> Chart | None:
        """By month; those that have lapsed come first, under one label."""
        lapsed, months = lapsing.by_month(self.agreements, localdate())
        groups = [counted(date_format(month, "F Y"), number) for month, number in months.items()]
        if lapsed:
            groups.insert(0, counted(_("Lapsed already"), lapsed))
        return bar_chart(
            _("Agreements by the month in which they lapse"), _("Month"), (_("Agreements"),), groups
        )

    def explanation(self) -> list[str]:
        return [
            _(
                "Listed are agreements opened for signature that no newer version replaces, and "
                "whose last day falls within the months asked for: %(months)s. Those that have "
                "lapsed already come first, with days below zero."
            )
            % {"months": self.chosen.get("months") or MONTHS},
            _("Agreements without a last day do not lapse and are not listed. MC-6"),
        ]

    def nothing_found(self) -> str:
        return _("No agreement lapses in that time. Ask for more months to look further ahead.")
