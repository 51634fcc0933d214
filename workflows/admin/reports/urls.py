"""Addresses of the reports in the admin, and their entries in its menu “Reports”."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from wagtail.admin.menu import MenuItem

from workflows.admin.reports.compliance import ComplianceReport
from workflows.admin.reports.dormant import DormantReport
from workflows.admin.reports.lapsing import LapsingReport
from workflows.admin.reports.not_offered import NotOfferedReport
from workflows.admin.reports.page import OfficeReport
from workflows.admin.reports.stage_times import StageTimesReport
from workflows.admin.reports.workload import WorkloadReport

REPORTS: tuple[type[OfficeReport], ...] = (
    ComplianceReport,
    LapsingReport,
    NotOfferedReport,
    DormantReport,
    StageTimesReport,
    WorkloadReport,
)


def _addresses(report: type[OfficeReport]) -> list[URLPattern]:
    """The page, and its results alone, which Wagtail's filters ask for."""
    way, name = f"reports/{report.slug.replace('_', '-')}/", f"report_{report.slug}"
    return [
        path(way, report.as_view(), name=name),
        path(f"{way}results/", report.as_view(results_only=True), name=f"{name}_results"),
    ]


urlpatterns: list[URLPattern] = [address for report in REPORTS for address in _addresses(report)]


class ReportItem(MenuItem):
    """Shown to those who may read the report."""

    def __init__(self, report: type[OfficeReport]) -> None:
        self.permission = report.permission
        super().__init__(
            report.page_title,
            reverse_lazy(f"governance:report_{report.slug}"),
            name=f"report-{report.slug}",
            icon_name=report.header_icon,
            order=report.order,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))
