"""The findings panel in the editor, and readiness in the listings."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from credentials.compliance.gates import report_on
from credentials.compliance.standings import refresh_all, refresh_one
from credentials.models import Course, MicroCredential
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.proposals import edit

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client, people: Any) -> Client:
    client.force_login(people["editor"])
    return client


def edit_page(client: Client, offering: Any) -> str:
    response = client.get(reverse("wagtailadmin_pages:edit", args=[offering.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_micro_credential_shows_what_the_policy_asks(editor: Client, root: Page) -> None:
    address = reverse("wagtailadmin_pages:add", args=["credentials", "microcredential", root.pk])
    page = editor.get(address).content.decode()
    assert 'data-side-panel="findings"' in page
    for finding in report_on(MicroCredential()).findings:
        assert finding.clause in page
    assert "Fill in “objectives”" in page
    assert 'data-findings-field="objectives"' in page


def test_a_finding_leads_to_its_clause_and_its_row(editor: Client, root: Page) -> None:
    offering = MicroCredentialFactory(parent=root)
    edit(offering, objectives="")
    draft = offering.get_latest_revision_as_object()
    draft.assessments.all()[0].outcome_codes = "LO1, LO9"
    draft.objectives = ""
    draft.save_revision()
    page = edit_page(editor, offering)
    assert reverse("policy:clause", args=["PA-6"]) in page
    assert 'data-findings-row="0" data-findings-name="outcome_codes"' in page
    assert "Go to assessment 1, outcomes covered" in page


def test_what_is_complete_shows_that_nothing_is_missing(editor: Client, root: Page) -> None:
    offering = MicroCredentialFactory(parent=root)
    page = edit_page(editor, offering)
    assert "Nothing is missing" in page
    assert 'data-count="0"' in page


def test_findings_on_another_page_lead_there(editor: Client, root: Page) -> None:
    offering = MicroCredentialFactory(parent=root, agreed=False)
    page = edit_page(editor, offering)
    assert reverse("credentials_admission:sign_off", args=[offering.pk]) in page
    assert reverse("credentials_agreements:of_offering", args=[offering.pk]) in page


def test_an_automatic_save_brings_the_panel_anew(editor: Client, root: Page) -> None:
    data = {"title": "Transfer", "slug": "transfer"}
    relations = (
        "partners outcomes assessments offering_skills components requirement_groups "
        "prerequisites sessions association_evidence comments"
    )
    for name in relations.split():
        data |= {f"{name}-TOTAL_FORMS": "0", f"{name}-INITIAL_FORMS": "0"}
    data |= {"curriculum-count": "0", "description": "null", "admission_requirements": "null"}
    data |= {"additional_requirements": "null", "language": "en", "credit_basis": "nac"}
    address = reverse("wagtailadmin_pages:add", args=["credentials", "microcredential", root.pk])
    made = editor.post(address, data, headers={"Accept": "application/json"}).json()
    assert made["success"], made
    hydrated = editor.get(made["hydrate_url"]).content.decode()
    assert "Fill in “objectives”" in hydrated
    data |= {"objectives": "Fewer falls.", "overwrite_revision_id": str(made["revision_id"])}
    saved = editor.post(made["url"], data, headers={"Accept": "application/json"}).json()
    assert saved["success"], saved
    assert "[data-side-panel=&#x27;findings&#x27;]" in saved["html"] or "findings" in saved["html"]
    assert "Fill in “objectives”" not in saved["html"]
    assert "Fill in “stakeholders”" in saved["html"]


def test_findings_take_four_queries_beyond_the_content(
    root: Page, django_assert_max_num_queries: Any
) -> None:
    offering = MicroCredentialFactory(parent=root)
    draft = offering.get_latest_revision_as_object()
    report_on(draft)
    with django_assert_max_num_queries(4):
        report_on(draft)


@pytest.fixture
def catalogue(root: Page) -> dict[str, Any]:
    """One offering of each standing."""
    held_up = CourseFactory(parent=root, title="Held up")
    edit(held_up, objectives="", stakeholders="")
    made = {
        "held_up": held_up,
        "ready": MicroCredentialFactory(parent=root, title="Ready but unsigned", agreed=False),
        "advice": MicroCredentialFactory(parent=root, title="Advice only", hours=320),
    }
    refresh_all()
    return made


def titles(response: Any) -> set[str]:
    return {page.title for page in response.context["object_list"]}


@pytest.mark.parametrize("address", ["offerings:index", "wagtailadmin_explore"])
def test_listings_show_readiness_and_filter_by_it(
    editor: Client, root: Page, catalogue: dict[str, Any], address: str
) -> None:
    url = reverse(address, args=[root.pk] if address == "wagtailadmin_explore" else [])
    page = editor.get(url)
    assert "2 before submission" in page.content.decode()
    assert titles(editor.get(url, {"readiness": "held_up"})) == {"Held up"}
    assert titles(editor.get(url, {"readiness": "ready"})) == {"Ready but unsigned", "Advice only"}
    assert titles(editor.get(url, {"readiness": "advice"})) == {"Advice only"}
    assert titles(editor.get(url, {"kind": "course"})) == {"Held up"}
    assert titles(editor.get(url, {"category": "short_course"})) == {"Held up"}


def test_the_listing_is_exported_with_its_figures(
    editor: Client, catalogue: dict[str, Any]
) -> None:
    response = editor.get(reverse("offerings:index"), {"export": "csv"})
    lines = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert "Before submission" in lines[0]
    held_up = next(line for line in lines if line.startswith("Held up"))
    assert held_up.split(",")[1:3] == ["course", "short_course"]


@pytest.mark.parametrize("address", ["offerings:index", "wagtailadmin_explore"])
def test_a_longer_listing_asks_for_readiness_no_more_often(
    editor: Client,
    root: Page,
    catalogue: dict[str, Any],
    address: str,
) -> None:
    url = reverse(address, args=[root.pk] if address == "wagtailadmin_explore" else [])
    editor.get(url)
    few = readiness_queries(editor, url)
    for number in range(5):
        course = CourseFactory(parent=root, title=f"More {number}")
        refresh_one(course.pk)
    assert readiness_queries(editor, url) == few
    assert Course.objects.count() == 6


def readiness_queries(client: Client, url: str) -> int:
    """How often a listing asks for readiness."""
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return sum("credentials_readiness" in query["sql"] for query in asked.captured_queries)
