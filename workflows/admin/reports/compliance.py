"""Report: the live catalogue and the clauses of the policy in force."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from credentials.models import ClauseStanding
from workflows.admin.reports.filters import ComplianceFilters
from workflows.admin.reports.page import (
    LinkColumn,
    OfficeReport,
    category_column,
    offering_column,
    worded,
)
from workflows.reports import compliance
from workflows.reports.charts import Chart, bar_chart, counted


def _clause_page(name: str) -> Any:
    return lambda row: reverse("policy:clause", args=[Column(name).get_value(row)])


class ComplianceReport(OfficeReport):
    """How many live offerings meet each clause, and which do not."""

    page_title = gettext_lazy("Compliance with the policy")
    slug = "compliance"
    order = 300
    header_icon = "clipboard-list"
    filterset_class = ComplianceFilters
    tables = {
        "clauses": [
            LinkColumn("number", label=gettext_lazy("Clause"), get_url=_clause_page("number")),
            Column("heading", label=gettext_lazy("What it asks")),
            Column("part", label=gettext_lazy("Part of the policy")),
            Column("asked", label=gettext_lazy("Offerings asked")),
            Column("met", label=gettext_lazy("Met")),
            Column("failing", label=gettext_lazy("Not met")),
            Column("share", label=gettext_lazy("Met, in percent")),
        ],
        "offerings": [
            offering_column("offering_id", "offering__draft_title"),
            LinkColumn("clause", label=gettext_lazy("Clause"), get_url=_clause_page("clause")),
            Column(
                "standing",
                label=gettext_lazy("Standing"),
                accessor=worded(dict(ClauseStanding.Standing.choices), "standing"),
            ),
            category_column("offering__category"),
            Column("unit", gettext_lazy("Academic unit"), accessor="offering__academic_unit__name"),
        ],
    }

    @cached_property
    def standings(self) -> QuerySet[Any]:
        """As filtered."""
        standings: QuerySet[Any] = self.filter_queryset(ClauseStanding.objects.all())
        return standings

    @cached_property
    def clauses(self) -> list[compliance.ClauseCount]:
        """The counts, of which the chart is drawn as well."""
        return compliance.by_clause(self.standings, compliance.clause_facts())

    def rows(self) -> "QuerySet[Any] | list[Any]":
        """Few clauses, or many offerings under them."""
        if self.table == "clauses":
            return self.clauses
        return compliance.by_offering(self.standings)

    def chart(self) -> Chart | None:
        """The clauses that most offerings do not meet, then the others."""
        worst = sorted(self.clauses, key=lambda row: (-row.failing, -row.asked))
        return bar_chart(
            _("Live offerings that meet each clause, the least met first"),
            _("Clause"),
            (_("Met"), _("Not met")),
            (counted(f"{row.number} {row.heading}", row.met, row.failing or None) for row in worst),
        )

    def explanation(self) -> list[str]:
        """With the age of the figures."""
        found = compliance.freshness()
        words = [
            _(
                "Counted are offerings that are live and can be taken up, under the clauses of the "
                "version in force that ask something of them."
            ),
            _(
                "Each offering is judged after it is published and again every night. An offering "
                "that fails was approved under an earlier version, or something ran out since, "
                "such as its agreement."
            ),
        ]
        if found.oldest:
            when = date_format(localtime(found.oldest), "DATETIME_FORMAT")
            words.append(_("The oldest judgement here was made on %(when)s.") % {"when": when})
        if found.unchecked:
            words.append(
                _("Offerings that have not been judged yet and are left out: %(count)s.")
                % {"count": found.unchecked}
            )
        return words

    def nothing_found(self) -> str:
        """Either nothing is published, or nothing passes the filters."""
        return _(
            "No live offering stands under a clause here. Take a filter away, or publish something."
        )
