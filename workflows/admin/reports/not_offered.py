"""Report: live offerings that have not been offered for long."""

import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.tables import Column

from credentials.models import Offering
from credentials.policy.months import months_after
from workflows.admin.reports.filters import NotOfferedFilters
from workflows.admin.reports.page import DAY, OfficeReport, category_column, offering_column
from workflows.reports import not_offered
from workflows.reports.charts import Chart, bar_chart, counted


def _last_session(row: dict[str, Any]) -> datetime.date | str:
    return row["last_session"] or _("Never offered")


def _published(row: dict[str, Any]) -> datetime.date:
    return localdate(row["first_published_at"])


def _span(years: str) -> str:
    if years == not_offered.NEVER:
        return _("Never offered")
    if years == not_offered.MOST_YEARS:
        return _("%(years)s years or more") % {"years": years}
    number = int(years)
    if number == 0:
        return _("Less than a year")
    words = ngettext("%(from)s to %(to)s years", "%(from)s to %(to)s years", number + 1)
    return words % {"from": number, "to": number + 1}


class NotOfferedReport(OfficeReport):
    """What could be retired, or scheduled again."""

    page_title = gettext_lazy("Offerings not offered")
    slug = "not_offered"
    order = 320
    header_icon = "calendar-alt"
    filterset_class = NotOfferedFilters
    tables = {
        "offerings": [
            offering_column("pk", "draft_title"),
            Column(
                "last_session",
                classname=DAY,
                label=gettext_lazy("Last offered"),
                accessor=_last_session,
            ),
            Column(
                "published",
                classname=DAY,
                label=gettext_lazy("First published"),
                accessor=_published,
            ),
            category_column(),
            Column("unit", label=gettext_lazy("Academic unit"), accessor="academic_unit__name"),
        ]
    }

    @cached_property
    def months(self) -> int:
        """Of how long we speak."""
        return self.chosen.get("months") or not_offered.TWO_YEARS

    @cached_property
    def offerings(self) -> QuerySet[Offering]:
        """As filtered."""
        since = months_after(localdate(), -self.months)
        found: QuerySet[Offering] = self.filter_queryset(not_offered.not_offered_since(since))
        return found

    def rows(self) -> QuerySet[Any]:
        """The longest first."""
        return not_offered.rows_of(self.offerings)

    def chart(self) -> Chart | None:
        """By how long ago."""
        found = not_offered.by_years(self.offerings, localdate())
        return bar_chart(
            _("Offerings by the time since they were last offered"),
            _("Time since"),
            (_("Offerings"),),
            (counted(_span(years), number) for years, number in found.items()),
        )

    def explanation(self) -> list[str]:
        return [
            _(
                "Listed are live offerings of which no session has run in the last %(months)s "
                "months and none is to come. A session counts to its last day."
            )
            % {"months": self.months},
            _("Offerings first published within that time are not listed: they are still new."),
        ]

    def nothing_found(self) -> str:
        return _("Every live offering has been offered in that time, or is going to be.")
