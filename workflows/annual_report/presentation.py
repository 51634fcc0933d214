"""Presenting a report to Academic Council, which freezes it, and correcting it by an addendum."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from credentials.models import Checkpoint
from credentials.people.actors import Person, actor_of
from credentials.record.content import sha256
from workflows.annual_report.content import whole
from workflows.annual_report.draft import check_may_write, held_draft
from workflows.exceptions import DecisionRefused
from workflows.models import AnnualReport, PresentedReport, ReportAddendum


@dataclass(frozen=True)
class Occasion:
    """To whom a report is presented, at the meeting of which day, under which reference."""

    body: str
    meeting_on: datetime.date
    reference: str = ""


def as_it_would_be_kept(report: AnnualReport, sealed: int) -> tuple[str, str]:
    """The report with the log's checkpoint of that size, and its SHA-256; without one for 0."""
    checkpoint = Checkpoint.objects.filter(pk=sealed).first()
    return whole(report, checkpoint.note if checkpoint else None)


def present(
    report: AnnualReport, person: Person, occasion: Occasion, seen: str, sealed: int = 0
) -> PresentedReport:
    """Freeze the report as it was `seen`: the SHA-256 of what the person looked at.

    `sealed` is the size of the log whose checkpoint it printed: the log may have grown since.

    Raises DecisionRefused when it is not the Department's member who asks, the year is not over,
    or the record has come to say something else since.
    """
    with transaction.atomic():
        report = held_draft(report, person)
        check_may_be_presented(report, occasion.meeting_on)
        content, content_hash = as_it_would_be_kept(report, sealed)
        if content_hash != seen:
            raise DecisionRefused(
                _("The report has changed since you looked at it. Look again, then present it.")
            )
        by = actor_of(person)
        presented: PresentedReport = PresentedReport.objects.create(
            report=report,
            content=content,
            content_hash=content_hash,
            body=occasion.body.strip(),
            meeting_on=occasion.meeting_on,
            meeting_reference=occasion.reference.strip(),
            presented_by_key=by.key,
            presented_by_name=by.name,
        )
    return presented


def check_may_be_presented(report: AnnualReport, on: datetime.date) -> None:
    """Raises DecisionRefused unless the year is over by that day, and that day has come."""
    if report.last_day >= min(on, timezone.localdate()):
        raise DecisionRefused(
            _("The year %(year)s ends on %(day)s. Present its report at a meeting after that day.")
            % {"year": report, "day": date_format(report.last_day, "DATE_FORMAT")}
        )
    if on > timezone.localdate():
        raise DecisionRefused(
            _("The meeting has not been held yet: present the report on its day or later.")
        )


def add_addendum(
    presented: PresentedReport, person: Person, heading: str, text: str
) -> ReportAddendum:
    """Add a dated correction; the last one again, as a double click sends it, is added once.

    Raises DecisionRefused.
    """
    check_may_write(person)
    if not heading.strip() or not text.strip():
        raise DecisionRefused(_("Say what is corrected, and how."))
    with transaction.atomic():
        AnnualReport.objects.select_for_update().get(pk=presented.report_id)
        words = {"heading": heading.strip(), "text": text.strip()}
        last = presented.addenda.order_by("number").last()
        if last is not None and (last.heading, last.text) == (words["heading"], words["text"]):
            return last
        number = last.number + 1 if last else 1
        by = actor_of(person)
        addendum: ReportAddendum = ReportAddendum.objects.create(
            presented=presented,
            number=number,
            content_hash=sha256({"corrects": presented.content_hash, "number": number} | words),
            added_by_key=by.key,
            added_by_name=by.name,
            **words,
        )
    return addendum
