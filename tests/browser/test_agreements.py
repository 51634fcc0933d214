"""A responsibilities agreement from its draft to the last signature, in a real browser (MC-6)."""

from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from credentials.agreements.status import standing_of
from credentials.agreements.versions import open_for_signature
from credentials.choices import Duty
from credentials.models import Agreement
from tests.credentials.agreements.papers import (
    EMPLOYER,
    code_in,
    letters_to,
    link_in,
    make_agreement,
)
from tests.factories import MicroCredentialFactory, partner

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("MC-6"),
]
# The green of messages that pass by is Wagtail's own.
MAIN = {"include": [["main"]], "exclude": [[".messages"]]}


@pytest.fixture
def offering(root: Any, people: Any) -> Any:
    """A draft that nobody has agreed on yet."""
    return MicroCredentialFactory(
        parent=root,
        title="Safe Patient Transfer",
        author=people["editor"],
        children={"partners": [partner("Lakeshore Health")]},
        agreed=False,
    )


def admin(live_server: Any, name: str, *args: Any) -> str:
    """An address of agreements in the admin."""
    return f"{live_server.url}{reverse(f'credentials_agreements:{name}', args=args)}"


def test_an_editor_writes_it_opens_it_and_sends_it_out(
    offering: Any,
    people: Any,
    browser_page: Page,
    live_server: Any,
    sign_in: Any,
    axe: Any,
    screenshot: Any,
) -> None:
    page = browser_page
    sign_in(page, live_server, people["editor"])
    page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[offering.pk]))
    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="Agreement", exact=True).click()
    expect(page.locator("#id_parties-1-name")).to_have_value("Lakeshore Health")

    page.locator("#id_starts_on").fill("2026-01-01")
    page.locator("#id_starts_on").press("Escape")
    page.locator("#id_learning_system").fill("Lakeshore Learn")
    for number, (name, address) in enumerate(
        [("Department", "department@example.org"), ("Élodie Roy", EMPLOYER)]
    ):
        page.locator(f"#id_parties-{number}-signatory_name").fill(name)
        page.locator(f"#id_parties-{number}-signatory_email").fill(address)
    for duty in Duty.values[1:]:
        page.locator(f"input[name=parties-0-duties][value={duty}]").check()
    screenshot(page, "editing")
    axe(page, MAIN)
    page.get_by_role("button", name="Create").click()
    expect(page.locator("main")).to_contain_text("Nobody takes on: Development")
    screenshot(page, "gaps")
    axe(page, MAIN)

    page.get_by_role("link", name="Edit the terms").click()
    page.locator("input[name=parties-1-duties][value=development]").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Open for signature").click()
    expect(page.locator("main")).to_contain_text("Open this version for signature?")
    screenshot(page, "opening")
    axe(page, MAIN)
    page.get_by_role("button", name="Yes, open it").click()
    expect(page.locator("main")).to_contain_text("Lakeshore Health has to sign")
    page.get_by_role("button", name="Send Lakeshore Health a private link").click()
    expect(page.locator("main")).to_contain_text("the link works until")
    screenshot(page, "waiting")
    axe(page, MAIN)
    assert letters_to(EMPLOYER)


