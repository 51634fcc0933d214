"""Our pages in the admin: accessible, on a desktop and on a phone, with something in them."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from credentials.models import Approval
from tests.factories import CourseFactory, MicroCredentialFactory, skill
from tests.people import person
from tests.proposals import edit, submit
from workflows.models import RetirementRequest
from workflows.proposals.retirement import request_retirement

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def record(root: Any, people: Any) -> dict[str, str]:
    """A site where things have happened: name to address in the admin."""
    published = MicroCredentialFactory(
        parent=root,
        title="Safe Patient Transfer",
        author=people["editor"],
        children={"offering_skills": [skill("Risk assessment")]},
        life="live",
    )
    edit(published, by=people["editor"], competency="Moves patients and equipment safely.")
    submit(published, people["editor"])
    course = CourseFactory(parent=root, life="live")
    request = request_retirement(
        course,
        person("department"),
        action=RetirementRequest.Action.RETIRE,
        note="Replaced by a newer course.",
        reason="Two years without learners.",
    )
    approval = Approval.objects.first()
    assert approval is not None
    return {
        "proposal": reverse("governance:proposal", args=[published.pk]),
        "ask-to-retire": reverse("governance:request_retirement", args=[published.pk]),
        "retirement": reverse("governance:retirement", args=[request.pk]),
        "decisions": "/admin/workflows/decision/",
        "approvals": "/admin/credentials/approval/",
        "approval": reverse("governance:approval", args=[approval.pk]),
        "versions": "/admin/credentials/publishedversion/",
        "retirements": "/admin/workflows/retirementrequest/",
        "units": "/admin/snippets/credentials/academicunit/",
        "skills": "/admin/snippets/credentials/skill/",
    }


def test_every_page_of_ours_is_accessible(
    record: dict[str, str],
    people: Any,
    browser_page: Page,
    phone_page: Page,
    live_server: Any,
    sign_in: Any,
    axe: Any,
    screenshot: Any,
) -> None:
    for page, device in ((browser_page, "desktop"), (phone_page, "phone")):
        sign_in(page, live_server, people["department"])
        for name, address in record.items():
            response = page.goto(live_server.url + address)
            assert response and response.ok, address
            expect(page.locator("main h1, main h2").first).to_be_visible()
            screenshot(page, f"{name}-{device}")
            axe(page, {"include": [["main"]]})
