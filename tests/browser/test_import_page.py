"""Importing a spreadsheet in a real browser: with mouse, keyboard, axe, and without JavaScript."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from credentials.models import Offering
from tests.credentials.importing.conftest import ROW, as_csv

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    """One good row and one bad."""
    path = tmp_path / "offerings.csv"
    bad = {"reference": "CE-2", "hours": "many"}
    path.write_text(as_csv([ROW, {**ROW, **bad}]), encoding="utf-8")
    return path


def test_a_spreadsheet_is_checked_and_imported(
    live_server: Any,
    browser_page: Page,
    sign_in: Callable[..., None],
    axe: Callable[..., None],
    people: dict[str, Any],
    listing: Path,
) -> None:
    page = browser_page
    sign_in(page, live_server, people["department"])
    page.goto(live_server.url + reverse("credentials_imports:index"))
    expect(page.get_by_text("Nothing has been imported yet")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="New import").click()
    axe(page)
    page.get_by_label("File").set_input_files(listing)
    page.get_by_role("button", name="Upload and match columns").press("Enter")
    expect(page.get_by_label("Column for title")).to_have_value("title")
    axe(page)
    page.get_by_role("button", name="Check the rows").press("Enter")
    expect(page.get_by_text("This is not a number.")).to_be_visible()
    axe(page)
    assert Offering.objects.count() == 0
    page.get_by_label("Leave out the invalid rows").press("Space")
    page.get_by_role("button", name="Import as drafts").press("Enter")
    expect(page.get_by_text("1 drafts were made")).to_be_visible()
    axe(page)
    assert [offering.live for offering in Offering.objects.all()] == [False]
    page.goto(live_server.url + reverse("credentials_imports:index"))
    expect(page.get_by_role("link", name="offerings.csv")).to_be_visible()
    axe(page)


def test_an_import_works_without_javascript(
    live_server: Any,
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    people: dict[str, Any],
    listing: Path,
) -> None:
    page = new_page(java_script_enabled=False)
    sign_in(page, live_server, people["department"])
    page.goto(live_server.url + reverse("credentials_imports:new"))
    page.get_by_label("File").set_input_files(listing)
    page.get_by_role("button", name="Upload and match columns").click()
    page.get_by_role("button", name="Check the rows").click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Leave out the invalid rows").check()
    page.get_by_role("button", name="Import as drafts").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("1 drafts were made")).to_be_visible()
