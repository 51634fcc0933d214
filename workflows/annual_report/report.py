"""Reading a report: a presented one from its frozen copy, a draft from the record as it is."""

from collections.abc import Iterator

from credentials.osap.keepers import keeps_osap
from credentials.people.actors import Person
from workflows.annual_report.content import (
    LIST,
    Content,
    content_of,
    happenings_of,
    period_of,
    written_out,
)
from workflows.annual_report.period import Period
from workflows.annual_report.report_document import Reading
from workflows.models import AnnualReport


def read(report: AnnualReport, reader: Person | None = None) -> Reading:
    """The report with its list, which is read once.

    Of a draft, requests for OSAP one by one are the Department's alone to read (MC-5); presenting
    the report is its word that the others may.
    """
    if report.is_presented:
        data = report.presented.data
        listed = data.pop(LIST)
        return Reading(report, data, listed, report.presented.content_hash)
    period = period_of(report)
    return Reading(report, _draft(report, period, reader), happenings_of(period))


def as_json(report: AnnualReport, reader: Person | None = None) -> Iterator[str]:
    """Canonical JSON in pieces; of a presented report exactly what its SHA-256 is of.

    Of a draft, what `read` gives this reader.
    """
    if report.is_presented:
        yield report.presented.content
        return
    period = period_of(report)
    yield from written_out(_draft(report, period, reader), happenings_of(period))


def _draft(report: AnnualReport, period: Period, reader: Person | None) -> Content:
    content = content_of(report, period)
    if reader is None or not keeps_osap(reader):
        del content["osap"]["requests"]
    return content
