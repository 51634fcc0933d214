"""A report is presented once, exactly as it was seen, and never changes after (CP-3, law 3)."""

import datetime
import hashlib
import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from credentials.academic_year import AcademicYear
from credentials.exceptions import HistoryIsAppendOnly
from credentials.models import Checkpoint, Course, PolicyVersion
from credentials.record.log.batches import seal_all
from credentials.record.log.progress import sealed_count
from tests.credentials.catalogue.ledger_entries import append
from tests.people import person
from tests.workflows.annual_report.simulation import simulate
from workflows.annual_report.content import whole
from workflows.annual_report.draft import begin_report, enter_awards, keep_narrative
from workflows.annual_report.presentation import (
    Occasion,
    add_addendum,
    as_it_would_be_kept,
    present,
)
from workflows.annual_report.report import as_json, read
from workflows.annual_report.report_document import report_document
from workflows.exceptions import DecisionRefused
from workflows.models import AnnualReport, PresentedReport, ReportedAwards

pytestmark = [pytest.mark.django_db, pytest.mark.clause("CP-3")]

COUNCIL = Occasion("Academic Council", datetime.date(2025, 11, 20), "Minute 14")
AWARD = {"category": "camp", "number": 12, "source": "Registrar, 1 October"}


@pytest.fixture
def history(root: Any) -> list[Any]:
    """Something to report."""
    return simulate(root, 1, offerings=8, events=30)


@pytest.fixture
def presented(history: list[Any], report: AnnualReport, department: Any) -> PresentedReport:
    """The report on 2024-25, written and presented."""
    sections = [{"heading": "A good year", "text": "Much was built."}]
    keep_narrative(report, department, sections)
    enter_awards(report, department, [AWARD])
    report.refresh_from_db()
    return present(report, department, COUNCIL, whole(report)[1])


def fresh(report: AnnualReport) -> AnnualReport:
    return AnnualReport.objects.get(pk=report.pk)


def refused(sentence: str, act: Any, *arguments: Any) -> None:
    with pytest.raises(DecisionRefused, match=sentence):
        act(*arguments)


def test_the_copy_is_all_that_it_said_and_its_hash_is_of_it(presented: PresentedReport) -> None:
    assert hashlib.sha256(presented.content.encode()).hexdigest() == presented.content_hash
    assert presented.data["narrative"] == [{"heading": "A good year", "text": "Much was built."}]
    assert presented.data["awards"] == [AWARD]
    assert presented.data["happenings"]
    assert "".join(as_json(presented.report)) == presented.content


def test_it_stays_when_all_that_it_tells_of_changes(
    presented: PresentedReport, history: list[Any], department: Any, settings: Any
) -> None:
    report = fresh(presented.report)
    before = report_document(read(report))
    append(history[0], at=timezone.now(), title="Renamed", category="other")
    QuerySet(Course).filter(pk=history[1].pk).update(title="Renamed as well", category="camp")
    in_that_year = timezone.make_aware(datetime.datetime(2025, 3, 1))
    with pytest.raises(DatabaseError, match="follows all others"):
        append(history[2], at=in_that_year, title="Written in afterwards")
    PolicyVersion.objects.create(
        label="Another", classification_number="1", title="Another", approving_authority="B",
        owner="C", review_due_on=datetime.date(2030, 1, 1),
    )  # fmt: skip
    get_user_model().objects.filter(pk=department.pk).delete()
    settings.CREDENCE = {"INSTITUTION_NAME": "Renamed", "ACADEMIC_YEAR_STARTS": (1, 1)}
    after = report_document(read(fresh(report)))
    assert after == before
    assert "Renamed" not in json.dumps(after, default=str)
    assert after["institution"] == "Lakeshore University"
    assert {"Academic Council, Nov. 20, 2025 (Minute 14)", presented.content_hash} <= {
        fact["text"] for fact in after["facts"]
    }


def test_what_is_frozen_is_what_was_seen(
    history: list[Any], report: AnnualReport, department: Any
) -> None:
    seen = whole(report)[1]
    keep_narrative(report, department, [{"heading": "Added", "text": "Meanwhile."}])
    refused("changed since you looked", present, report, department, COUNCIL, seen)
    assert not PresentedReport.objects.exists()


def test_a_year_is_presented_when_it_is_over(department: Any, root: Any) -> None:
    this_year = begin_report(AcademicYear.of(timezone.localdate()), department)
    on = Occasion("Academic Council", timezone.localdate())
    refused("Present its report", present, this_year, department, on, whole(this_year)[1])


def test_a_meeting_that_is_to_come_is_refused(report: AnnualReport, department: Any) -> None:
    on = Occasion("Academic Council", timezone.localdate() + datetime.timedelta(days=2))
    refused("has not been held", present, report, department, on, whole(report)[1])


