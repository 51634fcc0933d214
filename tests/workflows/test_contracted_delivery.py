"""Contracted delivery takes its own route, under another's policy (FW-2)."""

from typing import Any

import pytest

from credentials.models import Approval, CatalogueEntry
from tests.factories import MicroCredentialFactory
from tests.lifecycle import publish
from tests.people import person
from tests.proposals import approve, edit, stage_state, submit
from workflows.models import Decision

pytestmark = [pytest.mark.django_db, pytest.mark.clause("FW-2")]

CONTRACT = {
    "contracted_for": "School of Graduate Studies",
    "governing_policy": "Graduate Professional Skills Policy",
}


def test_the_department_decides_alone_and_the_approval_names_the_governing_policy(
    root: Any,
) -> None:
    offering = MicroCredentialFactory(parent=root, agreed=False, **CONTRACT)
    submit(offering)
    assert stage_state(offering).task.name == "Department agreement to deliver"
    approve(offering, person("department"))
    approval = Approval.objects.get()
    assert approval.route == "contracted"
    assert approval.clauses == ["FW-2"]
    assert "Graduate Professional Skills Policy" in approval.instrument
    document = CatalogueEntry.objects.current().get().document
    assert document["contracted"]["governing_policy"] == "Graduate Professional Skills Policy"
    assert {decision.office for decision in Decision.objects.all()} == {
        "Continuous Learning Department"
    }


def test_calling_a_published_offering_contracted_does_not_avoid_the_committee(root: Any) -> None:
    offering = MicroCredentialFactory(parent=root, life="published")
    edit(offering, **CONTRACT)
    submit(offering)
    assert stage_state(offering).task.name == "Department review"


def test_making_it_our_own_takes_it_to_the_committee(root: Any) -> None:
    offering = MicroCredentialFactory(parent=root, **CONTRACT)
    publish(offering)
    edit(offering, contracted_for="", governing_policy="")
    submit(offering)
    assert stage_state(offering).task.name == "Department review"
    approve(offering, person("department"))
    assert stage_state(offering).task.name == "Committee approval"


def test_a_fee_of_contracted_delivery_is_an_editorial_change(root: Any) -> None:
    offering = MicroCredentialFactory(parent=root, **CONTRACT)
    publish(offering)
    edit(offering, fee="12.00")
    submit(offering)
    assert stage_state(offering).task.name == "Department check"
