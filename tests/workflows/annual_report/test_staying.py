"""Presented, a report says the same in every form, whatever its data become (CP-3, law 3)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.workflows.annual_report.registers import simulate_registers
from tests.workflows.annual_report.simulation import simulate
from tests.workflows.annual_report.test_presenting import COUNCIL
from tests.workflows.annual_report.test_registers import change_everything
from tests.workflows.documents.reading import words
from workflows.annual_report.content import content_of, whole
from workflows.annual_report.presentation import present
from workflows.models import AnnualReport

pytestmark = [pytest.mark.django_db, pytest.mark.clause("CP-3")]

TABLES = ("figures", "happenings", "reviews", "awards", "osap", "osap-requests", "decisions")


def in_every_form(client: Client, report: AnnualReport) -> dict[str, str]:
    """The page, the words of the PDF, data and tables."""
    page = client.get(reverse("governance:annual_report", args=[report.pk])).content.decode()
    forms = {"page": page[page.index("<article") : page.index("</article>")]}
    for extension in ("pdf", "json", "csv"):
        address = reverse("governance:annual_report_file", args=[report.pk, extension])
        response = client.get(address)
        data = response.getvalue() if response.streaming else response.content
        forms[extension] = words(data) if extension == "pdf" else data.decode()
    for table in TABLES:
        address = reverse("governance:annual_report_table", args=[report.pk, table])
        forms[table] = client.get(address).getvalue().decode()
    return forms


def test_no_form_changes_when_every_register_does(
    root: Any, report: AnnualReport, department: Any, client: Client
) -> None:
    offerings = simulate(root, 2, offerings=22, events=70)
    simulate_registers(offerings, 2)
    presented = present(report, department, COUNCIL, whole(report)[1])
    client.force_login(department)
    before = in_every_form(client, report)
    for outcome in ("Reviewed: to be retired", "Overdue for review", "Declined", "Lapsed"):
        assert outcome in before["page"]
        assert outcome.replace(" ", "") in before["pdf"].replace(" ", "")
    change_everything(offerings)
    assert in_every_form(client, report) == before
    assert presented.content_hash == AnnualReport.objects.get().presented.content_hash
    assert presented.content_hash in before["page"]
    assert content_of(report)["osap"]["figures"] == presented.data["osap"]["figures"]
