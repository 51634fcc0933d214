"""Addresses of annual reports in the admin."""

from django.urls import URLPattern, path

from workflows.admin.annual_report.draft_pages import (
    AddendumView,
    DeleteDraftView,
    PresentView,
    WriteView,
)
from workflows.admin.annual_report.pages import (
    AnnualReportFileView,
    AnnualReportsView,
    AnnualReportTableView,
    AnnualReportView,
)

ONE = "annual-reports/<key:pk>/"

urlpatterns: list[URLPattern] = [
    path("annual-reports/", AnnualReportsView.as_view(), name="annual_reports"),
    path(ONE, AnnualReportView.as_view(), name="annual_report"),
    path(f"{ONE}write/", WriteView.as_view(), name="write_annual_report"),
    path(f"{ONE}delete/", DeleteDraftView.as_view(), name="delete_annual_report"),
    path(f"{ONE}present/", PresentView.as_view(), name="present_annual_report"),
    path(f"{ONE}addendum/", AddendumView.as_view(), name="annual_report_addendum"),
    path(
        f"{ONE}report.<slug:extension>",
        AnnualReportFileView.as_view(),
        name="annual_report_file",
    ),
    path(
        f"{ONE}table-<slug:table>.csv",
        AnnualReportTableView.as_view(),
        name="annual_report_table",
    ),
]
