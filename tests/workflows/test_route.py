"""The street from draft to published, and who may walk it (laws 1, 2, 4)."""

from typing import Any

import pytest
from wagtail.models import Workflow

from credentials.models import Approval, CatalogueEntry, PublishedVersion
from tests.committee import carry
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.lifecycle import publish, revise
from tests.people import person
from tests.proposals import approve, draft, edit, request_changes, stage_state, submit
from workflows.choices import Purpose
from workflows.exceptions import DecisionRefused
from workflows.models import Decision

pytestmark = pytest.mark.django_db


@pytest.mark.clause("MC-1")
def test_a_micro_credential_goes_from_department_to_committee_to_public(root: Any) -> None:
    offering = MicroCredentialFactory(parent=root)
    submit(offering)
    assert stage_state(offering).task.name == "Department review"

    approve(offering, person("department"))
    assert stage_state(offering).task.name == "Committee approval"
    assert not PublishedVersion.objects.exists()

    with pytest.raises(DecisionRefused, match="by a motion"):
        approve(offering, person("committee"))
    carry(offering)
    offering.refresh_from_db()
    version = PublishedVersion.objects.get()
    assert offering.live
    assert version.event == "published"
    assert version.approval.authority == "Micro-credentials and Continuous Learning Committee"
    assert version.approval.clauses == ["MC-1"]
    assert version.public_document["title"] == offering.title


@pytest.mark.clause("SH-2")
def test_a_course_is_approved_by_the_department_alone(root: Any) -> None:
    offering = CourseFactory(parent=root)
    submit(offering)
    approve(offering, person("department"))
    assert PublishedVersion.objects.get().approval.clauses == ["SH-2"]


def test_a_change_of_fee_takes_the_editorial_route_and_revises(root: Any) -> None:
    offering = MicroCredentialFactory(parent=root, life="published")
    edit(offering, fee="520.00")
    submit(offering)
    assert stage_state(offering).task.name == "Department check"
    approve(offering, person("department"))
    assert [v.event for v in PublishedVersion.objects.in_order()] == ["published", "revised"]
    assert CatalogueEntry.objects.current().get().document["fee"]["amount"] == "520.00"


@pytest.mark.clause("MC-1")
def test_nothing_public_changes_until_the_change_is_approved(root: Any) -> None:
    offering = MicroCredentialFactory(parent=root, life="published")
    before = CatalogueEntry.objects.current().get().body
    edit(offering, competency="Moves patients and equipment safely.")
    submit(offering)
    approve(offering, person("department"))
    assert CatalogueEntry.objects.current().get().body == before
    carry(offering)
    assert "equipment" in CatalogueEntry.objects.current().get().body


def test_a_draft_can_be_submitted_whatever_workflows_the_page_tree_has(
    root: Any, people: Any
) -> None:
    Workflow.objects.filter(route__isnull=True).delete()
    offering = CourseFactory(parent=root)
    assert offering.permissions_for_user(people["editor"]).can_submit_for_moderation()


def test_an_unchanged_offering_has_no_route(root: Any) -> None:
    offering = MicroCredentialFactory(parent=root, life="published")
    assert draft(offering).get_workflow() is None


def test_two_people_who_decide_at_once_leave_one_decision(root: Any) -> None:
    offering = CourseFactory(parent=root, life="submitted")
    first, second = stage_state(offering), stage_state(offering)
    first.task.specific.on_action(first, person("department"), "approve", comment="")
    with pytest.raises(DecisionRefused, match="ended already"):
        second.task.specific.on_action(second, person("department", 2), "approve", comment="")
    assert Decision.objects.count() == PublishedVersion.objects.count() == 1


def test_an_author_or_submitter_cannot_decide(root: Any) -> None:
    author, submitter = person("department", 2), person("department", 3)
    offering = MicroCredentialFactory(parent=root)
    edit(offering, by=author, competency="Another.")
    submit(offering, by=submitter)
    for recused in (author, submitter):
        with pytest.raises(DecisionRefused, match="recused"):
            approve(offering, recused)
    approve(offering, person("department"))


def test_the_editorial_route_lets_nobody_decide_alone_unless_its_data_say_so(root: Any) -> None:
    officer = person("department", 2)
    offering = MicroCredentialFactory(parent=root, life="published")
    edit(offering, by=officer, fee="1.00")
    submit(offering, by=officer)
    with pytest.raises(DecisionRefused):
        approve(offering, officer)
    stage = stage_state(offering).task.specific
    stage.authors_may_decide = True
    stage.save()
    approve(offering, officer)
    assert PublishedVersion.objects.count() == 2


def test_a_superuser_outside_the_office_cannot_decide(root: Any, people: Any) -> None:
    offering = MicroCredentialFactory(parent=root, life="submitted")
    with pytest.raises(DecisionRefused, match="Only members"):
        approve(offering, people["superuser"])


def test_changed_content_begins_its_route_again(root: Any) -> None:
    offering = MicroCredentialFactory(parent=root, life="submitted")
    approve(offering, person("department"))
    carry(offering, purpose=Purpose.REQUEST_CHANGES, text="Name the competency.")
    edit(offering, competency="Transfers patients.")
    page = draft(offering)
    page.current_workflow_state.resume(user=person("editor"))
    assert stage_state(offering).task.name == "Department review"
    approve(offering, person("department"))
    carry(offering)
    assert PublishedVersion.objects.get().public_document["competency"] == "Transfers patients."
    assert list(Decision.objects.order_by("pk").values_list("outcome", flat=True)) == [
        *("passed", "approved", "changes_requested"),
        *("passed", "approved", "approved"),
    ]


def test_changes_are_requested_with_a_reason(root: Any) -> None:
    offering = MicroCredentialFactory(parent=root, life="submitted")
    with pytest.raises(DecisionRefused, match="Say which changes"):
        request_changes(offering, person("department"), comment=" ")


def test_an_editorial_change_that_grows_into_a_governed_one_changes_route(root: Any) -> None:
    offering = MicroCredentialFactory(parent=root, life="published")
    edit(offering, fee="1.00")
    submit(offering)
    request_changes(offering, person("department"))
    edit(offering, competency="Something else.")
    draft(offering).current_workflow_state.resume(user=person("editor"))
    assert stage_state(offering).task.name == "Department review"


def test_an_approval_names_office_person_instrument_and_policy_version(root: Any) -> None:
    offering = CourseFactory(parent=root, life="published")
    approval = Approval.objects.get()
    assert approval.decided_by_name == "Department-1"
    assert approval.authority == "Continuous Learning Department"
    assert approval.instrument == "ACD 1532: SH-2"
    assert approval.policy_version == "ACD 1532 (2023-11-28)"
    assert approval.frozen_content["governed"]["title"] == offering.title


def test_republishing_an_older_version_needs_a_new_approval(root: Any) -> None:
    offering = CourseFactory(parent=root, life="published")
    first = offering.get_latest_revision()
    revise(offering, summary="Another sentence.")
    with pytest.raises(Exception, match="has not been approved"):
        first.publish()
    publish_again = draft(offering)
    publish_again.summary = "Learn to do one thing well."
    publish_again.save_revision()
    publish(offering)
    assert PublishedVersion.objects.count() == 3
