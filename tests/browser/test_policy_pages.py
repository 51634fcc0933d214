"""The policy's place in the admin, in a real browser: axe, keyboard, phone, without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import Page, expect

from credentials.compliance import standings, what_if
from credentials.compliance.adoption import draft_from
from credentials.compliance.policies import policy_in_force
from credentials.conf import conf
from credentials.models import PolicyVersion, WhatIf
from tests.factories import CourseFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def owner(people: dict[str, Any]) -> Any:
    """Somebody of the policy owner's office."""
    user = get_user_model().objects.create_user("owner", "owner@example.org", "secret")
    user.groups.add(Group.objects.get(name=conf().ROLE_GROUPS["policy_owner"]))
    return user


@pytest.fixture
def policy_draft(owner: Any, root: Any) -> PolicyVersion:
    """A draft that asks for three outcomes and no objectives, with two courses published."""
    for number in (1, 2):
        course = CourseFactory(parent=root, title=f"Course {number}", life="live")
        standings.refresh_one(course.pk)
    draft = draft_from(policy_in_force(), owner, "ACD 1532 (draft)")
    draft.clauses.get(number="PA-1").delete()
    rule = draft.clauses.get(number="PA-5").rules.get(rule="outcomes")
    rule.number = 3
    rule.save()
    return draft


def open_page(page: Page, live_server: Any, name: str, *args: Any) -> None:
    """Go to a page of the policy."""
    response = page.goto(live_server.url + reverse(f"policy:{name}", args=args))
    assert response and response.ok, name


def test_the_owner_tries_a_draft_and_reads_whom_it_affects(
    live_server: Any,
    browser_page: Page,
    sign_in: Callable[..., None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
    owner: Any,
    policy_draft: PolicyVersion,
) -> None:
    page = browser_page
    sign_in(page, live_server, owner)
    axe(page)
    screenshot(page, "home")
    page.get_by_role("link", name="Policy", exact=True).click()
    axe(page)
    screenshot(page, "versions")
    page.get_by_role("link", name=policy_draft.label, exact=True).click()
    axe(page)
    screenshot(page, "draft")
    page.get_by_role("button", name="Run a what-if").press("Enter")
    expect(page.get_by_text("2 offerings would be affected")).to_be_visible()
    axe(page)
    screenshot(page, "report")
    page.get_by_label("Clause", exact=True).select_option("PA-5")
    page.get_by_role("button", name="Filter").press("Enter")
    expect(page.get_by_role("link", name="Course 1")).to_be_visible()
    axe(page)


def test_the_owner_edits_a_clause_and_adopts(
    live_server: Any,
    browser_page: Page,
    sign_in: Callable[..., None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
    owner: Any,
    policy_draft: PolicyVersion,
) -> None:
    page = browser_page
    sign_in(page, live_server, owner)
    clause = policy_draft.clauses.get(number="SH-3")
    open_page(page, live_server, "edit_clause", policy_draft.pk, clause.pk)
    expect(page.get_by_role("textbox", name="Heading")).to_be_visible()
    axe(page)
    screenshot(page, "clause")
    page.get_by_role("spinbutton", name="Figure").fill("")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("This rule needs a figure.")).to_be_visible()
    # Wagtail's message fades in; half faded it has too little contrast.
    page.wait_for_function(
        "!document.querySelector('.messages').getAnimations({subtree: true}).length"
    )
    axe(page)
    page.get_by_role("spinbutton", name="Figure").fill("24")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Clause SH-3 was saved.")).to_be_visible()
    for name in ("changes", "adopt", "facts", "add_clause", "delete_draft", "new_draft"):
        open_page(page, live_server, name, policy_draft.pk)
        axe(page)
        screenshot(page, name)
    open_page(page, live_server, "delete_clause", policy_draft.pk, clause.pk)
    axe(page)


def test_an_editor_reads_a_clause_and_the_version_in_force(
    live_server: Any,
    browser_page: Page,
    sign_in: Callable[..., None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
    people: dict[str, Any],
    policy_draft: PolicyVersion,
) -> None:
    page = browser_page
    sign_in(page, live_server, people["editor"])
    open_page(page, live_server, "version", policy_in_force().pk)
    axe(page)
    screenshot(page, "in-force")
    page.get_by_role("link", name="PA-1", exact=True).click()
    page.get_by_role("link", name="2 meet it").click()
    expect(page.get_by_role("link", name="Course 1")).to_be_visible()
    axe(page)
    screenshot(page, "clause")


def test_the_pages_fit_a_phone(
    live_server: Any,
    phone_page: Page,
    sign_in: Callable[..., None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
    owner: Any,
    policy_draft: PolicyVersion,
) -> None:
    trial = what_if.begin(policy_draft, owner)
    what_if.run(trial.pk)
    page = phone_page
    sign_in(page, live_server, owner)
    pages = [
        ("index", []),
        ("version", [policy_in_force().pk]),
        ("clause", ["PA-5"]),
        ("what_if", [trial.pk]),
        ("adopt", [policy_draft.pk]),
    ]
    for name, args in pages:
        open_page(page, live_server, name, *args)
        axe(page)
        screenshot(page, f"phone {name}")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size["width"], name  # type: ignore[index]


def test_a_report_prints_whole(
    live_server: Any,
    browser_page: Page,
    sign_in: Callable[..., None],
    screenshot: Callable[..., Any],
    owner: Any,
    policy_draft: PolicyVersion,
) -> None:
    trial = what_if.begin(policy_draft, owner)
    what_if.run(trial.pk)
    page = browser_page
    sign_in(page, live_server, owner)
    open_page(page, live_server, "what_if", trial.pk)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Filter")).to_be_hidden()
    expect(page.locator("#wagtail-sidebar")).to_be_hidden()
    expect(page.get_by_role("link", name="Course 2")).to_be_visible()
    screenshot(page, "print")
    content, shown = page.evaluate(
        "[document.querySelector('#main').scrollHeight, document.documentElement.scrollHeight]"
    )
    assert shown >= content


def test_a_what_if_runs_without_javascript(
    live_server: Any,
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    owner: Any,
    policy_draft: PolicyVersion,
) -> None:
    page = new_page(java_script_enabled=False)
    sign_in(page, live_server, owner)
    open_page(page, live_server, "version", policy_draft.pk)
    page.get_by_role("button", name="Run a what-if").click()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_text("2 offerings would be affected")).to_be_visible()
    assert WhatIf.objects.get().state == WhatIf.State.DONE
