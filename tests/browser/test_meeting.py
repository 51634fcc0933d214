"""A meeting from its agenda to confirmed minutes and a published page, in a real browser."""

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from credentials.models import PublishedVersion
from credentials.people.roles import grant_roles
from tests.committee import seat_committee
from tests.factories import MicroCredentialFactory
from tests.people import person
from tests.proposals import approve, submit
from workflows.models import Committee, Meeting, Motion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "secret"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
VOTERS = ("chair", "second", "third")


@pytest.fixture
def members(root: Any) -> dict[str, Any]:
    """A chair, two voting members and a secretary, who can sign in."""
    grant_roles(root)
    seated = seat_committee()
    for member in seated.values():
        member.set_password(PASSWORD)
        member.save()
    return seated


@pytest.fixture
def waiting(root: Any, members: dict[str, Any]) -> list[Any]:
    """Two proposals that the Department has passed on to the committee."""
    offerings = []
    for title in ("Safe Patient Transfer", "Wound Care at Home"):
        offering = MicroCredentialFactory(parent=root, title=title)
        submit(offering, person("editor"))
        approve(offering, person("department"))
        offerings.append(offering)
    return offerings


def plan(page: Page, server: Any) -> Meeting:
    """The secretary plans a meeting for tomorrow, with a reason for the short notice."""
    page.goto(server.url + reverse("governance:new_meeting"))
    tomorrow = timezone.localtime() + datetime.timedelta(days=1)
    page.locator("#id_starts_at").fill(f"{tomorrow:%Y-%m-%d %H:%M}")
    page.keyboard.press("Escape")
    page.locator("#id_place").fill("Senate Chamber")
    page.locator("#id_short_notice_reason").fill("A storm moved it.")
    page.get_by_role("button", name="Save").last.click()
    expect(page.locator("main")).to_contain_text("Senate Chamber")
    return Meeting.objects.get()


def confirm(page: Page, summary: str, button: str) -> None:
    """Open what asks for confirmation, and confirm."""
    page.get_by_text(summary, exact=True).click()
    page.get_by_role("button", name=button).click()


class Chamber:
    """The secretary's and the members' browsers in one meeting."""

    def __init__(self, server: Any, new_page: Any, sign_in: Any, members: dict[str, Any]) -> None:
        self.server, self.members = server, members
        self._new_page, self._sign_in = new_page, sign_in
        self.secretary = self.enter("secretary")

    def enter(self, name: str, **device: Any) -> Page:
        """A browser in which one of the members is signed in."""
        page: Page = self._new_page(**device)
        self._sign_in(page, self.server, self.members[name], PASSWORD)
        return page

    def open(self, page: Page, name: str, *args: Any) -> None:
        """Open an address of governance."""
        page.goto(self.server.url + reverse(f"governance:{name}", args=args))


def said(page: Page, text: str) -> None:
    """What the admin answers."""
    expect(page.locator(".messages")).to_contain_text(text)


@pytest.fixture
def look(axe: Any, screenshot: Any) -> Any:
    """Check a page at rest for accessibility, and keep its picture."""

    def check(page: Page, name: str) -> None:
        page.wait_for_timeout(1_000)  # messages fade in
        axe(page, {"include": [["main"]]})
        screenshot(page, name)

    return check


@pytest.fixture
def chamber(live_server: Any, new_page: Any, sign_in: Any, members: Any) -> Chamber:
    """A committee with its secretary signed in."""
    return Chamber(live_server, new_page, sign_in, members)


def prepare(chamber: Chamber, waiting: list[Any], look: Any) -> Meeting:
    """Plan, build and order the agenda, call the meeting; a member pulls an item."""
    page = chamber.secretary
    meeting = plan(page, chamber.server)
    page.get_by_role("button", name="Add what waits for the committee").click()
    for offering in waiting:
        expect(page.locator("main")).to_contain_text(offering.title)
    page.get_by_role("button", name=f"Move “{waiting[1].title}” up").click()
    expect(page.locator("[data-agenda-item]").first).to_contain_text(waiting[1].title)
    look(page, "agenda")
    confirm(page, "Call the meeting", "Yes, call it")
    said(page, "The meeting is called")
    member = chamber.enter("second", **PHONE)
    chamber.open(member, "meeting", meeting.pk)
    member.get_by_text("Pull to discussion").first.click()
    member.get_by_label("What should be discussed?").first.fill("Who assesses it?")
    member.get_by_role("button", name="Pull it").first.click()
    said(member, "Moved to discussion")
    look(member, "agenda on a phone")
    return meeting


