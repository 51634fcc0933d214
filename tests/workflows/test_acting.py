"""What deciders do beside approving: back to any stage, hold, ask, assign, override, withdraw."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import WorkflowTask

from credentials.conf import conf
from credentials.models import Approval, PublishedVersion
from credentials.people.roles import grant_roles
from tests.committee import carry, open_vote, seat_committee, vote_all
from tests.factories import AcademicUnitFactory, MicroCredentialFactory
from tests.lifecycle import pass_stage
from tests.people import approver, person
from tests.proposals import approve, draft, edit, stage_state, submit
from workflows.choices import Act, MotionOutcome, Office, Outcome, Purpose
from workflows.committee.results import close_motion
from workflows.deciding.events import assignee_of
from workflows.exceptions import DecisionRefused
from workflows.models import Decision, Motion, ProposalEvent
from workflows.models.routes import stages_of
from workflows.proposals.actions import (
    ask_comment,
    assign,
    give_comment,
    hold,
    open_questions,
    override,
    remark,
    request_changes,
    resume,
    withdraw,
)
from workflows.proposals.allowed_actions import allowed_actions
from workflows.proposals.proposal_reading import ProposalReading

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(root: Any) -> Any:
    """A micro-credential of a unit, with the Department."""
    grant_roles(root)
    offering = MicroCredentialFactory(parent=root, academic_unit=AcademicUnitFactory())
    submit(offering, person("editor"))
    approve(offering, approver(draft(offering)))
    return offering


@pytest.fixture
def owner(root: Any) -> Any:
    """Who owns the policy."""
    grant_roles(root)
    user = person("policy_owner")
    user.groups.add(Group.objects.get(name=conf().ROLE_GROUPS["policy_owner"]))
    return user


def stage_called(offering: Any, name: str) -> Any:
    stages = stages_of(stage_state(offering).workflow_state.workflow)
    return next(stage for stage in stages if stage.name == name)


def test_changes_can_be_asked_of_an_earlier_stage_and_decisions_stay_on_record(
    proposal: Any,
) -> None:
    unit = stage_called(proposal, "Academic unit's sign-off")
    request_changes(stage_state(proposal), person("department"), "Who teaches it?", unit)
    assert stage_state(proposal).task.name == unit.name
    approve(proposal, approver(draft(proposal)), comment="Our own staff.")
    assert stage_state(proposal).task.name == "Department review"
    approve(proposal, person("department"))
    carry(proposal)
    assert PublishedVersion.objects.count() == 1
    sent_back = Decision.objects.get(outcome=Outcome.CHANGES_REQUESTED)
    assert sent_back.returned_to == unit.name
    assert Decision.objects.filter(stage=unit.name, outcome="approved").count() == 2


def test_a_committee_can_send_it_back_to_the_unit(proposal: Any) -> None:
    approve(proposal, person("department"))
    unit = stage_called(proposal, "Academic unit's sign-off")
    carry(proposal, purpose=Purpose.REQUEST_CHANGES, text="Confirm staffing.", back_to=unit)
    assert stage_state(proposal).task.name == unit.name
    for _stage in range(2):
        pass_stage(proposal)
    assert stage_state(proposal).task.name == "Committee approval"
    assert not PublishedVersion.objects.exists()
    carry(proposal)
    assert PublishedVersion.objects.count() == 1


def test_only_an_earlier_stage_of_the_route_can_be_asked(proposal: Any) -> None:
    for name in ("Department review", "Committee approval"):
        later = stage_called(proposal, name)
        with pytest.raises(DecisionRefused, match="earlier stage"):
            request_changes(stage_state(proposal), person("department"), "Again.", later)


def test_changes_are_asked_of_no_gate_and_of_no_stage_that_is_not_due(root: Any) -> None:
    alone = MicroCredentialFactory(parent=root, life="submitted")
    for name in ("Responsibilities agreement signed", "Academic unit's sign-off"):
        stage = stage_called(alone, name)
        with pytest.raises(DecisionRefused, match="earlier stage"):
            request_changes(stage_state(alone), person("department"), "Again.", stage)


def test_changes_can_be_asked_of_the_committee_where_a_stage_follows_it(proposal: Any) -> None:
    workflow = stage_state(proposal).workflow_state.workflow
    review = stage_called(proposal, "Department review")
    place = WorkflowTask.objects.filter(workflow=workflow, task=review)
    place.update(sort_order=9)  # the office moved its review behind the committee
    withdraw(proposal, person("editor"), "Another order of stages.")
    submit(proposal, person("editor"))
    approve(proposal, approver(draft(proposal)))
    carry(proposal)
    committee = stage_called(proposal, "Committee approval")
    request_changes(stage_state(proposal), person("department"), "Read the annex.", committee)
    assert stage_state(proposal).task.name == "Committee approval"
    carry(proposal)
    approve(proposal, person("department"))
    assert PublishedVersion.objects.count() == 1


def test_nothing_is_decided_while_it_is_on_hold(proposal: Any) -> None:
    state = stage_state(proposal)
    with pytest.raises(DecisionRefused, match="Only members"):
        hold(state, person("committee"), "Wait.")
    with pytest.raises(DecisionRefused, match="Say why"):
        hold(state, person("department"), " ")
    hold(state, person("department"), "Waiting for the hospital.")
    with pytest.raises(DecisionRefused, match="on hold already"):
        hold(state, person("department"), "Again.")
    with pytest.raises(DecisionRefused, match=r"on hold: Waiting for the hospital\."):
        approve(proposal, person("department"))
    assert "resume" in allowed_actions(ProposalReading(state), person("department"))
    resume(state, person("department"))
    approve(proposal, person("department"))


def test_a_committee_opens_no_motion_on_what_is_held(proposal: Any) -> None:
    approve(proposal, person("department"))
    hold(stage_state(proposal), seat_committee()["chair"], "Counsel is asked.")
    with pytest.raises(DecisionRefused, match="on hold"):
        open_vote(proposal)


def test_another_office_comments_without_deciding(proposal: Any) -> None:
    asked = ask_comment(
        stage_state(proposal), person("department"), Office.UNIT, "Is the laboratory free?"
    )
    assert asked.to_name == draft(proposal).academic_unit.name
    with pytest.raises(DecisionRefused, match="Only members"):
        give_comment(asked, person("committee"), "Yes.")
    assert open_questions(asked.proposal_key) == [asked]
    given = give_comment(asked, approver(draft(proposal)), "On Fridays.")
    assert given.answers == asked
    assert open_questions(asked.proposal_key) == []
    assert stage_state(proposal).task.name == "Department review"


def test_a_stage_is_assigned_to_somebody_who_may_decide(proposal: Any) -> None:
    state = stage_state(proposal)
    with pytest.raises(DecisionRefused, match="cannot decide here"):
        assign(state, person("department"), person("committee"))
    assign(state, person("department"), person("department", 2))
    assignment = assignee_of(state)
    assert assignment is not None
    assert assignment.to_key == str(person("department", 2).pk)
    assign(state, person("department"), person("department", 3))
    again = assignee_of(state)
    assert again is not None
    assert again.to_name == "Department-3"


def test_who_is_recused_does_not_choose_who_decides(root: Any) -> None:
    officer = person("department", 4)
    offering = MicroCredentialFactory(parent=root, author=officer)
    submit(offering, person("editor"))
    with pytest.raises(DecisionRefused, match="recused"):
        assign(stage_state(offering), officer, person("department"))


@pytest.mark.clause("SC-3")
def test_an_override_needs_authority_reason_and_instrument_and_shows_for_ever(
    proposal: Any, owner: Any, client: Client
) -> None:
    approve(proposal, person("department"))
    state = stage_state(proposal)
    with pytest.raises(DecisionRefused, match="in an emergency"):
        override(state, person("department"), "Hurry.", "None")
    for reason, instrument in (("", "Minute 7"), ("Ward closes on Friday.", " ")):
        with pytest.raises(DecisionRefused, match="Give the reason"):
            override(state, owner, reason, instrument)
    override(state, owner, "Ward closes on Friday.", "Emergency powers, minute 7")
    decision = Decision.objects.get(outcome=Outcome.OVERRIDDEN)
    assert decision.instrument == "Emergency powers, minute 7"
    approval = Approval.objects.get()
    assert approval.decided_by_key == str(owner.pk)
    assert approval.authority == Office.POLICY_OWNER.official_name
    client.force_login(owner)
    for address in (
        reverse("governance:proposal", args=[proposal.pk]),
        reverse("governance:timeline", args=[proposal.pk]),
        "/admin/workflows/decision/",
    ):
        assert "Emergency override" in client.get(address).content.decode(), address
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk)._raw_delete("default")


def test_nobody_overrides_for_their_own_proposal(root: Any, owner: Any) -> None:
    offering = MicroCredentialFactory(parent=root, author=owner)
    submit(offering, person("editor"))
    with pytest.raises(DecisionRefused, match="recused"):
        override(stage_state(offering), owner, "Hurry.", "Minute 7")


def test_an_override_voids_the_motion_that_was_open(proposal: Any, owner: Any) -> None:
    approve(proposal, person("department"))
    motion = open_vote(proposal)
    override(stage_state(proposal), owner, "Ward closes on Friday.", "Minute 7")
    motion = Motion.objects.get(pk=motion.pk)
    assert motion.result.outcome == MotionOutcome.VOID
    assert PublishedVersion.objects.count() == 1


def test_a_proposal_is_withdrawn_with_a_reason_and_its_motion_decides_nothing(
    proposal: Any,
) -> None:
    approve(proposal, person("department"))
    motion = open_vote(proposal)
    with pytest.raises(DecisionRefused, match="withdraw a proposal"):
        withdraw(proposal, person("committee"), "No.")
    withdraw(proposal, person("editor"), "The partner left.")
    assert stage_state(proposal) is None
    assert Motion.objects.get(pk=motion.pk).result.outcome == MotionOutcome.VOID
    event = ProposalEvent.objects.get(kind=Act.WITHDRAWN)
    assert event.text == "The partner left."
    with pytest.raises(DecisionRefused, match="closed"):
        vote_all(motion)
    with pytest.raises(DecisionRefused, match="closed already"):
        close_motion(motion, seat_committee()["secretary"])


def test_cancelling_in_wagtails_own_way_is_on_record_too(proposal: Any) -> None:
    draft(proposal).current_workflow_state.cancel(user=person("editor"))
    assert ProposalEvent.objects.get(kind=Act.WITHDRAWN).by_name == "Editor-1"


def test_authors_and_deciders_discuss_and_others_do_not(proposal: Any) -> None:
    remark(draft(proposal), person("editor"), "The letter follows on Monday.")
    remark(draft(proposal), person("department"), "Thank you.")
    with pytest.raises(DecisionRefused):
        remark(draft(proposal), person("committee"), "Me too.")
    assert ProposalEvent.objects.filter(kind=Act.REMARK).count() == 2


def test_a_changed_proposal_is_submitted_again_on_record(proposal: Any) -> None:
    request_changes(stage_state(proposal), person("department"), "Name the ward.")
    edit(proposal, by=person("editor"), competency="Moves patients on a ward.")
    draft(proposal).current_workflow_state.resume(user=person("editor"))
    assert ProposalEvent.objects.filter(kind=Act.SUBMITTED).count() == 2
    assert stage_state(proposal).task.name == "Academic unit's sign-off"


def test_what_is_allowed_depends_on_who_asks_and_where_it_stands(proposal: Any, owner: Any) -> None:
    state = stage_state(proposal)
    assert allowed_actions(ProposalReading(state), person("department")) == [
        "approve",
        "request_changes",
        "hold",
        "ask_comment",
        "assign",
        "withdraw",
        "remark",
        "comment_on_field",
    ]
    assert allowed_actions(ProposalReading(state), person("editor")) == ["withdraw", "remark"]
    assert allowed_actions(ProposalReading(state), owner) == ["override"]
    approve(proposal, person("department"))
    seated = seat_committee()
    state = stage_state(proposal)
    assert "open_motion" in allowed_actions(ProposalReading(state), seated["secretary"])
    assert allowed_actions(ProposalReading(state), seated["second"]) == [
        "hold",
        "ask_comment",
        "remark",
        "comment_on_field",
    ]
