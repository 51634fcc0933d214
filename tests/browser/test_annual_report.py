"""An annual report in a browser: written, presented, corrected, read on a phone and on paper."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from credentials.academic_year import AcademicYear
from tests.workflows.annual_report.registers import simulate_registers
from tests.workflows.annual_report.simulation import simulate
from workflows.annual_report.draft import begin_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_report_goes_from_draft_to_presented_to_addendum(  # noqa: PLR0915 (one walk)
    root: Any,
    people: Any,
    browser_page: Page,
    phone_page: Page,
    live_server: Any,
    sign_in: Any,
    axe: Any,
    screenshot: Any,
) -> None:
    page, department = browser_page, people["department"]
    simulate_registers(simulate(root, 1, offerings=22, events=70), 1)
    main = {"include": [["main"]]}
    sign_in(page, live_server, department)

    page.goto(live_server.url + reverse("governance:annual_reports"))
    expect(page.get_by_text("No annual report has been begun yet.")).to_be_visible()
    screenshot(page, "empty")
    axe(page, main)
    page.get_by_label("Academic year").select_option(label="2024-25")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("DRAFT: not presented")).to_be_visible()

    page.get_by_role("link", name="Write", exact=True).click()
    page.get_by_label("Heading").first.fill("The year in brief")
    page.locator("[name=narrative-0-text]").fill("Ten offerings were looked after.")
    page.locator("[name=awards-6-number]").fill("12")
    screenshot(page, "write")
    axe(page, main)
    page.get_by_role("button", name="Keep the draft").click()
    expect(page.get_by_text("Say where the figure comes from").first).to_be_visible()
    axe(page, main)
    page.locator("[name=awards-6-source]").fill("Registrar, 1 October 2025")
    page.get_by_role("button", name="Keep the draft").click()
    expect(page.get_by_role("heading", name="The year in brief")).to_be_visible()
    screenshot(page, "draft")
    axe(page, main)

    page.get_by_role("link", name="Present", exact=True).click()
    expect(page.get_by_text("the report never changes")).to_be_visible()
    screenshot(page, "present")
    axe(page, main)
    page.get_by_role("button", name="freeze it").click()
    expect(page.get_by_text("SHA-256 of the record")).to_be_visible()
    page.get_by_role("link", name="Add an addendum").click()
    page.get_by_label("What it corrects").fill("Awards to camps")
    page.get_by_label("Text").fill("Thirteen were issued, not twelve.")
    screenshot(page, "addendum")
    axe(page, main)
    page.get_by_role("button", name="Add it for ever").click()
    expect(page.get_by_role("heading", name="1. Awards to camps")).to_be_visible()
    screenshot(page, "presented")
    axe(page, main)
    address = page.url
    with page.expect_download() as download:
        page.get_by_role("link", name="Accessible PDF").click()
    assert download.value.suggested_filename == "annual-report-2024-25.pdf"
    page.emulate_media(media="print")
    expect(page.locator("#wagtail-sidebar")).to_be_hidden()
    screenshot(page, "print")

    begin_report(AcademicYear(2025), department)
    sign_in(phone_page, live_server, department)
    for name, way in (
        ("list", live_server.url + reverse("governance:annual_reports")),
        ("report", address),
    ):
        phone_page.goto(way)
        screenshot(phone_page, f"phone-{name}")
        axe(phone_page, main)
        assert phone_page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), name
