"""What is particular to a route on the way from draft to live (MC-2); all: test_every_route."""

import datetime
from typing import Any

import pytest
from wagtail_factories import DocumentFactory

from credentials.choices import Category, CreditBasis
from credentials.models import Approval, CatalogueEntry
from tests.committee import carry, open_vote, seat_committee
from tests.factories import (
    AcademicUnitFactory,
    CourseFactory,
    DigitalBadgeFactory,
    MicroCredentialFactory,
)
from tests.lifecycle import pass_stage
from tests.people import person
from tests.proposals import agree, approve, stage_state, submit
from workflows.choices import Outcome
from workflows.deciding.verdict import Verdict
from workflows.exceptions import DecisionRefused
from workflows.models import Decision, OutsideOutcome
from workflows.proposals.actions import OutsideFacts, note_received, record_outside
from workflows.stages.committee import CommitteeStage

pytestmark = pytest.mark.django_db

GATE = "Responsibilities agreement signed"
UNIT = "Academic unit's sign-off"
COMMITTEE = "Micro-credentials and Continuous Learning Committee"


def stage_name(offering: Any) -> str:
    return str(stage_state(offering).task.name)


def outcomes(offering: Any) -> list[tuple[str, str]]:
    """Stage and outcome of each decision, in order."""
    decisions = Decision.objects.filter(offering_id=offering.pk).order_by("pk")
    return [(decision.stage, decision.outcome) for decision in decisions]


def is_public(offering: Any) -> bool:
    return CatalogueEntry.objects.current().filter(offering_pk=offering.pk).exists()


def refuse_everybody(offering: Any, *people: Any) -> None:
    """None of these can approve the stage under way, and nothing comes of their trying."""
    before = Decision.objects.count()
    for someone in people:
        with pytest.raises(DecisionRefused):
            approve(offering, someone)
    assert Decision.objects.count() == before
    assert not is_public(offering)


@pytest.mark.clause("MC-1")
@pytest.mark.clause("MC-6")
@pytest.mark.parametrize("factory", [MicroCredentialFactory, DigitalBadgeFactory])
def test_a_micro_credential_waits_for_its_agreement_before_anybody_decides(
    root: Any, factory: Any, django_capture_on_commit_callbacks: Any
) -> None:
    offering = factory(parent=root, agreed=False)
    submit(offering)
    assert stage_name(offering) == GATE
    refuse_everybody(offering, person("department"), person("committee"), person("editor"))
    with django_capture_on_commit_callbacks(execute=True):
        agree(offering)
    assert stage_name(offering) == "Department review"
    approve(offering, person("department"))
    carry(offering)
    assert is_public(offering)
    assert Approval.objects.get().route == "micro_credential"


@pytest.mark.clause("SH-2")
def test_a_course_needs_the_department_and_no_committee(root: Any) -> None:
    course = CourseFactory(parent=root, life="submitted")
    assert stage_name(course) == "Department approval"
    refuse_everybody(course, person("committee"), person("editor"))
    approve(course, person("department"))
    assert is_public(course)
    assert outcomes(course) == [("Department approval", "approved")]


@pytest.mark.clause("SH-2")
def test_the_committee_can_require_its_own_stage_for_a_category(root: Any) -> None:
    stage = CommitteeStage.objects.get(name="Committee approval of chosen categories")
    stage.categories = [Category.SHORT_COURSE]
    stage.save()
    course = CourseFactory(parent=root, life="submitted")
    approve(course, person("department"))
    assert not is_public(course)
    assert stage_name(course) == stage.name
    carry(course)
    assert is_public(course)
    assert Approval.objects.get().authority == COMMITTEE


def for_credit(**more: Any) -> dict[str, Any]:
    return {
        "credit_basis": CreditBasis.FAC,
        "iqap_reference": "IQAP 2026-14",
        "iqap_date": datetime.date(2026, 5, 4),
        "iqap_document": DocumentFactory(title="Outcome"),
        "academic_unit": AcademicUnitFactory(),
        **more,
    }


@pytest.mark.clause("FA-1")
@pytest.mark.clause("FA-2")
def test_for_credit_an_outside_outcome_is_recorded_then_endorsed_twice(root: Any) -> None:
    offering = MicroCredentialFactory(parent=root, **for_credit())
    submit(offering)
    state = stage_state(offering)
    assert state.task.name == "IQAP outcome recorded"
    with pytest.raises(DecisionRefused, match="cannot be decided at this stage"):
        approve(offering, person("department"))
    facts = OutsideFacts("IQAP", datetime.date(2026, 5, 4), "IQAP 2026-14", DocumentFactory())
    for refused in (
        OutsideFacts("IQAP", datetime.date(2126, 5, 4), "IQAP 2026-14"),
        OutsideFacts("IQAP", datetime.date(2026, 5, 4), " "),
    ):
        with pytest.raises(DecisionRefused):
            record_outside(state, person("department"), refused)
    with pytest.raises(DecisionRefused, match="Only members"):
        record_outside(state, person("committee"), facts)
    record_outside(state, person("department"), facts)
    recorded = OutsideOutcome.objects.get()
    assert (recorded.body, recorded.reference) == ("IQAP", "IQAP 2026-14")
    approve(offering, person("department"))
    carry(offering, purpose="endorse")
    assert is_public(offering)
    assert [outcome for _stage, outcome in outcomes(offering)] == [
        "recorded",
        "approved",
        "approved",
    ]


@pytest.mark.clause("GB-1")
@pytest.mark.clause("GB-2")
def test_embedded_in_a_new_program_the_committee_is_informed_and_does_not_decide(
    root: Any,
) -> None:
    embedded = for_credit(parent_program="Bachelor of Care", in_new_program=True)
    offering = MicroCredentialFactory(parent=root, **embedded)
    submit(offering)
    assert stage_name(offering) == "Academic Council outcome recorded"
    refuse_everybody(offering, person("committee"), person("editor"))
    pass_stage(offering)
    assert stage_name(offering) == "Committee, for information"
    seated = seat_committee()
    with pytest.raises(DecisionRefused, match="chair or the secretary"):
        note_received(stage_state(offering), seated["second"])
    with pytest.raises(DecisionRefused, match="No committee decides"):
        open_vote(offering)
    refuse_everybody(offering, *seated.values())
    note_received(stage_state(offering), seated["secretary"])
    assert stage_name(offering) == "OSAP request prepared, or not needed"
    approve(offering, person("department"), comment="Not needed: twelve weeks long.")
    assert is_public(offering)
    approval = Approval.objects.get()
    assert (approval.route, approval.clauses) == ("embedded", ["GB-1", "GB-2"])


@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.NOTED, Outcome.RECORDED])
def test_no_person_gives_an_outcome_that_belongs_to_another_kind_of_stage(
    root: Any, outcome: Outcome
) -> None:
    offering = MicroCredentialFactory(parent=root, life="submitted")
    with pytest.raises(DecisionRefused):
        stage_state(offering).decide(person("department"), Verdict(outcome))
    approve(offering, person("department"))
    with pytest.raises(DecisionRefused):
        stage_state(offering).decide(seat_committee()["chair"], Verdict(outcome))
    assert not is_public(offering)