def test_a_presented_report_is_neither_written_nor_presented_again(
    presented: PresentedReport, department: Any
) -> None:
    report = presented.report
    refused("Correct it by an addendum", keep_narrative, report, department, [])
    refused("Correct it by an addendum", enter_awards, report, department, [AWARD])
    refused("Correct it", present, report, department, COUNCIL, presented.content_hash)


@pytest.mark.parametrize("role", ["editor", "committee", "policy_owner"])
def test_only_the_department_writes_presents_and_corrects(
    presented: PresentedReport, department: Any, role: str
) -> None:
    someone = person(role)
    other = begin_report(AcademicYear(2023), department)
    refused("Only the", begin_report, AcademicYear(2022), someone)
    refused("Only the", keep_narrative, other, someone, [])
    refused("Only the", enter_awards, other, someone, [])
    refused("Only the", present, other, someone, COUNCIL, whole(other)[1])
    refused("Only the", add_addendum, presented, someone, "Figures", "Two more.")


def test_being_a_superuser_is_no_membership_of_the_department(
    report: AnnualReport, people: Any
) -> None:
    refused("Only the", present, report, people["superuser"], COUNCIL, whole(report)[1])


def test_a_year_has_one_report_and_has_begun(report: AnnualReport, department: Any) -> None:
    refused("already", begin_report, AcademicYear(2024), department)
    refused("has not begun", begin_report, AcademicYear(2090), department)


def test_an_addendum_is_dated_numbered_and_bound_to_what_it_corrects(
    presented: PresentedReport, department: Any
) -> None:
    first = add_addendum(presented, department, "Awards", "Thirteen, not twelve.")
    assert add_addendum(presented, department, "Awards", "Thirteen, not twelve.") == first
    second = add_addendum(presented, department, "Awards", "Fourteen, not thirteen.")
    assert [first.number, second.number] == [1, 2]
    assert first.content_hash != second.content_hash
    shape = report_document(read(fresh(presented.report)))
    assert [item["heading"] for item in shape["addenda"]] == ["1. Awards", "2. Awards"]
    assert presented.data["awards"] == [AWARD]
    refused("Say what is corrected", add_addendum, presented, department, " ", "Text")


def test_the_record_refuses_to_be_rewritten(presented: PresentedReport, department: Any) -> None:
    addendum = add_addendum(presented, department, "Awards", "Thirteen.")
    for row in (presented, addendum):
        with pytest.raises(HistoryIsAppendOnly):
            row.delete()
        with pytest.raises(HistoryIsAppendOnly):
            row.save()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE workflows_presentedreport SET content = '{}'",
        "DELETE FROM workflows_presentedreport",
        "UPDATE workflows_reportaddendum SET text = 'other'",
        "DELETE FROM workflows_reportaddendum",
        "UPDATE workflows_annualreport SET narrative = '[]'",
        "DELETE FROM workflows_annualreport",
        "UPDATE workflows_reportedawards SET number = 13",
        "DELETE FROM workflows_reportedawards",
    ],
)
def test_the_database_refuses_it_too(presented: PresentedReport, department: Any, sql: str) -> None:
    add_addendum(presented, department, "Awards", "Thirteen.")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_refuses_to_present_a_year_before_its_end(report: AnnualReport) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        PresentedReport.objects.create(
            report=report,
            content="{}",
            content_hash="0",
            body="Council",
            meeting_on=report.last_day,
            presented_by_key="1",
            presented_by_name="Ada",
        )


def test_a_figure_of_awards_is_replaced_or_taken_back_while_it_is_a_draft(
    report: AnnualReport, department: Any
) -> None:
    enter_awards(report, department, [AWARD])
    enter_awards(report, department, [AWARD | {"number": 13, "source": "Registrar, 2 October"}])
    row = ReportedAwards.objects.get()
    assert (row.number, row.source) == (13, "Registrar, 2 October")
    assert row.history.count() == 2
    enter_awards(report, department, [AWARD | {"number": None}])
    assert not ReportedAwards.objects.exists()


def test_it_prints_the_checkpoint_that_was_seen_though_the_log_grew_since(
    history: list[Any], report: AnnualReport, department: Any
) -> None:
    """Whoever keeps the report on paper holds the record of its day behind it."""
    seal_all()
    sealed = sealed_count()
    seen = as_it_would_be_kept(report, sealed)[1]
    append(history[0], at=timezone.now(), title="Afterwards")
    seal_all()
    assert sealed_count() > sealed
    presented = present(report, department, COUNCIL, seen, sealed)
    note = Checkpoint.objects.get(pk=sealed).note
    assert presented.data["checkpoint"] == note
    shown = report_document(read(fresh(report)))["sections"][-1]
    assert shown["heading"] == "The record on this day"
    assert note.split("\n")[2] in shown["paragraphs"]
