"""The office works an appeal from filing to closing, and the decider decides, in a browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from appeals.acts import contacts
from appeals.choices import Stage
from appeals.models import Case
from tests.appeals.making import make_case
from tests.appeals.staff import make_staff

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("AP-1"),
]


@pytest.fixture
def staff(people: dict[str, Any]) -> dict[str, Any]:
    return make_staff()


FILING = {
    "appellant_name": "Wilhelmina Unmistakable",
    "appellant_email": "wilhelmina@learners.example",
    "offering_title": "Data for Nurses",
    "decision": "A grade of 48 in the final assessment",
    "respondent_name": "Ignatius Firstinstance",
    "respondent_email": "ignatius@deciders.example",
    "statement": "The rubric was exchanged after the deadline.",
    "remedy": "A new assessment",
}
NEW_EMAIL = "wil.right@learners.example"
# Acts of the office up to the decision, by the names of their buttons, with what is written.
TO_THE_DECISION: tuple[tuple[str, dict[str, str]], ...] = (
    ("Ask for what is missing", {"text": "The decision itself"}),
    ("Note what came in", {}),
    ("Find it complete", {}),
    ("Ask for the response", {}),
    ("Note the response", {"text": "We followed the rules."}),
    ("Extend the deadline", {"working_days": "5", "text": "The rubric is looked for."}),
    ("Suspend", {"text": "Illness"}),
    ("Take it up again", {}),
    ("Put it before the decider", {}),
)


@pytest.fixture
def look(axe: Callable[..., None], screenshot: Callable[..., Any]) -> Callable[[Page, str], None]:
    """A page is accessible, and what it looks like is kept."""

    def at(page: Page, name: str) -> None:
        axe(page)
        screenshot(page, name)

    return at


def act(page: Page, look: Callable[[Page, str], None], name: str, **fields: str) -> None:
    """Do one act of a case from its page."""
    button = page.get_by_role("link", name=name, exact=True)
    if not button.is_visible():
        page.get_by_text("More that can be done").click()
    button.click()
    does_it = page.get_by_role("button", name=name, exact=True)
    expect(does_it).to_be_visible()  # the page is there
    for field, value in fields.items():
        page.fill(f"#id_{field}", value)
    look(page, name)
    does_it.click()
    expect(page.locator(".messages")).to_contain_text("Done")


def end_links(page: Page, look: Callable[[Page, str], None]) -> None:
    """End the appellant's private links, first without choosing whose."""
    page.get_by_text("More that can be done").click()
    page.get_by_role("link", name="End private links").click()
    page.fill("#id_text", "A stranger has one.")
    page.get_by_role("button", name="End private links").click()
    expect(page.get_by_text("This field is required.")).to_be_visible()
    look(page, "links refused")
    page.get_by_label("The appellant’s").check()
    page.get_by_role("button", name="End private links").click()
    expect(page.get_by_text("The appellant’s links")).to_be_visible()


def file_it(page: Page, look: Callable[[Page, str], None]) -> Case:
    """From the empty board to a filed appeal, first with everything left out."""
    expect(page.get_by_text("No appeal is open.")).to_be_visible()
    look(page, "empty board")
    page.get_by_role("link", name="File an appeal for somebody").click()
    page.get_by_role("button", name="File the appeal").click()
    expect(page.get_by_text("This field is required.").first).to_be_visible()
    look(page, "filing refused")
    today = timezone.localdate().isoformat()
    for field, value in {**FILING, "decided_on": today, "received_on": today}.items():
        page.fill(f"#id_{field}", value)
    page.get_by_label("Procedural irregularity").check()
    page.get_by_role("button", name="File the appeal").click()
    expect(page.get_by_text("The appeal is filed.")).to_be_visible()
    page.get_by_text("How this is counted").click()
    look(page, "filed")
    return Case.objects.get()


