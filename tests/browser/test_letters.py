"""The office changes the words of a decision letter in a real browser, on a desktop and a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from credentials.message_adoption import draft_from
from credentials.models import MessageTemplate
from tests.factories import CourseFactory
from tests.proposals import submit
from workflows.models import DecisionLetter

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GREETING = "Dear colleague, thank you for your proposal."


def send_back(page: Page, live_server: Any, offering: Any) -> DecisionLetter:
    """The Department asks for changes on the proposal's page; the letter that it leaves."""
    page.goto(live_server.url + reverse("governance:proposal", args=[offering.pk]))
    page.get_by_label("Changes requested").check()
    page.locator("textarea[name=comment]").fill("Explain the fee.")
    page.get_by_role("button", name="Record my decision").click()
    expect(page.locator(".messages")).to_be_visible()
    return DecisionLetter.objects.get(offering=offering)


def test_the_office_changes_the_words_of_a_letter(
    root: Any,
    people: dict[str, Any],
    live_server: Any,
    browser_page: Page,
    sign_in: Callable[..., None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    page = browser_page
    proposals = [CourseFactory(parent=root, title=title) for title in ("First", "Second")]
    for proposal in proposals:
        submit(proposal, people["editor"])
    sign_in(page, live_server, people["department"])
    before = send_back(page, live_server, proposals[0])

    page.goto(live_server.url + reverse("letters:index"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Letters and notices")
    axe(page)
    screenshot(page, "letters")
    page.get_by_role("link", name="Changes are asked of the proposers").click()
    expect(page.get_by_text("There is no version yet")).to_be_visible()
    axe(page)
    screenshot(page, "letter-occasion")
    page.get_by_role("link", name="New draft from the supplied text").click()
    axe(page)
    page.get_by_role("button", name="Begin the draft").click()

    body = page.get_by_label("Text in English")
    written = body.input_value()
    body.fill(f"{GREETING} {{fee}}\n\n{written}")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("{fee} is not known in this letter")).to_be_visible()
    axe(page)
    screenshot(page, "letter-refused")
    page.get_by_label("Text in English").fill(f"{GREETING}\n\n{written}")
    page.get_by_role("button", name="Save").click()

    readings = page.get_by_role("region", name=f"{before.reference}: English")
    expect(readings).to_contain_text(GREETING)
    expect(readings).to_contain_text("Explain the fee.")
    expect(page.get_by_role("region", name=f"{before.reference}: French")).to_contain_text(
        "Décision"
    )
    axe(page)
    screenshot(page, "letter-preview")
    page.get_by_role("link", name="Adopt").click()
    expect(page.get_by_role("region", name="What changes")).to_contain_text(GREETING)
    axe(page)
    screenshot(page, "letter-adopt")
    page.get_by_label("I have read what this means").check()
    page.get_by_role("button", name="Adopt").click()
    expect(page.locator(".messages")).to_contain_text("takes force on")
    axe(page)

    after = send_back(page, live_server, proposals[1])
    page.goto(live_server.url + reverse("governance:letter", args=[after.pk]))
    expect(page.locator("main")).to_contain_text(GREETING)
    expect(page.locator("main")).to_contain_text("Version 1")
    axe(page, {"include": [["main"]]})
    page.goto(live_server.url + reverse("governance:letter", args=[before.pk]))
    expect(page.locator("main")).to_contain_text("Explain the fee.")
    expect(page.locator("main")).not_to_contain_text(GREETING)


def test_its_pages_fit_a_phone(
    root: Any,
    people: dict[str, Any],
    live_server: Any,
    phone_page: Page,
    sign_in: Callable[..., None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    office = people["department"]
    version = draft_from(MessageTemplate.objects.text_in_force("letter_changes"), office)
    sign_in(phone_page, live_server, office)
    for name, key in (
        ("index", None),
        ("occasion", version.occasion),
        ("new_draft_supplied", version.occasion),
        ("version", version.pk),
        ("edit", version.pk),
        ("adopt", version.pk),
    ):
        phone_page.goto(live_server.url + reverse(f"letters:{name}", args=[key] if key else []))
        assert phone_page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), name
        axe(phone_page)
        screenshot(phone_page, f"letters-{name}-phone")
