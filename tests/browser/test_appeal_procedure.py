"""The appeal procedure in a real browser: the office edits it, and people read it (AP-2)."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from appeals.adoption import draft_from
from appeals.deadlines.closing_days import add_closure
from appeals.models import Procedure, UniversityClosure
from credentials.conf import conf

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("AP-2"),
]


@pytest.fixture
def office(people: dict[str, Any]) -> Any:
    """Somebody of the appeals office."""
    user = get_user_model().objects.create_user("office", "office@example.org", "secret")
    user.groups.add(Group.objects.get(name=conf().ROLE_GROUPS["appeals_office"]))
    return user


@pytest.fixture
def draft(office: Any) -> Procedure:
    """A draft that says what the version in force says."""
    return draft_from(Procedure.objects.in_force().get(), office, "Appeal procedures (draft)")


@pytest.fixture
def closure(office: Any) -> UniversityClosure:
    """Three days of winter break, soon."""
    first = timezone.localdate() + datetime.timedelta(days=5)
    closed = UniversityClosure(
        first_day=first,
        last_day=first + datetime.timedelta(days=2),
        name_en="Winter break",
        name_fr="Congé d’hiver",
    )
    return add_closure(closed, office)


def settle(page: Page) -> None:
    """Wait until Wagtail's message has faded in; half faded it has too little contrast."""
    page.wait_for_function(
        "!document.querySelector('.messages')?.getAnimations({subtree: true}).length"
    )


def fits(page: Page) -> None:
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], page.url  # type: ignore[index]


def test_the_office_writes_a_draft(
    live_server: Any,
    browser_page: Page,
    sign_in: Callable[..., None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
    office: Any,
    closure: UniversityClosure,
) -> None:
    page = browser_page
    sign_in(page, live_server, office)
    page.get_by_role("button", name="Appeals").click()
    page.get_by_role("link", name="Procedure", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Appeal procedure")
    axe(page)
    screenshot(page, "versions")
    page.get_by_role("link", name="New draft from the version in force").click()
    page.get_by_label("Label of the draft").fill("Appeal procedures 2027-01")
    axe(page)
    page.get_by_role("button", name="Begin the draft").click()
    expect(page.get_by_text("was begun")).to_be_visible()
    settle(page)
    axe(page)
    screenshot(page, "draft")

    page.get_by_role("link", name="Edit", exact=True).first.click()
    expect(page.get_by_role("spinbutton", name="Time to appeal")).to_be_visible()
    axe(page)
    screenshot(page, "edit")
    page.get_by_role("spinbutton", name="Time to appeal").fill("0")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It could not be saved")).to_be_visible()
    settle(page)
    axe(page)
    screenshot(page, "edit-wrong")
    page.get_by_role("spinbutton", name="Time to appeal").fill("15")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The draft was saved")).to_be_visible()

    page.get_by_text("Acknowledgement", exact=True).click()
    page.get_by_role("link", name="Edit “Acknowledgement”").click()
    expect(page.get_by_text("Write what is filled in")).to_be_visible()
    axe(page)
    screenshot(page, "letter")
    page.get_by_label("Text in English").fill("Your case is {numbre}")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("{numbre} is not known in this letter").first).to_be_visible()
    page.get_by_label("Text in English").fill("Your case is {number}")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("was saved")).to_be_visible()