def decide(page: Page, look: Callable[[Page, str], None]) -> None:
    """The decider upholds it, first without saying what follows."""
    page.get_by_role("link", name="Decide", exact=True).click()
    page.get_by_label("Upheld").check()
    page.fill("#id_text", "The rubric was changed after the deadline.")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.get_by_text("What follows: write something")).to_be_visible()
    look(page, "decision refused")
    page.fill("#id_action", "Assess again by the first rubric.")
    page.get_by_role("button", name="Decide", exact=True).click()
    expect(page.get_by_text("The decision requires:")).to_be_visible()


def issue_letter(page: Page, look: Callable[[Page, str], None], number: str) -> None:
    """The office issues the letter, reads it and saves it as PDF."""
    page.get_by_role("link", name="Issue a letter").click()
    look(page, "letter")
    page.get_by_role("button", name="Issue the letter").click()
    page.get_by_role("link", name=f"{number}/1").click()
    look(page, "issued")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as PDF").click()
    assert download.value.suggested_filename == f"{number}-1.pdf"


def test_an_appeal_from_filing_to_closing(
    staff: dict[str, Any],
    live_server: Any,
    browser_page: Page,
    sign_in: Callable[..., None],
    look: Callable[[Page, str], None],
) -> None:
    page = browser_page

    def go(name: str, *args: str) -> None:
        page.goto(f"{live_server.url}{reverse(name, args=args)}")

    sign_in(page, live_server, staff["office"])
    go("appeals_admin:board")
    number = file_it(page, look).number
    for name, fields in TO_THE_DECISION:
        act(page, look, name, **fields)
    sign_in(page, live_server, staff["decider"])
    go("appeals_admin:case", number)
    decide(page, look)
    sign_in(page, live_server, staff["office"])
    go("appeals_admin:case", number)
    look(page, "concluded")
    issue_letter(page, look, number)
    go("appeals_admin:case", number)
    act(page, look, "Record that it is done", text="The grade is 68 now.")
    act(page, look, "Correct the appellant’s address", email=NEW_EMAIL, text="They rang us.")
    expect(page.get_by_text("Address corrected")).to_be_visible()
    end_links(page, look)
    act(page, look, "Close the file")
    look(page, "closed")
    for name in ("appeals_admin:log", "appeals_admin:statistics", "appeals_case_modeladmin_index"):
        go(name)
        look(page, name)


def test_the_board_on_a_desktop_and_on_a_phone(
    staff: dict[str, Any],
    people: dict[str, Any],
    live_server: Any,
    browser_page: Page,
    phone_page: Page,
    sign_in: Callable[..., None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    made = [make_case(staff, stage) for stage in Stage if stage not in ("suspended", "closed")]
    contacts.correct_address(staff["office"], made[-1], NEW_EMAIL, "555 0199", "They rang us.")
    for page, name in ((browser_page, "desktop"), (phone_page, "phone")):
        sign_in(page, live_server, staff["office"])
        for view, address in (
            ("board", reverse("appeals_admin:board")),
            ("case", reverse("appeals_admin:case", args=[made[-1].number])),
            ("act", reverse("appeals_admin:act", args=[made[1].number, "extend"])),
            ("end-links", reverse("appeals_admin:act", args=[made[-1].number, "end-links"])),
            ("address", reverse("appeals_admin:act", args=[made[-1].number, "correct-address"])),
            ("log", reverse("appeals_admin:log")),
            ("log-filtered", reverse("appeals_admin:log") + "?what=case&superusers=on"),
            ("log-wrong", reverse("appeals_admin:log") + "?what=nonsense"),
            ("home", reverse("wagtailadmin_home")),
        ):
            page.goto(f"{live_server.url}{address}")
            axe(page)
            screenshot(page, f"{name}-{view}")
            assert page.locator("h1").count() == 1, view
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= page.viewport_size["width"], (name, view)
    sign_in(browser_page, live_server, people["superuser"])
    browser_page.goto(f"{live_server.url}{reverse('appeals_admin:case', args=[made[0].number])}")
    axe(browser_page)
    screenshot(browser_page, "reason")
