"""Makes the annual reports: last year's presented and corrected, this year's a draft (CP-3)."""

from django.db import transaction
from django.utils import timezone

from credentials.academic_year import AcademicYear
from credentials.record.log.progress import sealed_count
from home.demo.data_files import read_shared
from home.demo.people import People
from workflows.annual_report.draft import begin_report, enter_awards, keep_narrative
from workflows.annual_report.presentation import (
    Occasion,
    add_addendum,
    as_it_would_be_kept,
    present,
)
from workflows.models import AnnualReport

COUNCIL = "Academic Council"


@transaction.atomic
def make_annual_reports(people: People) -> None:
    """Write them, unless there is an annual report already."""
    if AnnualReport.objects.exists():
        return
    texts = read_shared("annual_reports")
    department = people.by_role["department"][0]
    last, this = texts["last_year"], texts["this_year"]
    today = timezone.localdate()
    report = begin_report(AcademicYear.of(today).preceding, department)
    keep_narrative(report, department, last["narrative"])
    enter_awards(report, department, last["awards"])
    report.refresh_from_db()
    sealed = sealed_count()
    _text, seen = as_it_would_be_kept(report, sealed)
    occasion = Occasion(COUNCIL, today, last["reference"])
    presented = present(report, department, occasion, seen, sealed)
    add_addendum(presented, department, **last["addendum"])
    draft = begin_report(AcademicYear.of(today), department)
    keep_narrative(draft, department, this["narrative"])