def test_the_office_brings_a_new_version_into_force(
    live_server: Any,
    browser_page: Page,
    sign_in: Callable[..., None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
    office: Any,
    draft: Procedure,
    closure: UniversityClosure,
) -> None:
    draft.time_limit = 15
    draft.save()
    page = browser_page
    sign_in(page, live_server, office)
    version = live_server.url + reverse("appeal_procedure:version", args=[draft.pk])
    page.goto(version)
    page.get_by_role("link", name="Preview dates").first.click()
    page.get_by_label("Received on").fill("2026-12-17")
    page.get_by_label("Received at").fill("16:01")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Under the version in force")).to_be_visible()
    expect(page.get_by_text("after the cut-off").first).to_be_visible()
    axe(page)
    screenshot(page, "preview")

    page.goto(version)
    page.get_by_role("link", name="Bring into force").first.click()
    expect(page.get_by_role("cell", name="Time to appeal")).to_be_visible()
    axe(page)
    screenshot(page, "force")
    page.get_by_role("button", name="Bring into force").click()
    expect(page.get_by_text("Confirm that it cannot be undone.")).to_be_visible()
    axe(page)
    page.get_by_label("I have read what this means").check()
    page.get_by_role("button", name="Bring into force").click()
    expect(page.get_by_text("takes force on")).to_be_visible()
    assert Procedure.objects.in_force().get().time_limit == 15
    page.goto(live_server.url + reverse("appeals:procedure"))
    expect(page.get_by_text("15 working days").first).to_be_visible()


def test_the_office_keeps_the_closures(
    live_server: Any,
    browser_page: Page,
    sign_in: Callable[..., None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
    office: Any,
    closure: UniversityClosure,
) -> None:
    page = browser_page
    sign_in(page, live_server, office)
    page.goto(live_server.url + reverse("appeal_closures:index"))
    expect(page.get_by_role("cell", name="Winter break", exact=True)).to_be_visible()
    axe(page)
    screenshot(page, "closures")
    page.get_by_role("link", name="Add a closure").click()
    page.get_by_label("First day").fill("2031-05-02")
    page.get_by_label("Last day").fill("2031-05-01")
    page.keyboard.press("Escape")
    page.get_by_label("Name in English").fill("Burst pipe")
    page.get_by_label("Name in French").fill("Conduite rompue")
    page.get_by_role("button", name="See what it moves").click()
    expect(page.get_by_text("comes before the first")).to_be_visible()
    axe(page)
    page.get_by_label("Last day").fill("2031-05-02")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="See what it moves").click()
    expect(page.get_by_text("No open deadline moves.")).to_be_visible()
    axe(page)
    screenshot(page, "moves")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("“Burst pipe” was added.")).to_be_visible()
    page.get_by_role("link", name="Remove Burst pipe").click()
    axe(page)
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("“Burst pipe” was removed.")).to_be_visible()


def test_the_offices_pages_fit_a_phone(
    live_server: Any,
    phone_page: Page,
    sign_in: Callable[..., None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
    office: Any,
    draft: Procedure,
    closure: UniversityClosure,
) -> None:
    page = phone_page
    sign_in(page, live_server, office)
    draft.time_limit = 15
    draft.save()
    addresses = {
        "index": reverse("appeal_procedure:index"),
        "closures": reverse("appeal_closures:index"),
        **{
            name: reverse(f"appeal_procedure:{name}", args=[draft.pk])
            for name in ("version", "preview", "changes", "adopt", "edit")
        },
    }
    for name, address in addresses.items():
        page.goto(live_server.url + address)
        axe(page)
        screenshot(page, name)
        fits(page)


@pytest.mark.parametrize("language", ["en-CA", "fr-CA"])
@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_people_read_the_procedure_without_javascript(
    live_server: Any,
    new_page: Callable[..., Page],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
    closure: UniversityClosure,
    language: str,
    device: str,
) -> None:
    size = {"viewport": {"width": 390, "height": 844}} if device == "phone" else {}
    page = new_page(locale=language, **size)
    page.goto(live_server.url + reverse("appeals:procedure"))
    page.locator("summary").click()
    expect(page.locator("table.ap-days")).to_be_visible()
    axe(page)
    fits(page)
    screenshot(page)
    still = new_page(locale=language, java_script_enabled=False, **size)
    still.goto(live_server.url + reverse("appeals:procedure"))
    still.locator("summary").click()
    expect(still.locator("table.ap-days")).to_be_visible()
