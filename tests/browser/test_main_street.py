"""From draft to approved to published to API, by the people who do it, in a real browser."""

import json
from typing import Any
from urllib.request import urlopen

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from wagtail.models import Page as WagtailPage

from credentials.models import MicroCredential
from tests.browser.conftest import EDITOR
from tests.committee import carry
from tests.proposals import agree

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Safe Patient Transfer"
AUTOSAVE_PAUSE = 1_000
PROTOCOL = (
    "need_evidence",
    "objectives",
    "stakeholders",
    "typical_student",
    "program_outcomes",
    "curriculum_design",
    "assessment_evaluation",
    "continuous_improvement",
    "review_accreditation",
    "compliance_legal",
    "communication_transparency",
    "monitoring_reporting",
)


class Street:
    """The admin and the API, as people and programs reach them."""

    def __init__(self, page: Page, server: Any, sign_in: Any, people: dict[str, Any]) -> None:
        self.page, self.server, self.people = page, server, people
        self._sign_in = sign_in

    def sign_in(self, name: str) -> None:
        """Sign in as one of the people."""
        self._sign_in(self.page, self.server, self.people[name])

    def open(self, name: str, *args: Any) -> None:
        """Open an address of the admin."""
        self.page.goto(self.server.url + reverse(name, args=args))

    def api(self, path: str) -> Any:
        """What a consumer gets."""
        with urlopen(f"{self.server.url}/api/v1/{path}") as response:
            return json.load(response)

    def tab(self, name: str) -> None:
        """Turn to one of the editor's tabs."""
        self.page.get_by_role("tab", name=name).click()

    def rest(self) -> None:
        """Let the automatic save come to rest, as a person's pause does."""
        self.page.wait_for_url("**/edit/")  # the first automatic save makes the page
        self.page.wait_for_timeout(AUTOSAVE_PAUSE)
        self.page.wait_for_load_state("networkidle")

    def save(self) -> None:
        """Save, once the automatic save is at rest."""
        self.rest()
        self.page.get_by_role("button", name="Save draft").click()

    def choose(self, label: str) -> None:
        """Take an action of the editor's footer."""
        self.page.get_by_role("button", name="More actions").click()
        self.page.get_by_role("button", name=label).click()

    def decide(self, offering: Any, name: str, outcome: str = "Approved") -> None:
        """Read the proposal and decide on it."""
        self.sign_in(name)
        self.open("governance:proposal", offering.pk)
        self.page.get_by_label(outcome).check()
        self.page.get_by_role("button", name="Record my decision").click()
        expect(self.page.locator(".messages")).to_contain_text("pproved")


@pytest.fixture
def street(browser_page: Page, live_server: Any, sign_in: Any, root: Any, people: Any) -> Street:
    """An empty catalogue and its people."""
    return Street(browser_page, live_server, sign_in, people)


def write_micro_credential(street: Street, root: WagtailPage) -> None:
    """Fill in the editor, tab by tab."""
    page = street.page
    street.open("wagtailadmin_pages:add", "credentials", "microcredential", root.pk)
    page.locator("#id_title").press_sequentially(TITLE)  # the slug follows the keys
    page.locator("#id_summary").fill("Move patients without harm to them or to you.")
    page.locator("[data-contentpath=description] [role=textbox]").fill("What it is for.")
    page.locator("#id_category").select_option("nac_micro_credential")
    page.locator("#id_competency").fill("Moves patients safely.")
    page.locator("[data-contentpath=admission_requirements] [role=textbox]").fill("None.")
    page.get_by_role("button", name="Add partner").click()
    page.locator("#id_partners-0-name").fill("Harbour Hospital")
    page.locator("#id_partners-0-kind").select_option("employer")
    street.tab("Outcomes and assessment")
    page.get_by_role("button", name="Add outcome").click()
    page.locator("#id_outcomes-0-code").fill("LO1")
    page.locator("#id_outcomes-0-statement").fill("Plan a safe transfer.")
    page.get_by_role("button", name="Add assessment").click()
    page.locator("#id_assessments-0-title").fill("Observed transfer")
    page.locator("#id_assessments-0-kind").select_option("performance")
    page.locator("#id_assessments-0-outcome_codes").fill("LO1")
    street.tab("Structure")
    page.locator("#id_award_kind").select_option("micro_credential")
    street.tab("Delivery and cost")
    page.get_by_label("Hybrid").check()
    page.locator("#id_hours").fill("24")
    page.locator("#id_fee").fill("495")
    street.tab("Proposal (internal)")
    page.locator("#id_rationale").fill("Hospitals asked for it.")
    page.locator("#id_association_basis").select_option("employer")
    page.get_by_role("button", name="Add evidence").click()
    page.locator("#id_association_evidence-0-description").fill("Letter of the hospital")
    page.locator("#id_association_evidence-0-url").fill("https://hospital.example.org/letter")
    for section in PROTOCOL:
        page.locator(f"#id_{section}").fill("As agreed with the hospitals.")


def test_from_draft_to_published_to_revised(
    street: Street, root: WagtailPage, axe: Any, screenshot: Any
) -> None:
    page = street.page
    assert street.api("offerings")["items"] == []

    street.sign_in("editor")
    write_micro_credential(street, root)
    street.rest()
    screenshot(page, "editor")
    axe(page, EDITOR)
    street.save()
    expect(page.locator(".messages")).to_contain_text("updated")
    offering = MicroCredential.objects.get(draft_title=TITLE)
    agree(offering)
    street.choose("Submit to Department review, then Committee")
    expect(page.locator(".messages")).to_contain_text("submitted")
    assert street.api("offerings")["items"] == []

    street.open("governance:proposal", offering.pk)
    expect(page.locator("main")).to_contain_text("Only members of the")
    screenshot(page, "proposal")
    axe(page, EDITOR)

    street.decide(offering, "department")
    assert street.api("offerings")["items"] == []
    carry(offering)  # the committee's own pages are walked in test_meeting
    street.open("governance:proposal", offering.pk)
    expect(page.locator("main")).to_contain_text("3 of 3 seats present")
    screenshot(page, "decided")
    slug = MicroCredential.objects.get(pk=offering.pk).slug

    page.goto(f"{street.server.url}/catalogue/{slug}/")
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator("main")).to_contain_text("Plan a safe transfer.")
    expect(page.locator("main")).to_contain_text(
        "Micro-credentials and Continuous Learning Committee"
    )
    assert street.api(f"offerings/{slug}")["competency"] == "Moves patients safely."

    street.sign_in("editor")
    street.open("wagtailadmin_pages:edit", offering.pk)
    page.locator("#id_competency").fill("Moves patients and equipment safely.")
    street.save()
    expect(page.locator(".messages")).to_contain_text("updated")
    assert street.api(f"offerings/{slug}")["competency"] == "Moves patients safely."
    street.choose("Submit to Department review, then Committee")
    expect(page.locator(".messages")).to_contain_text("submitted")
    assert street.api(f"offerings/{slug}")["competency"] == "Moves patients safely."

    street.decide(offering, "department")
    street.open("governance:proposal", offering.pk)
    screenshot(page, "redline")
    carry(offering)
    assert "equipment" in street.api(f"offerings/{slug}")["competency"]
    assert [change["event"] for change in street.api("changes")["items"]] == [
        "published",
        "revised",
    ]
