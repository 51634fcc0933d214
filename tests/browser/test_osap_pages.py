"""OSAP from the home page to the ministry's answer, and the editor's warning, in a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from credentials.models import OsapRecord
from tests.factories import MicroCredentialFactory
from tests.osap import approve_osap, osap_record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def record(root: Any) -> OsapRecord:
    """To prepare, of a published micro-credential, beside others in other states."""
    made = []
    for title, acts in (
        ("Safe transfers", ()),
        ("First aid", ("submitted",)),
        ("Fire watch", ("submitted", "declined")),
    ):
        offering = MicroCredentialFactory(
            parent=root, title=title, weeks=6, osap_eligible=True, live=False
        )
        type(offering).objects.filter(pk=offering.pk).update(draft_title=title)
        made.append(osap_record(offering, *acts))
    return made[0]


def test_a_request_is_prepared_sent_and_answered(
    record: OsapRecord,
    people: Any,
    live_server: Any,
    browser_page: Page,
    phone_page: Page,
    sign_in: Callable[..., None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    page = browser_page
    sign_in(page, live_server, people["department"])
    panel = page.locator("#panel-osap-to-send-section, #osap-to-send, [id*=osap-to-send]").first
    expect(panel).to_be_visible()
    screenshot(page, "home")
    page.goto(f"{live_server.url}{reverse('osap:index')}")
    expect(page.get_by_role("link", name="Safe transfers")).to_be_visible()
    axe(page)
    screenshot(page, "register")
    page.get_by_role("link", name="Safe transfers").click()
    axe(page)
    screenshot(page, "record")
    page.get_by_role("link", name="Edit the figures").click()
    page.fill("#id_weeks", "12")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("it must be under 12 in")).to_be_visible()
    axe(page)
    screenshot(page, "refused")
    page.fill("#id_weeks", "6")
    page.fill("#id_noc_2", "33103")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("33102, 33103")).to_be_visible()
    page.goto(f"{live_server.url}{reverse('osap:index')}")
    page.get_by_label("Choose Safe transfers").check()
    page.get_by_role("button", name="Mark the chosen as submitted").click()
    expect(page.get_by_text("All are marked, or none")).to_be_visible()
    axe(page)
    screenshot(page, "submit-all")
    page.get_by_role("button", name="Yes, they were sent").click()
    page.goto(f"{live_server.url}{reverse('osap:record', args=[record.pk])}")
    page.get_by_role("link", name="Approved by the ministry").click()
    page.fill("#id_reference", "OSAP-MC-2060")
    page.get_by_role("button", name="Record the approval").click()
    expect(page.get_by_text("OSAP-MC-2060")).to_be_visible()
    page.goto(f"{live_server.url}{reverse('osap:years')}")
    axe(page)
    screenshot(page, "years")
    sign_in(phone_page, live_server, people["department"])
    for name, address in (
        ("register", reverse("osap:index")),
        ("record", reverse("osap:record", args=[record.pk])),
        ("edit", reverse("osap:edit", args=[record.pk])),
    ):
        phone_page.goto(f"{live_server.url}{address}")
        axe(phone_page)
        width = phone_page.evaluate("document.documentElement.scrollWidth")
        assert width <= phone_page.viewport_size["width"], name
        screenshot(phone_page, f"phone-{name}")


def test_an_editor_is_warned_at_the_field_before_saving(
    root: Any,
    people: Any,
    live_server: Any,
    browser_page: Page,
    sign_in: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    offering = MicroCredentialFactory(parent=root, weeks=6, osap_eligible=True, fee="495.00")
    approve_osap(offering)
    page = browser_page
    sign_in(page, live_server, people["editor"])
    page.goto(f"{live_server.url}{reverse('wagtailadmin_pages:edit', args=[offering.pk])}")
    page.get_by_role("tab", name="Delivery and cost").click()
    page.fill("#id_hours", "60")
    warning = page.locator(".osap-warning", has_text="departs from that")
    expect(warning).to_be_visible()
    screenshot(page, "warned", full_page=False)
    page.fill("#id_hours", "24.0")
    expect(warning).to_have_count(0)
    assert Client().get(reverse("osap:index")).status_code == 302
