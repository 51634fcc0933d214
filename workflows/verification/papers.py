"""Minutes, annual reports and self-studies against their hashes (law 3, CP-3)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet

from credentials.record.content import sha256
from credentials.verification.checks import CHUNK, Tick
from credentials.verification.hashes import hex_sha256
from workflows.models import Minutes, PresentedReport, ReportAddendum, ReviewSubmission


def minutes_faults(tick: Tick) -> Iterator[str]:
    """Confirmed minutes, and their numbers within a meeting."""
    for minutes, number in _numbered(Minutes.objects.order_by("meeting", "number"), "meeting_id"):
        if sha256(minutes.sections) != minutes.content_hash:
            yield f"Minutes {minutes.pk} say something else than their hash."
        if minutes.number != number:
            yield f"Minutes {minutes.pk} are number {minutes.number} of a meeting, not {number}."
        tick()


def report_faults(tick: Tick) -> Iterator[str]:
    """Annual reports as they were presented."""
    for report in PresentedReport.objects.order_by("pk").iterator(chunk_size=CHUNK):
        if hex_sha256(report.content) != report.content_hash:
            yield f"The annual report presented as {report.pk} says something else than its hash."
        tick()


def addendum_faults(tick: Tick) -> Iterator[str]:
    """Corrections of annual reports, and their numbers."""
    addenda = ReportAddendum.objects.order_by("presented", "number")
    rows = addenda.annotate(corrects=F("presented__content_hash"))
    for addendum, number in _numbered(rows, "presented_id"):
        said = {"heading": addendum.heading, "text": addendum.text}
        whole = {"corrects": addendum.corrects, "number": addendum.number} | said
        if sha256(whole) != addendum.content_hash:
            yield f"Addendum {addendum.pk} of an annual report says something else than its hash."
        if addendum.number != number:
            yield f"Addendum {addendum.pk} is number {addendum.number} of its report, not {number}."
        tick()


def study_faults(tick: Tick) -> Iterator[str]:
    """Self-studies as they were submitted."""
    for submission in ReviewSubmission.objects.order_by("pk").iterator(chunk_size=CHUNK):
        if sha256(submission.study) != submission.study_hash:
            yield f"The self-study submitted as {submission.pk} says something else than its hash."
        tick()


def _numbered(rows: QuerySet[Any], group: str) -> Iterator[tuple[Any, int]]:
    """Each row with the number that it should have within its group; rows come in that order."""
    last, number = None, 0
    for row in rows.iterator(chunk_size=CHUNK):
        key = getattr(row, group)
        number = number + 1 if key == last else 1
        last = key
        yield row, number
