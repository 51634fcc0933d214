"""What is for academic credit is endorsed, twice, once its outcome is recorded (SC-2, FA-2)."""

import datetime
from typing import Any

import pytest
from wagtail_factories import DocumentFactory

from credentials.choices import CreditBasis
from credentials.exceptions import PolicyNotMet
from credentials.models import Approval
from tests.committee import carry
from tests.factories import AcademicUnitFactory, CourseFactory, MicroCredentialFactory
from tests.lifecycle import pass_stage
from tests.people import person
from tests.proposals import approve, draft, edit, stage_state, submit
from workflows.deciding.routing import Proposal, route_for
from workflows.models import Decision

pytestmark = [pytest.mark.django_db, pytest.mark.clause("FA-2"), pytest.mark.clause("SC-2")]


def outcome() -> dict[str, Any]:
    """What the process for credit decided."""
    return {
        "credit_basis": CreditBasis.FAC,
        "iqap_reference": "IQAP 2026-14",
        "iqap_date": datetime.date(2026, 5, 4),
        "iqap_document": DocumentFactory(title="Outcome"),
        "academic_unit": AcademicUnitFactory(),
    }


def test_the_department_and_the_committee_each_endorse_it(root: Any) -> None:
    offering = MicroCredentialFactory(parent=root, **outcome())
    submit(offering)
    assert stage_state(offering).task.name == "IQAP outcome recorded"
    pass_stage(offering)
    assert stage_state(offering).task.name == "Department endorsement"
    approve(offering, person("department"))
    assert stage_state(offering).task.name == "Committee endorsement"
    carry(offering)
    approval = Approval.objects.get()
    assert approval.route == "for_credit"
    assert approval.clauses == ["SC-2", "FA-2"]
    assert [d.instrument for d in Decision.objects.order_by("pk")] == [
        "ACD 1532: SC-2, FA-1",
        "ACD 1532: FA-2",
        "ACD 1532: FA-2, SC-2",
    ]


def test_without_the_recorded_outcome_it_cannot_be_submitted(root: Any) -> None:
    offering = MicroCredentialFactory(parent=root, **outcome() | {"iqap_document": None})
    with pytest.raises(PolicyNotMet, match="FA-1"):
        submit(offering)


def test_a_course_for_credit_is_endorsed_too(root: Any) -> None:
    offering = CourseFactory(parent=root, **outcome())
    submit(offering)
    pass_stage(offering)
    assert stage_state(offering).task.name == "Department endorsement"


def test_turning_it_into_one_not_for_credit_takes_it_to_the_committee(root: Any) -> None:
    offering = MicroCredentialFactory(parent=root, life="published", **outcome())
    edit(offering, credit_basis=CreditBasis.NAC, iqap_reference="", iqap_date=None)
    assert draft(offering).get_workflow().name == "Department review, then Committee"


def test_a_fee_is_an_editorial_change_there_too() -> None:
    fee_only = Proposal("micro_credential", CreditBasis.FAC, governed_change=False)
    assert route_for(fee_only) == "editorial"
