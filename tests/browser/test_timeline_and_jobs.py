"""The timeline of an offering and the heartbeat of the jobs, read on a desktop and on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from credentials.record.log.batches import seal_all
from home.demo.job_log import make_job_log
from tests.factories import AcademicUnitFactory, CourseFactory
from tests.lifecycle import publish
from tests.people import person
from tests.proposals import edit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def department(people: Any) -> Any:
    """Someone of the Department."""
    return people["department"]


@pytest.fixture
def course(root: Any, department: Any) -> Any:
    """Published twice, with a changed academic unit."""
    unit = AcademicUnitFactory(name="Nursing")
    course = CourseFactory(parent=root, title="Safe Transfer", academic_unit=unit)
    publish(course)
    edit(course, person("editor"), summary="Moves people safely, with a colleague.")
    publish(course)
    unit.name = "School of Nursing"
    unit._history_user = department
    unit.save()
    return course


def test_the_timeline_is_read_and_leads_to_what_a_version_changed(
    course: Any,
    department: Any,
    live_server: Any,
    new_page: Callable[..., Page],
    phone_page: Page,
    sign_in: Any,
    axe: Any,
    screenshot: Any,
) -> None:
    address = f"{live_server.url}{reverse('governance:timeline', args=[course.pk])}"
    for page, size in ((new_page(), "desktop"), (phone_page, "phone")):
        sign_in(page, live_server, department, "secret")
        page.goto(address)
        expect(page.get_by_role("heading", name="Academic unit School of Nursing")).to_be_visible()
        page.wait_for_load_state("networkidle")
        axe(page)
        screenshot(page, size)
    page = phone_page
    page.get_by_label("Show").select_option(label="Approvals and publications")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("School of Nursing")).to_have_count(0)
    page.get_by_role("link", name="What it changed (Version 2").click()
    expect(page.get_by_role("heading", name="What changes against version 1")).to_be_visible()
    expect(page.locator("ins").first).to_be_visible()
    axe(page)
    screenshot(page, "version")
    page.goto(address)
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Export as CSV")).to_be_hidden()
    screenshot(page, "print")


def test_the_heartbeat_says_in_words_what_is_late(
    department: Any,
    live_server: Any,
    new_page: Callable[..., Page],
    phone_page: Page,
    sign_in: Any,
    axe: Any,
    screenshot: Any,
) -> None:
    page = new_page()
    sign_in(page, live_server, department, "secret")
    expect(page.get_by_text("The scheduled jobs do not run")).to_be_visible()
    screenshot(page, "home")
    page.get_by_role("link", name="See the scheduled jobs").click()
    expect(page.get_by_role("heading", name="Scheduled jobs")).to_be_visible()
    make_job_log()
    seal_all()  # one of the jobs: what the migrations wrote waits longer than an alarm
    page.reload()
    expect(page.get_by_text("All is well")).to_be_visible()
    axe(page)
    screenshot(page, "desktop")
    page.get_by_role("link", name="Read the log of all runs").click()
    page.get_by_role("link", name="Failed", exact=True).click()
    expect(page.get_by_text("ConnectionRefusedError")).to_be_visible()
    axe(page)
    screenshot(page, "log")
    sign_in(phone_page, live_server, department, "secret")
    phone_page.goto(f"{live_server.url}{reverse('governance:jobs')}")
    axe(phone_page)
    screenshot(phone_page, "phone")
