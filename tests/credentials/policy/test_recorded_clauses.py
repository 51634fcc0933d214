"""Clauses that no rule judges: what is recorded, who decides, and what people are told."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail_factories import DocumentFactory

from credentials.choices import CreditBasis, Kind, PrerequisiteKind, StackingApproach
from credentials.compliance.offering_reader import view_of
from credentials.compliance.policies import label_in_force, terms_in_force
from credentials.conf import conf
from credentials.models import (
    CatalogueEntry,
    Component,
    Offering,
    Prerequisite,
    PublishedVersion,
)
from credentials.policy.evaluation import evaluate
from credentials.policy.findings import Severity
from tests.committee import carry
from tests.factories import (
    AcademicUnitFactory,
    CertificateProgramFactory,
    CourseFactory,
    DigitalBadgeFactory,
    MicroCredentialFactory,
    OfferingFactory,
)
from tests.lifecycle import pass_stage, publish
from tests.osap import approve_osap
from tests.people import person
from tests.proposals import approve, draft, edit, stage_state, submit
from workflows.models import Decision
from workflows.stages.committee import CommitteeStage

pytestmark = pytest.mark.django_db

FACTORIES = [CertificateProgramFactory, CourseFactory, MicroCredentialFactory, DigitalBadgeFactory]


def page_of(offering: Any, client: Client) -> str:
    """The public page, with its white space evened out."""
    response = client.get(f"/catalogue/{offering.slug}/")
    return " ".join(response.content.decode().split())


def outside_outcome(**more: Any) -> dict[str, Any]:
    """What the process for academic credit has decided, with its document."""
    return {
        "iqap_reference": "IQAP-2026-7",
        "iqap_date": datetime.date(2026, 5, 4),
        "iqap_document": DocumentFactory(title="Outcome"),
        **more,
    }


@pytest.mark.clause("DEF-1")
def test_an_academic_unit_has_approvers_and_a_part_in_its_offerings(
    root: Any, client: Client
) -> None:
    unit = AcademicUnitFactory()
    unit.approvers.add(Group.objects.create(name="Health approvers"))
    course = CourseFactory(parent=root, academic_unit=unit, life="live")
    assert "Health approvers" in [group.name for group in unit.approvers.all()]
    page = page_of(course, client)
    assert "<dt>Developed with</dt><dd>Faculty of Health Sciences</dd>" in page


@pytest.mark.clause("DEF-2")
def test_the_department_decides_through_its_own_group(root: Any, people: Any) -> None:
    course = CourseFactory(parent=root, life="submitted")
    for other in ("editor", "committee", "superuser"):
        with pytest.raises(PermissionDenied):
            approve(course, people[other])
    approve(course, people["department"])
    assert Decision.objects.get().office == conf().OFFICES["department"]


@pytest.mark.clause("DEF-3")
def test_offerings_of_every_kind_stand_in_one_catalogue(root: Any, client: Client) -> None:
    for factory in FACTORIES:
        factory(parent=root, life="live")
    listed = client.get("/api/v1/offerings").json()["items"]
    assert {item["kind"] for item in listed} == set(Kind.values)
    assert Offering.objects.live().count() == len(FACTORIES)


@pytest.mark.clause("DEF-4")
@pytest.mark.clause("AP-1")
def test_learners_read_whom_it_is_for_and_who_conducts_their_appeals(
    root: Any, client: Client
) -> None:
    course = CourseFactory(parent=root, audience="Care aides", life="live")
    page = page_of(course, client)
    assert "Care aides" in page
    assert f"Appeals are conducted by the {conf().OFFICES['deputy_provost']}." in page


@pytest.mark.clause("AP-2")
def test_the_office_of_appeals_is_the_one_that_the_institution_names(
    root: Any, client: Client, settings: Any
) -> None:
    settings.CREDENCE = {"OFFICES": {"deputy_provost": "Office of Learner Appeals"}}
    for factory in FACTORIES:
        page = page_of(factory(parent=root, life="live"), client)
        assert "Appeals are conducted by the Office of Learner Appeals." in page


@pytest.mark.clause("DEF-11")
def test_a_horizontal_stack_needs_no_order_and_may_have_one(root: Any, client: Client) -> None:
    parts = [CourseFactory(parent=root, life="live") for _number in range(2)]
    stack = MicroCredentialFactory(
        parent=root,
        stacking_approach=StackingApproach.HORIZONTAL,
        children={
            "components": [Component(part=Offering.objects.get(pk=item.pk)) for item in parts]
        },
    )
    findings = evaluate(view_of(stack), terms_in_force())
    assert not findings.blocks_approval
    (advice,) = (f for f in findings.of(Severity.ADVICE) if f.clause == "DEF-11")
    assert "All parts come from one area" in advice.sentence
    taken_with = Prerequisite(kind=PrerequisiteKind.COREQUISITE, description="A placement")
    stack = draft(stack)
    stack.prerequisites.set([taken_with])
    stack.save_revision()
    assert not evaluate(view_of(stack), terms_in_force()).blocks_approval
    publish(stack)
    page = page_of(stack, client)
    assert "take them in almost any order" in page
    assert "Corequisite:" in page


@pytest.mark.clause("SC-1")
@pytest.mark.parametrize("factory", FACTORIES)
def test_an_offering_of_any_kind_has_a_route_and_no_other_way_out(
    root: Any, people: Any, factory: type[OfferingFactory]
) -> None:
    offering = factory(parent=root)
    assert offering.get_workflow() is not None
    assert not offering.permissions_for_user(people["superuser"]).can_publish()
    with pytest.raises(PermissionDenied, match="has not been approved"):
        offering.get_latest_revision().publish()
    assert not CatalogueEntry.objects.exists()


@pytest.mark.clause("CP-3")
def test_a_certificate_program_is_public_only_after_the_committee(root: Any) -> None:
    program = CertificateProgramFactory(parent=root, life="submitted")
    approve(program, person("department"))
    assert not PublishedVersion.objects.exists()
    carry(program)
    approval = PublishedVersion.objects.get().approval
    assert approval.authority == conf().OFFICES["committee"]
    assert "CP-3" in approval.clauses
    assert approval.policy_version == label_in_force()


@pytest.mark.clause("MC-1")
@pytest.mark.parametrize("factory", [MicroCredentialFactory, DigitalBadgeFactory])
def test_the_committee_approves_new_ones_and_every_governed_change(
    root: Any, factory: type[OfferingFactory]
) -> None:
    offering = factory(parent=root, life="published")
    edit(offering, title="Renamed")
    submit(offering)
    approve(offering, person("department"))
    assert isinstance(stage_state(offering).task.specific, CommitteeStage)
    assert PublishedVersion.objects.count() == 1
    carry(offering)
    assert [version.approval.authority for version in PublishedVersion.objects.in_order()] == [
        conf().OFFICES["committee"]
    ] * 2


@pytest.mark.clause("FA-2")
def test_a_micro_credential_for_credit_is_endorsed_by_department_and_committee(root: Any) -> None:
    offering = MicroCredentialFactory(
        parent=root,
        credit_basis=CreditBasis.FAC,
        academic_unit=AcademicUnitFactory(),
        **outside_outcome(),
    )
    submit(offering)
    pass_stage(offering)
    approve(offering, person("department"))
    assert not PublishedVersion.objects.exists()
    carry(offering)
    version = PublishedVersion.objects.get()
    assert "FA-2" in version.approval.clauses
    endorsed = Decision.objects.filter(content_hash=version.content_hash).approving()
    assert {decision.office for decision in endorsed} == {
        conf().OFFICES["department"],
        conf().OFFICES["committee"],
    }


@pytest.mark.clause("GB-2")
def test_the_committee_reads_the_program_and_its_outcome_and_osap_is_recorded(
    root: Any, people: Any, client: Client
) -> None:
    offering = MicroCredentialFactory(
        parent=root,
        weeks=6,
        osap_eligible=True,
        credit_basis=CreditBasis.FAC,
        academic_unit=AcademicUnitFactory(),
        **outside_outcome(parent_program="Bachelor of Care"),
    )
    approve_osap(offering)
    submit(offering)
    client.force_login(people["committee"])
    proposal = client.get(reverse("governance:proposal", args=[offering.pk])).content.decode()
    for words in ("Bachelor of Care", "IQAP-2026-7"):
        assert words in proposal
    pass_stage(offering)
    approve(offering, person("department"))
    carry(offering)
    page = page_of(offering, client)
    assert "Bachelor of Care" in page
    assert "Eligible for OSAP" in page
