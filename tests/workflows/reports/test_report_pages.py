"""Who may read the reports, what they say, and what a download holds."""

import csv
import io
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import CourseFactory
from tests.workflows.reports.records import DAY, THEN, decision, event
from workflows.admin.reports.urls import REPORTS
from workflows.models import Decision

pytestmark = pytest.mark.django_db

ADDRESSES = [f"governance:report_{report.slug}" for report in REPORTS]


@pytest.fixture
def outsider(client: Client, people: dict[str, Any]) -> Client:
    """Somebody who works in the admin, and may not read decisions."""
    user = get_user_model().objects.create_user("out", "out@example.org", "secret")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    return client


def table_of(response: Any) -> list[list[str]]:
    """A CSV as rows of cells."""
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_may_not_read_decisions_may_not_read_reports(outsider: Client, address: str) -> None:
    for name in (address, f"{address}_results"):
        response = outsider.get(reverse(name), {"export": "csv"})
        assert response.status_code == 302
        assert reverse("wagtailadmin_home") in response["Location"]


def test_the_menu_leads_to_what_one_may_read(
    client: Client, people: dict[str, Any], outsider: Client
) -> None:
    address = reverse("governance:report_stage_times")
    home = reverse("wagtailadmin_home")
    assert address not in outsider.get(home).content.decode()
    client.force_login(people["department"])
    assert address in client.get(home).content.decode()


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.slug)
def test_an_empty_report_says_so(get: Any, report: Any) -> None:
    for table in report.tables:
        response = get(report.slug, show=table)
        assert response.context["no_results_message"] in response.content.decode()
        assert response.context["chart"] is None
        assert len(table_of(get(report.slug, show=table, export="csv"))) == 1


def test_a_filter_that_cannot_be_read_is_named_and_not_exported(get: Any) -> None:
    response = get("lapsing", months="-3", export="csv")
    assert "greater than or equal to 1" in response.content.decode()
    assert "text/html" in response["Content-Type"]


@pytest.mark.parametrize(
    ("slug", "name"), [("stage_times", "decided_at_to"), ("workload", "days_to")]
)
def test_a_day_at_the_end_of_the_calendar_is_named_too(get: Any, slug: str, name: str) -> None:
    response = get(slug, **{name: "9999-12-31"})
    assert "Choose a day of our time." in response.content.decode()


def test_what_is_downloaded_is_what_is_shown(get: Any, root: Any) -> None:
    slow = CourseFactory(parent=root, title="=Slow course", agreed=False)
    for number, days in enumerate((2, 5)):
        event(slow, f"p{number}", THEN).save()
        facts = {"route": "Courses" if number else "Other"}
        decision(slow, f"p{number}", THEN + days * DAY, **facts).save()
    asked = {"show": "decisions", "route": "Courses"}
    headings, *rows = table_of(get("stage_times", export="csv", **asked))
    assert [row[0] for row in rows] == ["'=Slow course"]
    assert rows[0][headings.index("Days")] == "5.0"
    assert rows[0][-1] == f"http://testserver{reverse('governance:timeline', args=[slow.pk])}"
    book = load_workbook(io.BytesIO(get("stage_times", export="xlsx", **asked).getvalue()))
    cells = list(book.active.values)
    assert [str(cell) for cell in cells[0]] == headings
    assert cells[1][headings.index("Days")] == 5
    assert Decision.objects.count() == 2


def test_the_chart_says_in_words_what_it_draws(get: Any, root: Any) -> None:
    course = CourseFactory(parent=root, agreed=False)
    event(course, "p", THEN).save()
    decision(course, "p", THEN + 5 * DAY).save()
    page = get("stage_times").content.decode()
    assert page.count("5.0 days") == 4  # median and longest, in the picture and in its table
    assert 'role="img"' in page
