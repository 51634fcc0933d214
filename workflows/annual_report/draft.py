"""Writing a report: begun for a year, its narrative and entered figures kept until presented."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from credentials.academic_year import AcademicYear
from credentials.people.actors import Person, actor_of
from credentials.record.content import sha256
from workflows.choices import Office
from workflows.deciding.offices import is_in_office
from workflows.exceptions import DecisionRefused
from workflows.models import AnnualReport, PresentedReport, ReportedAwards

Section = dict[str, str]


def may_write(person: Person) -> bool:
    """Whether a person makes annual reports: the Department's members do."""
    return is_in_office(person, Office.DEPARTMENT)


def begin_report(year: AcademicYear, person: Person) -> AnnualReport:
    """Begin the report on a year. Raises DecisionRefused."""
    check_may_write(person)
    if year.first_day > timezone.localdate():
        raise DecisionRefused(
            _("The year %(year)s has not begun: choose one that has.") % {"year": year}
        )
    by = actor_of(person)
    report, created = AnnualReport.objects.get_or_create(
        begins_in=year.begins_in,
        defaults={
            "first_day": year.first_day,
            "last_day": year.last_day,
            "begun_by_key": by.key,
            "begun_by_name": by.name,
        },
    )
    if not created:
        raise DecisionRefused(
            _("There is a report on %(year)s already: open it instead.") % {"year": year}
        )
    return report


def keep_draft(
    report: AnnualReport,
    person: Person,
    sections: Iterable[Section],
    entries: Iterable[dict[str, Any]],
    *,
    seen: str,
) -> None:
    """Keep narrative and awards, both or neither.

    `seen` is the stamp of the draft that the person began from: another one by now is not written
    over. Raises DecisionRefused.
    """
    with transaction.atomic():
        if stamp_of(held_draft(report, person)) != seen:
            raise DecisionRefused(
                _(
                    "The draft was saved in the meantime, by somebody else or in another window. "
                    "Nothing of yours is kept yet: open the report in another window, bring both "
                    "together here, and save again."
                )
            )
        keep_narrative(report, person, sections)
        enter_awards(report, person, entries)


def stamp_of(report: AnnualReport) -> str:
    """Tells one saved state of a draft from another."""
    awards = report.awards.order_by("category").values_list("category", "number", "source")
    return sha256({"narrative": report.narrative, "awards": [list(row) for row in awards]})


def keep_narrative(report: AnnualReport, person: Person, sections: Iterable[Section]) -> None:
    """Keep the narrative's sections, in order. Raises DecisionRefused."""
    with transaction.atomic():
        report = held_draft(report, person)
        report.narrative = [
            {"heading": section["heading"].strip(), "text": section["text"].strip()}
            for section in sections
        ]
        report.save()


def enter_awards(report: AnnualReport, person: Person, entries: Iterable[dict[str, Any]]) -> None:
    """Keep the figures of awards, {"category", "number", "source"}; one without a number goes.

    Raises DecisionRefused.
    """
    with transaction.atomic():
        report = held_draft(report, person)
        standing = {row.category: row for row in report.awards.all()}
        for entry in entries:
            row = standing.get(entry["category"])
            if entry["number"] is None:
                if row is not None:
                    row.delete()
            elif row is None or (row.number, row.source) != (entry["number"], entry["source"]):
                _write(row or ReportedAwards(report=report), person, entry)


def delete_draft(report: AnnualReport, person: Person) -> None:
    """Give up a report that was begun by mistake; its year can be begun anew.

    Raises DecisionRefused when it was presented.
    """
    with transaction.atomic():
        held_draft(report, person).delete()


def check_may_write(person: Person) -> None:
    """Raises DecisionRefused unless this person is of the Department."""
    if not may_write(person):
        raise DecisionRefused(
            _("Only the %(office)s makes the annual report.")
            % {"office": Office.DEPARTMENT.official_name}
        )


def held_draft(report: AnnualReport, person: Person) -> AnnualReport:
    """The report as it stands now, held so that one act at a time passes.

    Raises DecisionRefused when it is presented, or the person is not of the Department.
    """
    check_may_write(person)
    report = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if PresentedReport.objects.filter(report=report).exists():
        raise DecisionRefused(
            _("This report was presented and stays as it is. Correct it by an addendum.")
        )
    return report


def _write(row: ReportedAwards, person: Person, entry: dict[str, Any]) -> None:
    row.category, row.number, row.source = entry["category"], entry["number"], entry["source"]
    row.entered_by_name, row.entered_at = actor_of(person).name, timezone.now()
    row.save()
