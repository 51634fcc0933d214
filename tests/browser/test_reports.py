"""The office's reports in a real browser: read, filtered, by keyboard, on a phone, in the dark."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from bench.history import add_history
from bench.holdings import add_holdings, add_offerings, seat_committee
from workflows.admin.reports.urls import REPORTS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def department(people: dict[str, Any], root: Any) -> Any:
    """Somebody of the Department, with a catalogue that has a history."""
    keys = add_offerings(root, 18)
    add_holdings(keys)
    seat_committee()
    add_history(keys, 200)
    return people["department"]


def open_report(page: Page, live_server: Any, slug: str, query: str = "") -> None:
    """Go to a report."""
    response = page.goto(f"{live_server.url}{reverse(f'governance:report_{slug}')}{query}")
    assert response and response.ok, slug


def test_the_department_reads_every_report(
    live_server: Any,
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
    department: Any,
) -> None:
    page = new_page()
    sign_in(page, live_server, department)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for report in REPORTS:
            open_report(page, live_server, report.slug)
            title = page.locator("figcaption h2").inner_text()
            expect(page.get_by_role("img", name=title)).to_be_visible()
            for summary in page.locator(".report-details > summary").all():
                summary.click()
            axe(page)
            screenshot(page, f"{report.slug} {scheme}")


def test_reports_fit_a_phone(
    live_server: Any,
    phone_page: Page,
    sign_in: Callable[..., None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
    department: Any,
) -> None:
    page = phone_page
    sign_in(page, live_server, department)
    for report in REPORTS:
        open_report(page, live_server, report.slug)
        axe(page)
        screenshot(page, f"phone {report.slug}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size["width"], report.slug  # type: ignore[index]


def test_a_report_is_filtered_and_downloaded_by_keyboard(
    live_server: Any,
    browser_page: Page,
    sign_in: Callable[..., None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
    department: Any,
) -> None:
    page = browser_page
    sign_in(page, live_server, department)
    open_report(page, live_server, "stage_times")
    page.get_by_role("button", name="Show filters").press("Enter")
    page.get_by_role("button", name="Show", exact=True).press("Enter")
    page.get_by_label("Single decisions").press("Space")
    expect(page.get_by_role("columnheader", name="Outcome")).to_be_visible()
    axe(page)
    screenshot(page, "filtered")
    page.get_by_role("button", name="Actions").press("Enter")
    csv = page.get_by_role("link", name="Download CSV")
    expect(csv).to_be_visible()
    csv.focus()
    expect(csv).to_be_focused()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "stage_times-decisions.csv"


def test_the_menu_leads_to_a_report_that_reads_without_javascript(
    live_server: Any,
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    screenshot: Callable[..., Any],
    department: Any,
) -> None:
    page = new_page(java_script_enabled=False)
    sign_in(page, live_server, department)
    today = datetime.date.today()
    open_report(page, live_server, "workload", f"?days_to={today:%Y-%m-%d}")
    expect(page.get_by_role("img")).to_be_visible()
    page.get_by_text("The chart as a table").click()
    expect(page.get_by_role("columnheader", name="Motions opened").first).to_be_visible()
    screenshot(page, "without-javascript")
