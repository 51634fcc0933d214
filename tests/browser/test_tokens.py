"""A person makes an API token, sees it once, copies it, and revokes it; the administrator too."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.tokens import token_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def works(key: str) -> bool:
    """Whether the API takes it."""
    client = Client(headers={"Authorization": f"Bearer {key}"})
    return bool(client.get("/api/v3/whoami/").status_code == 200)


def test_a_token_is_made_by_keyboard_shown_once_and_revoked(
    people: Any, live_server: Any, browser_page: Page, sign_in: Any, axe: Any, screenshot: Any
) -> None:
    page = browser_page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(page, live_server, people["committee"])
    page.goto(f"{live_server.url}{reverse('wagtailadmin_account')}")
    page.get_by_role("tab", name="More actions").click()
    page.get_by_role("link", name="Your API tokens").click()
    expect(page.get_by_text("You have no tokens.")).to_be_visible()
    axe(page)
    screenshot(page, "empty")

    page.get_by_role("link", name="Make a token").press("Enter")
    page.get_by_label("Name", exact=False).first.fill("Curriculum system")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Read what you may read")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Act as you: draft, vote, decide")).to_be_checked()
    page.get_by_label("Your password").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This is not your password.")).to_be_visible()
    axe(page)
    screenshot(page, "form")
    page.get_by_label("Your password").fill("secret")
    page.keyboard.press("Enter")

    expect(page.get_by_text("it is shown this once and kept nowhere")).to_be_visible()
    key = page.get_by_label("Token", exact=True).input_value()
    assert works(key)
    axe(page)
    page.get_by_role("button", name="Copy the token").press("Enter")
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == key
    screenshot(page, "made")

    page.get_by_role("link", name="I have it: back to the list").press("Enter")
    expect(page.get_by_role("rowheader", name="Curriculum system")).to_be_visible()
    assert key not in page.content()
    axe(page)
    screenshot(page, "list")
    page.get_by_role("link", name="Revoke “Curriculum system”").press("Enter")
    expect(page.get_by_role("heading", name="Revoke the token")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Yes, revoke it").press("Enter")
    expect(page.get_by_text("“Curriculum system” is revoked.")).to_be_visible()
    assert not works(key)
    axe(page)


def test_the_administrator_ends_one_with_a_reason(
    people: Any, live_server: Any, phone_page: Page, sign_in: Any, axe: Any, screenshot: Any
) -> None:
    _token, key = token_of(people["committee"], "Curriculum system")
    page = phone_page
    sign_in(page, live_server, people["superuser"])
    address = reverse("credentials_personaltoken_modeladmin_index")
    page.goto(f"{live_server.url}{address}")
    expect(page.get_by_role("link", name="Revoke “Curriculum system”")).to_be_visible()
    axe(page, {"include": [["main"]]})
    screenshot(page, "all")
    page.get_by_role("link", name="Revoke “Curriculum system”").click()
    page.get_by_label("Reason").fill("It was in a public repository.")
    axe(page)
    page.get_by_role("button", name="Revoke it").click()
    expect(page.get_by_text("It was in a public repository.")).to_be_visible()
    assert not works(key)
