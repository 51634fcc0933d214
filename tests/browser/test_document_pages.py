"""Documents and the calendar page in a browser: accessible, on a desktop, a phone and paper."""

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.committee import carry, committee, seat_committee
from tests.factories import MicroCredentialFactory
from tests.proposals import edit
from tests.workflows.documents.conftest import to_committee
from tests.workflows.documents.reading import opened
from workflows.meetings.agenda import build_agenda
from workflows.models import Decision, DecisionLetter, Meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_documents_are_accessible_and_print_without_the_admin_around_them(
    root: Any,
    people: Any,
    browser_page: Page,
    phone_page: Page,
    live_server: Any,
    sign_in: Any,
    axe: Any,
    screenshot: Any,
) -> None:
    seats = seat_committee()
    offering = MicroCredentialFactory(parent=root, title="Wound Care", life="live")
    edit(offering, competency="Dresses wounds safely.")
    to_committee(offering)
    to_committee(MicroCredentialFactory(parent=root, title="Safe Transfers"))
    meeting = Meeting.objects.create(
        committee=committee(),
        starts_at=timezone.now() + datetime.timedelta(days=14),
        link="https://meet.example.org/" + "m" * 60,
    )
    build_agenda(meeting, seats["secretary"])
    carry(offering)
    decision = Decision.objects.filter(motion__isnull=False).latest("pk")
    letter = DecisionLetter.objects.filter(decision=decision).first()
    if letter is None:
        letter = DecisionLetter.objects.create(
            decision=decision,
            offering_id=decision.offering_id,
            reference="MCCL-1",
            subject="Decision on Wound Care",
            sections=[{"heading": "Reasons", "text": "Good."}],
            addressees=["Editor"],
        )
    secretary = seats["secretary"]
    secretary.set_password("secret")
    secretary.save()
    addresses = {
        "package": reverse("governance:agenda_package", args=[meeting.pk]),
        "letter": reverse("governance:letter", args=[letter.pk]),
        "calendar": reverse("governance:calendar"),
    }
    for page, device in ((browser_page, "desktop"), (phone_page, "phone")):
        sign_in(page, live_server, secretary)
        for name, address in addresses.items():
            response = page.goto(live_server.url + address)
            assert response and response.ok, address
            screenshot(page, f"{name}-{device}")
            axe(page, {"include": [["main"]]})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), name
    browser_page.goto(live_server.url + addresses["calendar"])
    browser_page.get_by_role("button", name="Get a private address").click()
    address = browser_page.locator(".calendar-address").inner_text()
    screenshot(browser_page, "calendar-open")
    axe(browser_page, {"include": [[".proposal"]]})
    browser_page.get_by_text("Renew the address").click()
    browser_page.get_by_role("button", name="Yes, renew it").click()
    expect(browser_page.locator(".calendar-address")).not_to_have_text(address)
    browser_page.goto(live_server.url + addresses["package"])
    browser_page.emulate_media(media="print")
    expect(browser_page.locator("#wagtail-sidebar")).to_be_hidden()
    screenshot(browser_page, "package-print")
    printed = browser_page.pdf()

    assert len(opened(printed).pages) > 2  # nothing is cut off at the end of the window
