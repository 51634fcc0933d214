"""Report: the work of the committees."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from workflows.admin.reports.filters import WorkloadFilters
from workflows.admin.reports.page import DAY, WORDS, LinkColumn, OfficeReport
from workflows.reports import attendance, workload
from workflows.reports.charts import MOST_GROUPS, Chart, Figure, Group, bar_chart, counted
from workflows.reports.request import Asked
from workflows.reports.stage_times import days

COMMITTEE = Column("committee", label=gettext_lazy("Committee"), classname=WORDS)
SHARE = Column("share", label=gettext_lazy("Attendance, in percent"))


class WorkloadReport(OfficeReport):
    """Motions, decisions, votes, recusals, time to decide, attendance."""

    page_title = gettext_lazy("Committee workload")
    slug = "workload"
    order = 350
    header_icon = "group"
    filterset_class = WorkloadFilters
    tables = {
        "months": [
            Column(
                "month",
                label=gettext_lazy("Month"),
                accessor=lambda row: date_format(row.month, "F Y"),
            ),
            COMMITTEE,
            Column("opened", label=gettext_lazy("Motions opened")),
            Column("decided", label=gettext_lazy("Decisions")),
            Column("carried", label=gettext_lazy("Carried")),
            Column("defeated", label=gettext_lazy("Defeated")),
            Column("undecided", label=gettext_lazy("Closed undecided")),
            Column("ballots", label=gettext_lazy("Ballots cast")),
            Column("recusals", label=gettext_lazy("Recusals")),
            Column(
                "took",
                label=gettext_lazy("Mean days to decide"),
                accessor=lambda row: days(row.took),
            ),
            Column("meetings", label=gettext_lazy("Meetings"), accessor=lambda r: len(r.meetings)),
            Column("attendance", label=gettext_lazy("Attendance, in percent")),
        ],
        "meetings": [
            LinkColumn(
                "day",
                label=gettext_lazy("Meeting"),
                accessor=lambda row: date_format(row.day),
                get_url=lambda row: reverse("governance:meeting", args=[row.pk]),
            ),
            COMMITTEE,
            Column("present", label=gettext_lazy("Seats present")),
            Column("seats", label=gettext_lazy("Seats held that day")),
            SHARE,
        ],
        "terms": [
            Column("person", label=gettext_lazy("Member")),
            Column("seat", label=gettext_lazy("Seat")),
            COMMITTEE,
            Column("starts_on", classname=DAY, label=gettext_lazy("From")),
            Column("ends_on", classname=DAY, label=gettext_lazy("Until")),
            Column("meetings", label=gettext_lazy("Meetings held")),
            Column("attended", label=gettext_lazy("Attended in person")),
            Column("stood_in", label=gettext_lazy("An alternate stood in")),
            SHARE,
        ],
    }

    @cached_property
    def asked(self) -> Asked:
        """What the filters ask for."""
        span = self.chosen.get("days")
        return Asked(
            committee=getattr(self.chosen.get("committee"), "pk", None),
            start=span.start.date() if span and span.start else None,
            end=span.stop.date() if span and span.stop else None,
            method=self.chosen.get("method") or "",
        )

    @cached_property
    def meetings(self) -> list[attendance.MeetingAttendance]:
        """Those that were held."""
        return attendance.meetings_held(self.asked)

    @cached_property
    def months(self) -> list[workload.Month]:
        """The months, of which the chart is drawn as well."""
        return workload.by_month(self.asked, self.meetings)

    def rows(self) -> list[Any]:
        """There are as many as months, meetings or terms: never very many."""
        if self.table == "meetings":
            return self.meetings
        return attendance.terms_held(self.asked) if self.table == "terms" else self.months

    def chart(self) -> Chart | None:
        """What the table is about."""
        charts = {"months": self._months, "meetings": self._meetings, "terms": self._terms}
        return charts[self.table]()

    def _months(self) -> Chart | None:
        months = workload.in_all(self.months)
        return bar_chart(
            _("Motions and decisions by month, the newest last"),
            _("Month"),
            (_("Motions opened"), _("Decisions")),
            (
                counted(date_format(row.month, "F Y"), row.opened, row.decided)
                for row in months[-MOST_GROUPS:]
            ),
        )

    def _meetings(self) -> Chart | None:
        return bar_chart(
            _("Seats present at each meeting, the newest first"),
            _("Meeting"),
            (_("Seats present"), _("Seats held that day")),
            (
                counted(f"{date_format(row.day)}, {row.committee}", row.present, row.seats)
                for row in self.meetings
            ),
        )

    def _terms(self) -> Chart | None:
        return bar_chart(
            _("Attendance in percent by member and term"),
            _("Member"),
            (_("Attended in person"),),
            (
                Group(f"{row.person}, {row.seat}", (Figure(row.share or 0, f"{row.share or 0} %"),))
                for row in attendance.terms_held(self.asked)
            ),
        )

    def explanation(self) -> list[str]:
        return [
            _(
                "A motion counts in the month in which it was opened, its decision, recusals and "
                "time in the month in which it was closed, a ballot in the month in which it was "
                "cast. A ballot that replaces an earlier one counts too."
            ),
            _(
                "The mean is from opening to closing, over motions that were carried or defeated. "
                "Motions without a quorum, held for a meeting or void are closed undecided."
            ),
            _(
                "A seat was present when its holder or alternate arrived. Attendance is the share "
                "of the seats that somebody held on the day of the meeting, or of the meetings "
                "held in a member's term."
            ),
        ]

    def nothing_found(self) -> str:
        return _("No committee did anything in that time. Choose other days, or all of them.")
