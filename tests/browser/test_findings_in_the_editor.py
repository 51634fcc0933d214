"""An editor is led from finding to field, and submits at zero and not before."""

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from credentials.compliance.gates import report_on
from credentials.models import MicroCredential
from tests.factories import MicroCredentialFactory
from tests.proposals import agree, draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

EDITOR_SETTLES = 2_500  # Wagtail takes what stands in the form by then as saved

SUBMIT = "Submit to Department review, then Committee"
# What a person writes at length in the browser is written here in one go.
REST = (
    "description competency summary category award_kind delivery_modes hours "
    "admission_requirements rationale need_evidence stakeholders typical_student "
    "program_outcomes curriculum_design assessment_evaluation continuous_improvement "
    "review_accreditation compliance_legal "
    "communication_transparency monitoring_reporting"
)


class Panel:
    """The findings panel beside the editor."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator("[data-side-panel=findings]")
        self.counter = page.locator(
            "[data-side-panel-toggle=findings] [data-side-panel-toggle-counter]"
        )

    def open(self) -> None:
        """Open it, unless it stayed open."""
        toggle = self.page.locator("[data-side-panel-toggle=findings]")
        if toggle.get_attribute("aria-expanded") != "true":
            toggle.click()
        expect(self.root.locator("progress")).to_be_in_viewport(ratio=1)

    def go_to(self, place: str) -> None:
        """Follow the first finding that leads there."""
        self.root.get_by_role("button", name=f"Go to {place}", exact=True).first.click()

    def says(self, sentence: str) -> Any:
        """The findings with these words."""
        return self.root.get_by_text(sentence)

    def count(self) -> int:
        """What the toggle counts."""
        return int(self.counter.inner_text())


def submit(page: Page) -> None:
    """Press the footer's button."""
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=SUBMIT).click()


def test_following_the_findings_clears_them_one_by_one(
    browser_page: Page,
    live_server: Any,
    sign_in: Any,
    root: Any,
    people: Any,
    axe: Any,
    screenshot: Any,
) -> None:
    page, panel = browser_page, Panel(browser_page)
    sign_in(page, live_server, people["editor"])
    new = reverse("wagtailadmin_pages:add", args=["credentials", "microcredential", root.pk])
    page.goto(live_server.url + new)
    panel.open()
    expect(panel.says("Fill in “objectives”")).to_be_visible()
    screenshot(page, "empty")
    axe(page, {"include": [["[data-side-panel=findings]"]]})
    before = panel.count()

    page.wait_for_timeout(EDITOR_SETTLES)
    page.locator("#id_title").press_sequentially("Safe Patient Transfer")
    panel.go_to("objectives")
    expect(page.locator("#id_objectives")).to_be_focused()
    page.keyboard.type("Fewer falls in residences.")
    expect(panel.says("Fill in “objectives”")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/pages/\d+/edit/"))
    expect(panel.counter).to_have_text(str(before - 1))
    expect(page.locator("body > [role=status]")).to_have_text(f"{before - 1} findings left.")
    expect(page.locator("#id_objectives")).to_be_focused()

    mend_outcomes(page, panel)
    mend_association(page, panel)
    panel.go_to("purpose and description")
    expect(page.locator("[data-contentpath=description] [role=textbox]")).to_be_focused()
    screenshot(page, "on the way")

    offering = MicroCredential.objects.get(draft_title="Safe Patient Transfer")
    refused(page, offering)
    screenshot(page, "refused")

    complete(offering, root)
    page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[offering.pk]))
    panel.open()
    expect(panel.root).not_to_contain_text("Before submission")
    screenshot(page, "nothing before submission")
    axe(page, {"include": [["[data-side-panel=findings]"]]})
    submit(page)
    expect(page.locator(".messages")).to_contain_text("submitted")
    assert MicroCredential.objects.get(pk=offering.pk).workflow_in_progress