def test_everyone_signs(
    offering: Any,
    people: Any,
    browser_page: Page,
    new_page: Any,
    live_server: Any,
    sign_in: Any,
    axe: Any,
    screenshot: Any,
) -> None:
    agreement = make_agreement(offering, people)
    open_for_signature(agreement, people["editor"])
    department, employer = Agreement.objects.get().parties.all()

    page = browser_page
    sign_in(page, live_server, people["department"])
    page.goto(admin(live_server, "agreement", agreement.pk))
    page.get_by_role("link", name="Read and sign for").click()
    expect(page.locator("main")).to_contain_text("You sign for")
    screenshot(page, "in-the-admin")
    axe(page, MAIN)
    page.get_by_label("I have read these terms").check()
    page.get_by_role("button", name="Sign").click()
    expect(page.locator(".messages")).to_contain_text("You have signed")

    mail.outbox.clear()
    page.goto(admin(live_server, "agreement", agreement.pk))
    page.get_by_role("button", name=f"Send {employer.name} a private link").click()
    expect(page.locator(".messages")).to_contain_text("on its way")

    # No script, a phone: what an outside signatory may have.
    outside = new_page(
        java_script_enabled=False, viewport={"width": 390, "height": 844}, is_mobile=True
    )
    outside.goto(live_server.url + link_in(letters_to(EMPLOYER)[0]))
    expect(outside.locator("main")).not_to_contain_text("Safe Patient Transfer")
    screenshot(outside, "link")
    outside.get_by_role("button", name="Send me a code").click()
    outside.get_by_label("Code").fill("12")
    outside.get_by_role("button", name="Go on to the agreement").click()
    expect(outside.locator("[role=alert]")).to_contain_text("not the code")
    screenshot(outside, "wrong-code")
    outside.get_by_label("Code").fill(code_in(letters_to(EMPLOYER)[-1]))
    outside.get_by_role("button", name="Go on to the agreement").click()
    expect(outside.locator("main")).to_contain_text("Lends the ward for practice.")
    screenshot(outside, "terms")
    outside.get_by_role("button", name="Sign").click()
    expect(outside.locator("[role=alert]")).to_contain_text("Tick this once")
    outside.get_by_label("I have read these terms").check()
    outside.get_by_label("Your full name").fill("Élodie Roy")
    outside.get_by_role("button", name="Sign").click()
    expect(outside.locator("h1")).to_contain_text("you have signed")
    screenshot(outside, "signed")
    assert standing_of(Agreement.objects.get()).in_force
    assert department.signatures.count() == 1

    page.goto(admin(live_server, "agreement", agreement.pk))
    expect(page.locator("main")).to_contain_text("every party has signed")
    screenshot(page, "in-force")
    page.emulate_media(media="print")
    screenshot(page, "printed")


def test_the_public_pages_are_accessible_in_both_languages(
    offering: Any,
    people: Any,
    new_page: Any,
    live_server: Any,
    sign_in: Any,
    axe: Any,
    screenshot: Any,
) -> None:
    agreement = make_agreement(offering, people)
    open_for_signature(agreement, people["editor"])
    editor = new_page()
    sign_in(editor, live_server, people["editor"])
    page = new_page(locale="fr-CA", color_scheme="dark")
    for attempt in range(2):
        editor.goto(admin(live_server, "agreement", agreement.pk))
        editor.get_by_role("button", name="Send Lakeshore Health a").click()
        expect(editor.locator(".messages")).to_contain_text("on its way")
        page.goto(live_server.url + link_in(letters_to(EMPLOYER)[-1]))
        axe(page)
        page.locator("button[value=send]").click()
        page.locator("button[value=enter]").click()
        expect(page.locator("[role=alert]")).to_be_visible()
        axe(page)
        screenshot(page, f"code-{attempt}")
        page.locator("[name=code]").fill(code_in(letters_to(EMPLOYER)[-1]))
        page.locator("button[value=enter]").click()
        axe(page)
        screenshot(page, f"terms-{attempt}")
        page = new_page()  # the second time in English, in the light
    page.goto(f"{live_server.url}/credentials/agreements/wrong/")
    expect(page.locator("h1")).to_have_text("This link does not work")
    screenshot(page, "gone")
    axe(page)


def test_the_register_is_accessible(
    offering: Any,
    people: Any,
    browser_page: Page,
    phone_page: Page,
    live_server: Any,
    sign_in: Any,
    axe: Any,
    screenshot: Any,
) -> None:
    agreement = make_agreement(offering, people)
    open_for_signature(agreement, people["editor"])
    for page, device in ((browser_page, "desktop"), (phone_page, "phone")):
        sign_in(page, live_server, people["editor"])
        for name, address in {
            "register": f"{live_server.url}/admin/credentials/agreement/",
            "choose": f"{live_server.url}/admin/credentials/agreement/create/",
            "agreement": admin(live_server, "agreement", agreement.pk),
            "cancel": admin(live_server, "cancel", agreement.pk),
        }.items():
            response = page.goto(address)
            assert response and response.ok, address
            screenshot(page, f"{name}-{device}")
            axe(page, MAIN)
