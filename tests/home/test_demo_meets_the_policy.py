"""The demonstration's proposals: what they say, who signs, and the gaps that some drafts keep."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from wagtail.models import Page

from credentials.compliance.offering_reader import view_of
from credentials.compliance.policies import terms_in_force, terms_of
from credentials.models import AdmissionSignOff, AgreementSignature, Offering, PolicyVersion
from credentials.people.roles import grant_roles
from credentials.policy.evaluation import evaluate
from credentials.policy.findings import Finding
from home.demo.clock import Clock
from home.demo.data_files import read_offerings, read_shared
from home.demo.governance.committee import seat_committee
from home.demo.governance.policy_draft import make_policy_draft
from home.demo.loader import Loader, quietly, run
from home.demo.people import make_people
from home.demo.protocol import completed
from home.demo.taxonomy import make_taxonomy

UNITS = read_shared("taxonomy")["units"]
SECTIONS = 11


@pytest.fixture
def loader(root: Page, settings: Any, tmp_path: Path) -> Iterator[Loader]:
    """A loader under the catalogue, with the demonstration's people and skills."""
    settings.MEDIA_ROOT = str(tmp_path)
    grant_roles(root)
    with quietly():
        people = make_people()
        clock = Clock()
        seat_committee(people, clock)
        yield Loader(root, people, make_taxonomy(people.unit), clock)


def load(loader: Loader, *references: str) -> Any:
    """Load the named records in their order, and return the newest draft of the last."""
    records = {record["reference"]: record for record in read_offerings()}
    list(run(loader.steps([records[name] for name in references])))
    return Offering.objects.get(reference=references[-1]).specific.get_latest_revision_as_object()


def findings(draft: Any) -> tuple[Finding, ...]:
    return evaluate(view_of(draft), terms_in_force()).blocks_approval


@pytest.mark.parametrize("turn", range(6))
def test_every_finished_record_says_every_section_in_full(turn: int) -> None:
    for record in read_offerings():
        if not record.get("unfinished"):
            made = completed(record, turn, UNITS)
            sections = {**made["protocol"], "admission": made["admission_requirements"]}
            assert len(made["protocol"]) == SECTIONS
            assert all(text.strip() and "{" not in text for text in sections.values()), sections


def test_what_a_record_says_itself_stays() -> None:
    [record] = [r for r in read_offerings() if r["reference"] == "demo-mentor-badge"]
    assert completed(record, 0, UNITS)["protocol"] == record["protocol"]


def test_a_proposal_for_an_offering_in_french_is_in_french() -> None:
    [record] = [r for r in read_offerings() if r["reference"] == "demo-transit-french"]
    sections = completed(record, 0, UNITS)["protocol"]
    assert "Service de la formation continue" in sections["stakeholders"]


@pytest.mark.clause("MC-4")
def test_a_draft_with_multiple_choice_only_is_asked_for_mastery(loader: Loader) -> None:
    draft = load(loader, "demo-food-allergens")
    assert {(f.clause, f.rule) for f in findings(draft)} == {("MC-4", "mastery")}


@pytest.mark.clause("MC-3")
def test_a_draft_with_a_waiver_is_asked_for_its_evidence(loader: Loader) -> None:
    draft = load(loader, "demo-hybrid-teams")
    assert {f.clause for f in findings(draft)} == {"MC-3"}


@pytest.mark.clause("MC-7")
def test_a_draft_of_a_vertical_stack_is_asked_for_prerequisites(loader: Loader) -> None:
    draft = load(
        loader, "demo-building-energy", "demo-climate-risk", "demo-cert-low-carbon-buildings"
    )
    assert {f.rule for f in findings(draft)} == {"vertical-order"}


@pytest.mark.clause("MC-6")
def test_every_party_signs_but_the_one_that_is_waited_for(loader: Loader) -> None:
    draft = load(loader, "demo-mentor-badge")
    [finding] = findings(draft)
    assert "Linden Newcomer Centre" in finding.sentence
    assert AgreementSignature.objects.filter(offering=draft.pk).count() == 1


@pytest.mark.clause("AD-3")
def test_an_academic_unit_signs_admission_off_and_says_whom_it_consulted(loader: Loader) -> None:
    draft = load(loader, "demo-falls-prevention")
    sign_off = AdmissionSignOff.objects.get(offering=draft.pk)
    assert sign_off.authority == "Faculty of Health Sciences"
    assert sign_off.signed_by_key == str(loader.people.unit.pk)
    assert sign_off.consulted
    assert sign_off.consulted_on
    assert sign_off.consultation


@pytest.mark.clause("FA-1")
def test_an_offering_for_credit_has_its_decision_where_the_public_cannot_read_it(
    loader: Loader, client: Any
) -> None:
    draft = load(loader, "demo-embedded-control")
    assert draft.iqap_document.file.read().startswith(b"Decision IQAP-ME-2024-03")
    assert client.get(draft.iqap_document.url).status_code == 302


@pytest.mark.clause("PO-1")
def test_a_draft_of_the_policy_asks_for_more_than_the_one_in_force(loader: Loader) -> None:
    make_policy_draft(loader.people.policy_owner)
    make_policy_draft(loader.people.policy_owner)  # the second time it is there already
    [draft] = PolicyVersion.objects.drafts()
    page = load(loader, "demo-stream-sampling")
    assert findings(page) == ()
    asked = evaluate(view_of(page), terms_of(draft)).blocks_approval
    assert {finding.clause for finding in asked} == {"DEF-9"}
