"""Public pages in French, in a real browser: accessible, fitting, switched without scripts."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from credentials.models import Session
from home.models import HomePage
from tests.browser.conftest import PHONE
from tests.factories import CourseFactory, MicroCredentialFactory, partner, skill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESSES = {
    "home": "/",
    "listing": "/catalogue/?q=safe&delivery=face_to_face&hours_max=400",
    "misunderstood": "/catalogue/?hours_max=soon&kind=nonsense",
    "offering": "/catalogue/safe-patient-handling/",
    "missing": "/no/such/page/",
}


@pytest.fixture
def catalogue(root: Any) -> Any:
    """A page with French texts, and two offerings, one of them taught in French."""
    HomePage.objects.update(title_fr="Formation continue")
    MicroCredentialFactory(
        parent=root,
        title="Safe patient handling",
        delivery_modes=["face_to_face"],
        children={
            "partners": [partner()],
            "offering_skills": [skill("Risk assessment")],
            "sessions": [
                Session(
                    starts=datetime.date(2099, 1, 12),
                    registration_url="https://register.example.org/1",
                )
            ],
        },
        life="live",
    )
    CourseFactory(parent=root, title="Pain au levain", language="fr", life="live")
    return root


def test_french_pages_are_accessible_and_fit(
    catalogue: Any,
    live_server: Any,
    new_page: Callable[..., Page],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    desktop = new_page(locale="fr-CA")
    phone = new_page(locale="fr-CA", viewport=PHONE, is_mobile=True, has_touch=True)
    for name, address in ADDRESSES.items():
        for page, width in ((desktop, "desktop"), (phone, "phone")):
            page.goto(f"{live_server.url}{address}")
            expect(page.locator("html")).to_have_attribute("lang", "fr")
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
            screenshot(page, f"{name} {width}")


def test_the_filters_open_in_french_on_a_phone(
    catalogue: Any,
    live_server: Any,
    new_page: Callable[..., Page],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    page = new_page(locale="fr-CA", viewport=PHONE, is_mobile=True, has_touch=True)
    page.goto(f"{live_server.url}/catalogue/")
    page.get_by_role("button", name="Filtres et tri").click()
    expect(page.get_by_label("Trier par")).to_be_visible()
    screenshot(page, full_page=False)
    # The button that stays at the bottom covers what has not been scrolled up yet.
    page.locator("#filters").evaluate("panel => panel.scrollTo(0, panel.scrollHeight)")
    axe(page)


def test_a_visitor_without_scripts_switches_and_stays_on_the_search(
    catalogue: Any, live_server: Any, new_page: Callable[..., Page]
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{live_server.url}/catalogue/?q=handling")
    page.get_by_role("link", name="Français").click()
    expect(page).to_have_url(f"{live_server.url}/catalogue/?q=handling")
    expect(page.get_by_role("status")).to_have_text("1 formation")
    page.get_by_role("link", name="Safe patient handling").click()
    expect(page.get_by_role("heading", name="En bref")).to_be_visible()
    page.get_by_role("navigation", name="Langue des pages").get_by_text("English").click()
    expect(page.get_by_role("heading", name="At a glance")).to_be_visible()