def begin(chamber: Chamber, meeting: Meeting, look: Any) -> None:
    """Open the meeting, record who is there, put both items to the vote."""
    page = chamber.secretary
    chamber.open(page, "meeting", meeting.pk)
    confirm(page, "Open the meeting", "Yes, open it")
    for name in VOTERS:
        present = f"{chamber.members[name].get_full_name()} is here"
        page.get_by_role("button", name=present).click()
        said(page, "is present")
    page.get_by_role("button", name="Put the consent items to the vote").click()
    said(page, "Motions opened: 1")
    page.get_by_role("button", name="Put “").click()
    said(page, "The motion is open")
    look(page, "running")


def vote(chamber: Chamber, meeting: Meeting, name: str, look: Any) -> None:
    """A member votes on the consent part at once, then on what was discussed, on a phone."""
    page = chamber.enter(name, **PHONE)
    chamber.open(page, "run_meeting", meeting.pk)
    page.get_by_role("link", name="Vote on 1 consent item").click()
    page.get_by_label("Yes").check()
    page.get_by_role("button", name="Vote on all").click()
    said(page, "Your votes are recorded: 1")
    chamber.open(page, "motion", _in_discussion(meeting).pk)
    page.get_by_label("Yes", exact=True).check()
    if name == "second":
        look(page, "ballot on a phone")
    page.get_by_role("button", name="Cast my vote").click()
    said(page, "Your vote is recorded")


def decide(chamber: Chamber, meeting: Meeting, look: Any) -> None:
    """Close both motions and adjourn."""
    page = chamber.secretary
    for motion in Motion.objects.filter(meeting=meeting):
        chamber.open(page, "close_motion", motion.pk)
        expect(page.locator("main")).to_contain_text("3 of 3 seats")
        look(page, "closing")
        page.get_by_role("button", name="Close and count").click()
        said(page, "Carried")
    expect(page.locator("main")).to_contain_text("3 yes 0 no: carried")
    look(page, "decided")
    confirm(page, "Adjourn", "Yes, adjourn")
    said(page, "its minutes are drafted")


def keep_minutes(chamber: Chamber, meeting: Meeting, look: Any) -> None:
    """Edit and confirm the minutes."""
    page = chamber.secretary
    chamber.open(page, "minutes", meeting.pk)
    page.locator("#id_section-0-text").fill("The committee met in the Senate Chamber.")
    page.get_by_role("button", name="Keep the draft").click()
    said(page, "The draft is kept")
    look(page, "minutes draft")
    confirm(page, "Confirm the minutes", "Yes, confirm them")
    said(page, "The minutes are confirmed")
    for words in ("met in the Senate Chamber", "Who assesses it?", "3 of 3 seats present"):
        expect(page.locator("main")).to_contain_text(words)
    look(page, "minutes")


def test_a_meeting_from_agenda_to_minutes_and_a_published_page(
    chamber: Chamber, waiting: list[Any], look: Any, screenshot: Any
) -> None:
    meeting = prepare(chamber, waiting, look)
    begin(chamber, meeting, look)
    for name in VOTERS:
        vote(chamber, meeting, name, look)
    assert not PublishedVersion.objects.exists()
    decide(chamber, meeting, look)
    assert PublishedVersion.objects.count() == 2
    keep_minutes(chamber, meeting, look)
    waiting[0].refresh_from_db()
    chamber.secretary.goto(chamber.server.url + waiting[0].get_url())
    expect(chamber.secretary.locator("h1")).to_have_text(waiting[0].title)
    screenshot(chamber.secretary, "published")


def test_what_members_and_their_keepers_read_is_accessible(
    chamber: Chamber, waiting: list[Any], look: Any, people: Any
) -> None:
    page = chamber.secretary
    committee = Committee.objects.get()
    page.goto(chamber.server.url + reverse("workflows_committee_modeladmin_index"))
    look(page, "committees")
    for name, arguments in (
        ("committee", [committee.pk]),
        ("committee_seats", [committee.pk]),
        ("meetings", []),
        ("open_motion", [waiting[0].pk]),
        ("proposal", [waiting[0].pk]),
        ("act", [waiting[0].pk, "hold"]),
        ("timeline", [waiting[0].pk]),
        ("calendar", []),
    ):
        chamber.open(page, name, *arguments)
        look(page, name)
    phone = chamber.enter("chair", **PHONE)
    for name, arguments in (("proposal", [waiting[0].pk]), ("committee", [committee.pk])):
        chamber.open(phone, name, *arguments)
        look(phone, f"{name} on a phone")
    keeper = chamber._new_page()
    chamber._sign_in(keeper, chamber.server, people["department"])
    for name, arguments in (
        ("committee_rules", [committee.pk]),
        ("committee_seats", [committee.pk]),
        ("new_bundle", [waiting[0].pk]),
    ):
        chamber.open(keeper, name, *arguments)
        look(keeper, f"{name} of its keeper")


def _in_discussion(meeting: Meeting) -> Motion:
    keys = meeting.items.filter(part="discussion").values_list("proposal_key", flat=True)
    return Motion.objects.get(meeting=meeting, proposal_key__in=keys)
