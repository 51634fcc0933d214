"""A stack drawn, in a browser: accessible, followed by keyboard, and within a phone's width."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from credentials.choices import GroupRule, PrerequisiteKind, StackingApproach
from credentials.models import Component, Offering, Prerequisite
from credentials.models.offerings.stacking import RequirementGroup
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import CertificateProgramFactory, CourseFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLES = (
    "Foundations of community care",
    "Safe patient handling",
    "Fall prevention at home and in long-term residences",
    "Infection control",
)


@pytest.fixture
def program(root: Any) -> Any:
    """A foundation for everyone, two of three electives, and something before it all."""
    courses = []
    for title in TITLES:
        first = [Prerequisite(kind="prerequisite", requires=courses[0])] if courses else []
        made = CourseFactory(
            parent=root, title=title, children={"prerequisites": first}, life="live"
        )
        courses.append(Offering.objects.get(pk=made.pk))
    return CertificateProgramFactory(
        parent=root,
        title="Certificate in community care",
        slug="community-care",
        stacking_approach=StackingApproach.VALUE_ADDED,
        additional_requirements="<p>A portfolio from your own practice.</p>",
        children={
            "components": [
                Component(part=courses[0]),
                *(Component(part=each, required=False, group="E") for each in courses[1:]),
            ],
            "requirement_groups": [
                RequirementGroup(
                    code="E", name="Electives", rule=GroupRule.AT_LEAST, minimum=Decimal(2)
                )
            ],
            "prerequisites": [
                Prerequisite(
                    kind=PrerequisiteKind.PREREQUISITE, description="A licence to practise"
                ),
                Prerequisite(kind=PrerequisiteKind.COREQUISITE, description="A placement"),
            ],
        },
        life="live",
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_public_drawing_is_accessible_and_scrolls_within_a_phone(
    program: Any,
    live_server: Any,
    new_page: Callable[..., Page],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
    scheme: str,
) -> None:
    for viewport, name in ((DESKTOP, "desktop"), (PHONE, "phone")):
        page = new_page(color_scheme=scheme, viewport=viewport)
        page.goto(f"{live_server.url}/catalogue/community-care/")
        axe(page, tags=("best-practice",))
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        drawing = page.locator(".cr-stack")
        drawing.scroll_into_view_if_needed()
        drawing.screenshot(path=screenshot(page, name).with_suffix(".drawing.png"))
        fits = drawing.locator("rect, text").evaluate_all(
            "shapes => [...shapes].every(s => s.tagName !== 'text' || "
            "s.getBBox().width + 10 < s.previousElementSibling.getBBox().width)"
        )
        assert fits, "a title runs out of its box"


def test_keys_lead_from_the_drawing_to_a_part(
    program: Any, live_server: Any, browser_page: Page
) -> None:
    browser_page.goto(f"{live_server.url}/catalogue/community-care/")
    browser_page.locator(".cr-stack").focus()
    browser_page.keyboard.press("Tab")
    focused = browser_page.locator(".cr-stack a:focus")
    expect(focused).to_contain_text("Foundations of")
    browser_page.keyboard.press("Enter")
    expect(browser_page.locator("h1")).to_have_text(TITLES[0])


def test_the_editor_draws_it_too(
    program: Any,
    people: Any,
    live_server: Any,
    browser_page: Page,
    sign_in: Callable[..., None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    sign_in(browser_page, live_server, people["department"])
    address = reverse("wagtailadmin_pages:edit", args=[program.pk])
    browser_page.goto(f"{live_server.url}{address}")
    browser_page.get_by_role("tab", name="Structure").click()
    drawing = browser_page.locator(".cr-stack")
    drawing.scroll_into_view_if_needed()
    expect(drawing).to_be_visible()
    axe(browser_page, context=".cr-stack")
    screenshot(browser_page, full_page=False)