def mend_outcomes(page: Page, panel: Panel) -> None:
    """Outcomes, and an assessment that shows mastery."""
    panel.go_to("learning outcomes")
    expect(page.locator("#id_outcomes-ADD")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("#id_outcomes-0-code").fill("LO1")
    page.locator("#id_outcomes-0-statement").fill("Plan a safe transfer.")
    expect(panel.says("The policy asks for learning outcomes")).to_have_count(0)

    panel.go_to("assessments")
    expect(page.locator("#id_assessments-ADD")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("#id_assessments-0-title").fill("Quiz")
    page.locator("#id_assessments-0-kind").select_option("multiple_choice")
    expect(panel.says("Nothing assesses the competency")).to_have_count(0)
    expect(panel.says("No assessment can establish mastery")).to_be_visible()
    page.locator("#id_assessments-0-kind").select_option("performance")
    expect(panel.says("No assessment can establish mastery")).to_have_count(0)
    expect(panel.says("Outcome LO1 is not covered")).to_be_visible()
    page.locator("#id_outcomes-0-code").scroll_into_view_if_needed()
    panel.go_to("assessment 1, outcomes covered")
    expect(page.locator("#id_assessments-0-outcome_codes")).to_be_focused()
    page.keyboard.type("LO1")
    expect(panel.says("Outcome LO1 is not covered")).to_have_count(0)


def mend_association(page: Page, panel: Panel) -> None:
    """What it answers, and what shows that it does."""
    panel.go_to("developed because")
    expect(page.locator("#id_association_basis")).to_be_focused()
    page.locator("#id_association_basis").select_option("regulation")
    expect(panel.says("“Developed because” is empty")).to_have_count(0)
    panel.go_to("association evidence")
    expect(page.locator("#id_association_evidence-ADD")).to_be_focused()
    page.keyboard.press("Enter")
    page.locator("#id_association_evidence-0-description").fill("The new regulation")
    page.locator("#id_association_evidence-0-url").fill("https://regulator.example.org/rule")
    expect(panel.says("Nothing shows whom or what")).to_have_count(0)


def refused(page: Page, offering: MicroCredential) -> None:
    """Submit, and read the same sentences as in the panel."""
    page.reload()
    submit(page)
    expect(page.locator(".messages")).to_contain_text("It cannot be submitted yet")
    report = report_on(draft(offering))
    for finding in report.blocks_submission:
        expect(page.locator(".messages")).to_contain_text(finding.sentence)
    expect(page.locator("#id_objectives")).to_have_value("Fewer falls in residences.")
    offering.refresh_from_db()
    assert not offering.workflow_in_progress


def complete(offering: Any, root: Any) -> None:
    """Write the rest, and let the parties sign."""
    example = MicroCredentialFactory(parent=root)
    page = draft(offering)
    for name in REST.split():
        setattr(page, name, getattr(example, name))
    page.save_revision()
    agree(page)


def test_on_a_phone_the_panel_makes_way_for_the_field(
    phone_page: Page,
    live_server: Any,
    sign_in: Any,
    root: Any,
    people: Any,
    axe: Any,
    screenshot: Any,
) -> None:
    page, panel = phone_page, Panel(phone_page)
    sign_in(page, live_server, people["editor"])
    new = reverse("wagtailadmin_pages:add", args=["credentials", "microcredential", root.pk])
    page.goto(live_server.url + new)
    panel.open()
    screenshot(page, "panel", full_page=False)
    axe(page, {"include": [["[data-side-panel=findings]"]]})
    panel.go_to("objectives")
    expect(page.locator("#id_objectives")).to_be_focused()
    expect(panel.root).to_be_hidden()
    screenshot(page, "field", full_page=False)
    expect(page.locator("#id_objectives")).to_be_in_viewport()


def test_the_admission_page_and_the_listings_are_accessible(
    browser_page: Page,
    phone_page: Page,
    live_server: Any,
    sign_in: Any,
    root: Any,
    people: Any,
    axe: Any,
    screenshot: Any,
) -> None:
    offering = MicroCredentialFactory(parent=root, title="Safe Patient Transfer")
    addresses = {
        "admission": reverse("credentials_admission:sign_off", args=[offering.pk]),
        "offerings": reverse("offerings:index"),
        "explorer": reverse("wagtailadmin_explore", args=[root.pk]),
    }
    for page, device in ((browser_page, "desktop"), (phone_page, "phone")):
        sign_in(page, live_server, people["department"])
        for name, address in addresses.items():
            response = page.goto(live_server.url + address)
            assert response and response.ok, address
            expect(page.locator("main").first).to_be_visible()
            screenshot(page, f"{name}-{device}")
            axe(page, {"include": [["main"]]})
