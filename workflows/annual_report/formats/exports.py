"""A report as files to keep: a PDF, a workbook, tables, JSON. Tables are written row by row.

What a draft tells depends on its reader (MC-5); a presented report tells everybody the same.
"""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from credentials.admin.table_exports import export, export_workbook
from credentials.people.actors import Person
from workflows.annual_report.formats.pdf import report_pdf
from workflows.annual_report.formats.tables import happenings_sheet, sheets_of
from workflows.annual_report.report import as_json, read
from workflows.annual_report.report_document import report_document
from workflows.models import AnnualReport


def as_pdf_file(report: AnnualReport, reader: Person) -> HttpResponseBase:
    """The accessible PDF."""
    made = report_pdf(report_document(read(report, reader)))
    return _named(HttpResponse(made, content_type="application/pdf"), f"{_name(report)}.pdf")


def as_json_file(report: AnnualReport, reader: Person) -> HttpResponseBase:
    """Canonical JSON: what a presented report's SHA-256 is of."""
    response = StreamingHttpResponse(as_json(report, reader), content_type="application/json")
    return _named(response, f"{_name(report)}.json")


def as_csv_file(report: AnnualReport, reader: Person) -> HttpResponseBase:
    """What happened, one version a row."""
    return export(_name(report), "csv", happenings_sheet(read(report, reader)).table())


def as_table(report: AnnualReport, reader: Person, key: str) -> HttpResponseBase:
    """One of the tables, by its key. Raises Http404 where the report has none of it."""
    for sheet in sheets_of(read(report, reader)):
        if sheet.key == key:
            return export(f"{_name(report)}-{key}", "csv", sheet.table())
    raise Http404


def as_workbook(report: AnnualReport, reader: Person) -> HttpResponseBase:
    """Every table, a sheet each."""
    sheets = sheets_of(read(report, reader))
    return export_workbook(_name(report), ((sheet.name, sheet.table()) for sheet in sheets))


def _name(report: AnnualReport) -> str:
    return f"annual-report-{report}"


def _named(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
