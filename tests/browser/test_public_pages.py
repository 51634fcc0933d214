"""Public pages in a real browser: accessible, light and dark, on a phone, without scripts."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from credentials.choices import StackingApproach
from credentials.models import Component, Offering, Prerequisite, Session
from tests.browser.conftest import PHONE
from tests.factories import (
    CertificateProgramFactory,
    CourseFactory,
    DigitalBadgeFactory,
    MicroCredentialFactory,
    partner,
    skill,
)
from tests.lifecycle import settle
from tests.people import person
from workflows.proposals.retirement import request_retirement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESSES = {
    "home": "/",
    "listing": "/catalogue/",
    "search": "/catalogue/?q=safe&kind=micro_credential&hours_max=40",
    "nothing found": "/catalogue/?q=glaciology&kind=course",
    "misunderstood": "/catalogue/?hours_max=soon&kind=nonsense",
    "offering": "/catalogue/safe-patient-handling/",
    "stack": "/catalogue/community-care/",
    "french": "/catalogue/pain-au-levain/",
    "retired": "/catalogue/fall-prevention/",
    "withdrawn": "/catalogue/peer-mentor/",
    "missing": "/no/such/page/",
}


@pytest.fixture
def catalogue(root: Any) -> Any:
    """A small catalogue in which something stands in every state."""
    handling = MicroCredentialFactory(
        parent=root,
        title="Safe patient handling",
        children={
            "partners": [partner()],
            "offering_skills": [skill("Risk assessment")],
            "sessions": [
                Session(
                    starts=datetime.date(2099, 1, 12),
                    place="North Campus",
                    registration_url="https://register.example.org/1",
                ),
                Session(
                    starts=datetime.date(2099, 5, 4),
                    registration_url="https://register.example.org/2",
                ),
            ],
        },
        life="live",
    )
    CertificateProgramFactory(
        parent=root,
        title="Community care",
        stacking_approach=StackingApproach.VERTICAL,
        children={
            "components": [Component(part=Offering.objects.get(pk=handling.pk))],
            "prerequisites": [Prerequisite(requires=Offering.objects.get(pk=handling.pk))],
        },
        life="live",
    )
    CourseFactory(parent=root, title="Pain au levain", language="fr", life="live")
    for factory, title, action in (
        (MicroCredentialFactory, "Fall prevention", "retire"),
        (DigitalBadgeFactory, "Peer mentor", "withdraw"),
    ):
        offering = factory(parent=root, title=title, life="live")
        asked = request_retirement(
            offering, person("department"), action=action, note="Replaced.", reason="Old."
        )
        settle(asked)
    return root


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_public_page_is_accessible(
    catalogue: Any,
    live_server: Any,
    new_page: Callable[..., Page],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
    scheme: str,
) -> None:
    desktop = new_page(color_scheme=scheme)
    phone = new_page(color_scheme=scheme, viewport=PHONE, is_mobile=True, has_touch=True)
    for name, address in ADDRESSES.items():
        for page, width in ((desktop, "desktop"), (phone, "phone")):
            page.goto(f"{live_server.url}{address}")
            page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
            axe(page, tags=("best-practice",))
            assert fits(page), f"{name} on a {width} has to be scrolled sideways"
            screenshot(page, f"{name} {width}")


def test_an_offering_is_found_and_read_without_scripts_on_a_phone(
    catalogue: Any,
    live_server: Any,
    new_page: Callable[..., Page],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    page = new_page(java_script_enabled=False, viewport=PHONE, is_mobile=True, has_touch=True)
    page.goto(live_server.url)
    page.get_by_label("What do you want to be able to do?").fill("safe")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_have_text("3 offerings")

    filters = page.get_by_role("group", name="Filters and order")
    expect(filters).to_be_hidden()
    page.get_by_role("button", name="Filters and order").click()
    expect(filters).to_be_visible()
    screenshot(page, "filters", full_page=False)
    filters.get_by_role("checkbox", name="Micro-credential").check()
    filters.get_by_role("button", name="Show results").click()
    expect(page.get_by_role("status")).to_have_text("1 offering")

    page.get_by_role("link", name="Safe patient handling").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Safe patient handling")
    expect(page.get_by_role("heading", name="What you will be able to do")).to_be_visible()
    page.locator("summary", has_text="History").click()
    expect(page.get_by_role("region", name="Approval").get_by_role("listitem")).to_have_count(1)
    page.get_by_role("link", name="Community care").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Community care")


def test_a_filter_is_taken_away_with_one_click(
    catalogue: Any, live_server: Any, browser_page: Page
) -> None:
    page = browser_page
    page.goto(f"{live_server.url}/catalogue/?kind=course&language=fr")
    expect(page.get_by_role("status")).to_have_text("1 offering")
    page.get_by_role("link", name="Remove Kind: Course").click()
    expect(page).to_have_url(f"{live_server.url}/catalogue/?language=fr")
    page.get_by_role("link", name="Clear all").click()
    expect(page.get_by_role("status")).to_have_text("3 offerings")


def test_the_keyboard_alone_reaches_the_content_and_sees_where_it_is(
    catalogue: Any, live_server: Any, browser_page: Page
) -> None:
    page = browser_page
    page.goto(f"{live_server.url}/catalogue/safe-patient-handling/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    link = page.get_by_role("navigation", name="Breadcrumb").get_by_role("link")
    expect(link).to_be_focused()
    assert link.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


@pytest.mark.parametrize("colour", ["#fff176", "#111111", "#e53935"])
def test_any_colours_of_an_institution_stay_readable(
    catalogue: Any,
    live_server: Any,
    new_page: Callable[..., Page],
    axe: Callable[..., None],
    settings: Any,
    colour: str,
) -> None:
    settings.CREDENCE = {"PRIMARY_COLOUR": colour, "ACCENT_COLOUR": colour}
    for scheme in ("light", "dark"):
        page = new_page(color_scheme=scheme)
        for name in ("home", "search", "offering"):
            page.goto(f"{live_server.url}{ADDRESSES[name]}")
            axe(page)


def test_paper_shows_the_offering_and_leaves_the_site_behind(
    catalogue: Any, live_server: Any, browser_page: Page, screenshot: Callable[..., Any]
) -> None:
    page = browser_page
    page.emulate_media(media="print")
    page.goto(f"{live_server.url}/catalogue/safe-patient-handling/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("region", name="Approval")).to_be_visible()
    for hidden in (".site-footer", ".cr-breadcrumb", ".cr-button >> nth=0"):
        expect(page.locator(hidden)).to_be_hidden()
    screenshot(page)
