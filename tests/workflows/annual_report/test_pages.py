"""The pages on which a report is begun, written, presented and corrected."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from credentials.academic_year import AcademicYear
from credentials.choices import Category
from tests.people import person
from tests.workflows.annual_report.simulation import simulate
from tests.workflows.annual_report.test_presenting import COUNCIL
from workflows.annual_report.content import whole
from workflows.annual_report.draft import begin_report, delete_draft, keep_narrative, stamp_of
from workflows.annual_report.presentation import present
from workflows.exceptions import DecisionRefused
from workflows.models import AnnualReport, PresentedReport

pytestmark = pytest.mark.django_db

MOST_QUERIES = 40  # of Wagtail's page around it, too; whatever the length of the year


def address(name: str, *arguments: Any) -> str:
    return reverse(f"governance:{name}", args=arguments)


def text(client: Client, name: str, *arguments: Any) -> str:
    response = client.get(address(name, *arguments))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def as_department(department: Any, client: Client) -> Client:
    client.force_login(department)
    return client


def writing(report: AnnualReport, **changes: Any) -> dict[str, Any]:
    """What the form of writing sends: two sections in reverse order, no awards."""
    categories = list(Category.values)
    return {
        "seen": stamp_of(report),
        "narrative-TOTAL_FORMS": "2",
        "narrative-INITIAL_FORMS": "0",
        "narrative-0-heading": "Outlook",
        "narrative-0-text": "More to come.",
        "narrative-0-ORDER": "2",
        "narrative-1-heading": "The year",
        "narrative-1-text": "Much was built.",
        "narrative-1-ORDER": "1",
        "awards-TOTAL_FORMS": str(len(categories)),
        "awards-INITIAL_FORMS": str(len(categories)),
        **{f"awards-{n}-category": key for n, key in enumerate(categories)},
        **changes,
    }


def test_without_reports_the_list_says_what_to_do(as_department: Client) -> None:
    page = text(as_department, "annual_reports")
    assert "No annual report has been begun yet." in page
    assert "Begin a report" in page


def test_the_department_begins_a_report(as_department: Client) -> None:
    year = AcademicYear.of(timezone.localdate()).preceding
    response = as_department.post(address("annual_reports"), {"year": year.begins_in}, follow=True)
    assert f"The report on {year} is begun." in response.content.decode()
    assert AnnualReport.objects.get().begins_in == year.begins_in


def test_a_draft_that_was_begun_by_mistake_is_given_up(
    as_department: Client, report: AnnualReport
) -> None:
    asked = text(as_department, "delete_annual_report", report.pk)
    assert f"Delete the draft of the report on {report}?" in asked
    assert AnnualReport.objects.exists()
    response = as_department.post(address("delete_annual_report", report.pk), follow=True)
    assert f"The draft of the report on {report} was deleted." in response.content.decode()
    assert not AnnualReport.objects.exists()


def test_a_presented_report_is_never_deleted(
    as_department: Client, report: AnnualReport, department: Any
) -> None:
    presented = present(report, department, COUNCIL, whole(report)[1])
    response = as_department.post(address("delete_annual_report", report.pk), follow=True)
    assert "stays as it is" in response.content.decode()
    with pytest.raises(DecisionRefused, match="stays as it is"):
        delete_draft(report, department)
    assert PresentedReport.objects.get() == presented


def test_only_the_department_deletes_a_draft(client: Client, report: AnnualReport) -> None:
    client.force_login(person("committee"))
    client.post(address("delete_annual_report", report.pk))
    with pytest.raises(DecisionRefused, match="makes the annual report"):
        delete_draft(report, person("committee"))
    assert AnnualReport.objects.get() == report


def test_a_draft_is_counted_anew_each_time(
    as_department: Client, report: AnnualReport, root: Any
) -> None:
    before = text(as_department, "annual_report", report.pk)
    assert "DRAFT: not presented" in before
    simulate(root, 1, offerings=4, events=12)
    assert text(as_department, "annual_report", report.pk) != before


def test_sections_are_kept_in_the_order_given(as_department: Client, report: AnnualReport) -> None:
    as_department.post(address("write_annual_report", report.pk), writing(report))
    report.refresh_from_db()
    assert [section["heading"] for section in report.narrative] == ["The year", "Outlook"]
    assert "Much was built." in text(as_department, "annual_report", report.pk)


def test_a_figure_of_awards_needs_its_source(as_department: Client, report: AnnualReport) -> None:
    data = writing(report, **{"awards-6-number": "12"})
    response = as_department.post(address("write_annual_report", report.pk), data)
    assert "Say where the figure comes from" in response.content.decode()
    report.refresh_from_db()
    assert report.narrative == []
    data["awards-6-source"] = "Registrar, 1 October"
    as_department.post(address("write_annual_report", report.pk), data)
    assert "Registrar, 1 October" in text(as_department, "annual_report", report.pk)


def test_two_people_do_not_write_over_each_other(
    as_department: Client, report: AnnualReport, department: Any
) -> None:
    mine = writing(report)
    keep_narrative(report, department, [{"heading": "Theirs", "text": "Written meanwhile."}])
    refused = as_department.post(address("write_annual_report", report.pk), mine)
    assert "saved in the meantime" in refused.content.decode()
    assert "Much was built." in refused.content.decode()
    report.refresh_from_db()
    assert [section["heading"] for section in report.narrative] == ["Theirs"]
    as_department.post(
        address("write_annual_report", report.pk), mine | {"seen": refused.context["seen"]}
    )
    report.refresh_from_db()
    assert [section["heading"] for section in report.narrative] == ["The year", "Outlook"]


def test_presenting_is_confirmed_with_what_will_be_kept(
    as_department: Client, report: AnnualReport
) -> None:
    seen = whole(report)[1]
    page = text(as_department, "present_annual_report", report.pk)
    assert seen in page
    assert "the report never changes" in page
    data = {"body": "Academic Council", "meeting_on": "2025-11-20", "reference": "", "seen": seen}
    response = as_department.post(
        address("present_annual_report", report.pk), data | {"seen": "other"}
    )
    assert "The report has changed since you looked at it." in response.content.decode()
    assert not PresentedReport.objects.exists()
    as_department.post(address("present_annual_report", report.pk), data)
    page = text(as_department, "annual_report", report.pk)
    assert "Academic Council, Nov. 20, 2025" in page
    assert "DRAFT" not in page
    assert seen in page


def test_the_year_that_is_not_over_says_when_it_can_be_presented(
    as_department: Client, department: Any
) -> None:
    report = begin_report(AcademicYear.of(timezone.localdate()), department)
    page = text(as_department, "present_annual_report", report.pk)
    assert f"ends on {date_format(report.last_day, 'DATE_FORMAT')}" in page
    assert "freeze it" not in page


def test_a_presented_report_takes_an_addendum_and_nothing_else(
    as_department: Client, report: AnnualReport, department: Any
) -> None:
    present(report, department, COUNCIL, whole(report)[1])
    for name in ("write_annual_report", "present_annual_report"):
        answer = as_department.get(address(name, report.pk), follow=True)
        assert "Correct it by an addendum." in answer.content.decode()
    data = {"heading": "Awards", "text": "Thirteen."}
    as_department.post(address("annual_report_addendum", report.pk), data)
    assert "1. Awards" in text(as_department, "annual_report", report.pk)
    as_department.post(address("annual_report_addendum", report.pk), data)  # a double click
    assert report.presented.addenda.count() == 1


@pytest.mark.parametrize("role", ["committee", "policy_owner"])
def test_others_of_the_offices_read_and_do_not_write(
    report: AnnualReport, client: Client, role: str
) -> None:
    client.force_login(person(role))
    page = text(client, "annual_report", report.pk)
    assert address("write_annual_report", report.pk) not in page
    assert "Begin a report" not in text(client, "annual_reports")
    for name in ("write_annual_report", "present_annual_report"):
        assert client.get(address(name, report.pk)).status_code in (302, 403)


def test_editors_have_no_annual_reports(report: AnnualReport, client: Client) -> None:
    client.force_login(person("editor"))
    for name, arguments in (
        ("annual_reports", []),
        ("annual_report", [report.pk]),
        ("annual_report_file", [report.pk, "json"]),
    ):
        assert client.get(address(name, *arguments)).status_code in (302, 403)


def test_a_page_costs_as_many_queries_in_a_long_year(
    as_department: Client, report: AnnualReport, root: Any, django_assert_max_num_queries: Any
) -> None:
    simulate(root, 1, offerings=20, events=120)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = text(as_department, "annual_report", report.pk)
    assert page.count("<svg") >= 2
