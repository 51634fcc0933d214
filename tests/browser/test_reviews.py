"""A review from its reminder to its outcome and the new proposal, in a real browser."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from credentials.people.roles import grant_roles
from tests.factories import CourseFactory
from tests.lifecycle import publish
from tests.people import person
from tests.workflows.reviews.reviewing import ANSWERS
from workflows.choices import ReviewTrigger
from workflows.models import ReviewCycle, ReviewOutcome
from workflows.reviews.early_reviews import Call, call_for_reviews
from workflows.reviews.reminders import send_review_reminders
from workflows.reviews.schedule import schedule_reviews
from workflows.stages.stage_state import StageState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "secret"
LABELS = {
    "outcomes": "Competencies and outcomes",
    "assessments": "Assessments",
    "results": "Results",
    "changes": "Changes and improvements",
    "context": "Regulation, partners and accreditation",
    "reasons": "Reasons",
}


@pytest.fixture
def people(root: Any) -> dict[str, Any]:
    """An editor and two of the Department, who can sign in."""
    grant_roles(root)
    found = {
        "editor": person("editor"),
        "department": person("department"),
        "decider": person("department", 2),
    }
    for someone in found.values():
        someone.set_password(PASSWORD)
        someone.save()
    return found


@pytest.fixture
def cycle(root: Any, people: dict[str, Any]) -> ReviewCycle:
    """A course whose review was called for, and everybody reminded of it."""
    course = CourseFactory(
        parent=root, title="Wound Care at Home", author=people["editor"], owner=people["editor"]
    )
    publish(course, people["editor"])
    schedule_reviews()
    call = Call(
        timezone.localdate() + datetime.timedelta(days=40),
        ReviewTrigger.REGULATION,
        "The dressing standard has a new edition.",
    )
    call_for_reviews(people["department"], [course], call)
    send_review_reminders()
    return ReviewCycle.objects.standing().get()


def write_study(page: Page) -> None:
    """Answer every question, recommend a revision, and add a link as evidence."""
    page.get_by_role("link", name="Write the self-study").click()
    for name, label in LABELS.items():
        page.get_by_label(label, exact=False).first.fill(ANSWERS[name])
    page.get_by_label("Revise").check()
    page.get_by_label("What it shows").first.fill("Survey of learners")
    page.get_by_label("Or link").first.fill("https://survey.example.org/")


def test_a_review_from_reminder_to_new_proposal(
    new_page: Any,
    phone_page: Page,
    live_server: Any,
    sign_in: Any,
    axe: Any,
    screenshot: Any,
    cycle: ReviewCycle,
    people: dict[str, Any],
) -> None:
    path = reverse("governance:review", args=[cycle.pk])
    received = [message for message in mail.outbox if message.to == [people["editor"].email]]
    reminder = next(message for message in received if path in message.body)
    assert "The dressing standard has a new edition." in reminder.body

    editor = new_page()
    sign_in(editor, live_server, people["editor"], PASSWORD)
    expect(editor.locator("main")).to_contain_text("Wound Care at Home")
    editor.goto(live_server.url + path)
    axe(editor)
    screenshot(editor, "open")
    write_study(editor)
    axe(editor)
    screenshot(editor, "self-study")
    editor.get_by_role("button", name="Save draft").click()
    expect(editor.get_by_text("The draft of the self-study is saved.")).to_be_visible()
    editor.get_by_role("button", name="Submit for decision").click()
    expect(editor.locator("main")).to_contain_text("To be decided")

    decider = new_page()
    sign_in(decider, live_server, people["decider"], PASSWORD)
    expect(decider.locator("main")).to_contain_text("Wound Care at Home")
    screenshot(decider, "home")
    decider.goto(live_server.url + path)
    expect(decider.locator("main")).to_contain_text("Survey of learners")
    axe(decider)
    screenshot(decider, "to-decide")
    decider.get_by_role("link", name="Conclude the review").click()
    decider.get_by_label("Reasons").fill("Bring the outcomes up to the new edition.")
    axe(decider)
    screenshot(decider, "conclude")
    decider.get_by_role("button", name="Record my decision").click()
    expect(decider.locator("main")).to_contain_text("Bring the outcomes up to the new edition.")
    screenshot(decider, "concluded")
    outcome = ReviewOutcome.objects.get()
    assert outcome.result == "revise"

    sign_in(phone_page, live_server, people["editor"], PASSWORD)
    phone_page.goto(live_server.url + path)
    axe(phone_page)
    screenshot(phone_page, "concluded-phone")

    editor.goto(live_server.url + path)
    editor.get_by_role("link", name="Draft the revision").click()
    expect(editor.get_by_text("Its review asks for a revision")).to_be_visible()
    screenshot(editor, "editor")
    editor.locator("textarea[name=title], input[name=title]").first.fill("Wound Care, New Edition")
    editor.get_by_role("button", name="Save draft").click()  # until then nothing is to submit
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Submit to").click()
    expect(editor.locator("body")).to_contain_text("submitted for moderation")
    assert StageState.objects.filter(status="in_progress").exists()


def test_register_calendar_and_scheduling(
    new_page: Any,
    phone_page: Page,
    live_server: Any,
    sign_in: Any,
    axe: Any,
    screenshot: Any,
    cycle: ReviewCycle,
    people: dict[str, Any],
) -> None:
    late = timezone.localdate() - datetime.timedelta(days=12)
    ReviewCycle.objects.filter(pk=cycle.pk).update(due_on=late)
    for name, page in (("desktop", new_page()), ("phone", phone_page)):
        sign_in(page, live_server, people["department"], PASSWORD)
        page.goto(live_server.url + "/admin/workflows/reviewcycle/")
        expect(page.locator("main")).to_contain_text("Overdue")
        screenshot(page, f"register-{name}")
        axe(page, context={"include": [["main"]]})
        page.goto(live_server.url + reverse("governance:review_calendar"))
        axe(page)
        screenshot(page, f"calendar-{name}")
        page.get_by_role("link", name="As a month").click()
        axe(page)
        screenshot(page, f"month-{name}")
        page.goto(live_server.url + reverse("governance:schedule_reviews"))
        axe(page)
        screenshot(page, f"schedule-{name}")
        page.goto(live_server.url + reverse("governance:review_lead", args=[cycle.pk]))
        axe(page)
        screenshot(page, f"lead-{name}")
