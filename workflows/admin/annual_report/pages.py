"""Annual reports in the admin: the list, one report, and its files."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from credentials.academic_year import AcademicYear
from credentials.admin.trails import AdminPage, Trail
from credentials.people.actors import Person
from workflows.admin.annual_report.forms import BeginForm
from workflows.annual_report.draft import begin_report, may_write
from workflows.annual_report.formats import exports
from workflows.annual_report.report import read
from workflows.annual_report.report_document import report_document
from workflows.exceptions import DecisionRefused
from workflows.models import AnnualReport

READ = "workflows.view_annualreport"
MOST_LISTED = 200  # of a category on the page; files have all
FILES: dict[str, Callable[[AnnualReport, Person], HttpResponseBase]] = {
    "pdf": exports.as_pdf_file,
    "xlsx": exports.as_workbook,
    "csv": exports.as_csv_file,
    "json": exports.as_json_file,
}


class ReaderMixin:
    """For those who may read annual reports; nothing of them is kept by a cache."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(READ):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        patch_cache_control(response, private=True, no_store=True)
        return response

    @cached_property
    def report(self) -> AnnualReport:
        """The report that the address names."""
        reports = AnnualReport.objects.select_related("presented")
        return get_object_or_404(reports, pk=self.kwargs["pk"])


class ReportPage(ReaderMixin, AdminPage):
    """A page about annual reports."""

    page_title: Any = gettext_lazy("Annual reports")
    header_icon = "doc-full-inverse"

    def trail(self) -> Trail:
        return [(reverse("governance:annual_reports"), _("Annual reports"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "may_write": may_write(self.request.user),
        }


class AnnualReportsView(ReportPage, ListView):
    """All reports, the newest first, and where the Department begins one."""

    queryset = AnnualReport.objects.select_related("presented")
    template_name = "workflows/admin/annual_reports.html"
    context_object_name = "reports"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            "form": BeginForm(),
            **super().get_context_data(**kwargs),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Begin a report."""
        form = BeginForm(request.POST)
        self.object_list = self.get_queryset()
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            report = begin_report(AcademicYear(form.cleaned_data["year"]), request.user)
        except DecisionRefused as refused:
            messages.error(request, str(refused))
            return redirect(reverse("governance:annual_reports"))
        messages.success(request, _("The report on %(year)s is begun.") % {"year": report})
        return redirect(reverse("governance:annual_report", args=[report.pk]))


class AnnualReportView(ReportPage, TemplateView):
    """One report: a draft as the record is now, or the frozen copy."""

    template_name = "workflows/admin/annual_report.html"
    page_title = gettext_lazy("Annual report")

    def get_page_subtitle(self) -> str:
        return str(self.report)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = self.report
        return {
            **super().get_context_data(**kwargs),
            "report": report,
            "document": report_document(read(report, self.request.user), MOST_LISTED),
            "files": [
                ("pdf", _("Accessible PDF")),
                ("xlsx", _("Workbook (XLSX)")),
                ("csv", _("List (CSV)")),
                ("json", _("Data (JSON)")),
            ],
            "tables": [
                ("figures", _("Figures (CSV)")),
                ("reviews", _("Reviews (CSV)")),
                ("osap-requests", _("OSAP requests (CSV)")),
                ("decisions", _("Decisions (CSV)")),
            ],
        }


class AnnualReportFileView(ReaderMixin, View):
    """The report as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Make it as it stands. 404 for another kind of file."""
        if self.kwargs["extension"] not in FILES:
            raise Http404
        return FILES[self.kwargs["extension"]](self.report, self.request.user)


class AnnualReportTableView(ReaderMixin, View):
    """One table of the report as CSV."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Make it as it stands. 404 for a table that the reader's report has not."""
        return exports.as_table(self.report, self.request.user, self.kwargs["table"])


class AnnualReportsItem(MenuItem):
    """In the admin's menu of reports, for those who may read them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(READ))


def menu_item() -> MenuItem:
    """“Annual reports”."""
    return AnnualReportsItem(
        gettext_lazy("Annual reports to Academic Council"),
        reverse_lazy("governance:annual_reports"),
        name="annual-reports",
        icon_name="doc-full-inverse",
        order=10,
    )
