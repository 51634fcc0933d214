"""Every act by API: what is allowed can be done, what the admin refuses is refused here too."""

import datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Collection, Comment
from wagtail_factories import DocumentFactory

from credentials.choices import CreditBasis
from credentials.conf import conf
from credentials.models import PublishedVersion
from credentials.people.roles import grant_roles
from tests.committee import carry, seat_committee, vote_all
from tests.factories import AcademicUnitFactory, CourseFactory, MicroCredentialFactory
from tests.people import approver, person
from tests.proposals import approve, draft, request_changes, stage_state, submit
from tests.workflows.api.token_client import TokenClient
from workflows.api.actions import ACTIONS, NEEDED
from workflows.models import Decision, Motion, OutsideOutcome, ProposalEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def department() -> TokenClient:
    """With the Department's token."""
    return TokenClient(person("department"))


@pytest.fixture
def seated(root: Any) -> dict[str, Any]:
    """The committee; all of it in its group."""
    found = seat_committee()
    for someone in found.values():
        someone.groups.add(Group.objects.get(name=conf().ROLE_GROUPS["committee"]))
    return found


def test_what_is_allowed_is_an_act_that_exists(
    root: Any, proposal: Any, department: TokenClient, seated: Any
) -> None:
    grant_roles(root)
    owner = person("policy_owner")
    owner.groups.add(Group.objects.get(name=conf().ROLE_GROUPS["policy_owner"]))
    allowed = {
        *department.state(proposal)["allowed_actions"],
        *TokenClient(owner).state(proposal)["allowed_actions"],
    }
    approve(proposal, person("department"))
    allowed |= {*TokenClient(seated["secretary"]).state(proposal)["allowed_actions"]}
    assert {"assign", "override", "open_motion", "comment_on_field"} <= allowed <= set(ACTIONS)


@pytest.mark.clause("GC-1")
def test_the_state_names_the_reference_in_the_curriculum_system(
    proposal: Any, department: TokenClient
) -> None:
    assert department.state(proposal)["external_reference"] == "CUR-2026-117"


def test_a_question_is_asked_and_answered_and_a_field_commented(
    proposal: Any, department: TokenClient, seated: Any
) -> None:
    asked = department.act(proposal, "ask_comment", office="committee", comment="Is it new?")
    (question,) = asked.json()["questions"]
    assert not question["may_answer"]
    member = TokenClient(seated["second"])
    assert "give_comment" in member.state(proposal)["allowed_actions"]
    refused = department.act(proposal, "give_comment", question=question["id"], comment="Yes.")
    assert refused.status_code == 403
    answered = member.act(proposal, "give_comment", question=question["id"], comment="Yes.")
    assert answered.json()["questions"] == []
    comment = {"field": "competency", "comment": "Name the ward."}
    assert department.act(proposal, "comment_on_field", **comment).status_code == 200
    assert Comment.objects.get().text == "Name the ward."


def test_the_unit_that_takes_part_reads_and_answers(
    root: Any, proposal: Any, department: TokenClient
) -> None:
    course = CourseFactory(parent=root, academic_unit=AcademicUnitFactory())
    submit(course, person("editor"))
    unit = TokenClient(approver(draft(course)))
    approve(course, approver(draft(course)))
    asked = department.act(course, "ask_comment", office="unit", comment="Who teaches it?")
    (question,) = asked.json()["questions"]
    answer = unit.act(course, "give_comment", question=question["id"], comment="Our staff.")
    assert answer.status_code == 200


def test_a_colleague_is_assigned_and_then_another(proposal: Any, department: TokenClient) -> None:
    for number in (2, 3):
        colleague = person("department", number)
        answer = department.act(proposal, "assign", assignee=colleague.get_username())
        details = [s["details"] for s in answer.json()["stages"] if s["is_current"]]
        assert details == [[f"Assigned to Department-{number}"]]
    outsider = department.act(proposal, "assign", assignee=person("committee").get_username())
    assert outsider.status_code == 409
    assert department.act(proposal, "assign", assignee="nobody").status_code == 422


def test_a_motion_is_opened_with_a_condition_which_is_confirmed(
    proposal: Any, department: TokenClient, seated: Any
) -> None:
    approve(proposal, person("department"))
    secretary = TokenClient(seated["secretary"])
    hash_ = secretary.read(proposal)
    motion = {"purpose": "approve", "conditions": ["Hire staff."], **hash_}
    assert TokenClient(seated["second"]).act(proposal, "open_motion", **motion).status_code == 403
    assert secretary.act(proposal, "open_motion", purpose="approve").status_code == 409
    assert secretary.act(proposal, "open_motion", **motion | {"purpose": "x"}).status_code == 422
    assert secretary.act(proposal, "open_motion", **motion).status_code == 200
    assert secretary.act(proposal, "open_motion", **motion).status_code == 409
    opened = Motion.objects.get()
    vote_all(opened)
    closed = secretary.send(f"/motions/{opened.pk}/close").json()
    assert closed["waits_for"] == ["Condition to be met: Hire staff."]
    address = f"/conditions/{closed['motions'][0]['conditions'][0]['id']}/confirm"
    assert TokenClient(seated["second"]).send(address, note="Done.").status_code == 403
    assert secretary.send(address, note="").status_code == 422
    assert department.send(address, note="Minute 4.").status_code == 200
    assert department.send(address, note="Again.").status_code == 409
    assert PublishedVersion.objects.count() == 1


def test_what_was_defeated_is_reconsidered(proposal: Any, seated: Any) -> None:
    approve(proposal, person("department"))
    secretary = TokenClient(seated["secretary"])
    body = {"purpose": "approve", **secretary.read(proposal)}
    secretary.act(proposal, "open_motion", **body)
    vote_all(Motion.objects.get(), "no")
    secretary.send(f"/motions/{Motion.objects.get().pk}/close")
    draft(proposal).current_workflow_state.resume(user=person("editor"))
    assert secretary.act(proposal, "open_motion", **body).status_code == 409
    again = secretary.act(proposal, "open_motion", moved_by="Committee-2", **body)
    assert again.status_code == 200
    assert Motion.objects.filter(reconsiders__isnull=False).count() == 1


@pytest.mark.clause("FA-1")
def test_an_outside_outcome_is_recorded_with_a_document_that_one_may_choose(
    root: Any, proposal: Any, department: TokenClient
) -> None:
    document = DocumentFactory(title="Outcome", collection=Collection.get_first_root_node())
    offering = MicroCredentialFactory(
        parent=root,
        credit_basis=CreditBasis.FAC,
        iqap_reference="IQAP 2026-14",
        iqap_date=datetime.date(2026, 5, 4),
        iqap_document=document,
        academic_unit=AcademicUnitFactory(),
    )
    submit(offering, person("editor"))
    facts = {
        **department.read(offering),
        "body": "IQAP",
        "decided_on": "2026-05-04",
        "reference": "IQAP 2026-14",
    }
    assert department.act(offering, "record", **facts | {"document": 0}).status_code == 422
    assert department.act(offering, "record", **facts | {"reference": " "}).status_code == 422
    future = facts | {"decided_on": "2126-05-04"}
    assert department.act(offering, "record", **future).status_code == 409
    answer = department.act(offering, "record", **facts, document=document.pk)
    assert answer.status_code == 200, answer.json()
    assert OutsideOutcome.objects.get().document == document


def test_what_must_be_said_is_named(proposal: Any, department: TokenClient) -> None:
    hash_ = department.read(proposal)
    for action, needed in NEEDED.items():
        answer = department.act(proposal, action, **hash_)
        assert answer.status_code == 422, action
        assert [error["parameter"] for error in answer.json()["errors"]] == list(needed)
    assert not ProposalEvent.objects.exclude(kind="submitted").exists()


def test_it_is_sent_back_to_an_earlier_stage_that_somebody_decides(
    root: Any, proposal: Any, department: TokenClient
) -> None:
    hash_ = department.read(proposal)
    back = {**hash_, "comment": "Again."}
    for stage in ("Responsibilities agreement signed", "Academic unit's sign-off"):
        answer = department.act(proposal, "request_changes", back_to=stage, **back)
        assert answer.status_code == 409, stage
        assert "earlier stage" in answer.json()["detail"]
    offering = MicroCredentialFactory(parent=root, academic_unit=AcademicUnitFactory())
    submit(offering, person("editor"))
    approve(offering, approver(draft(offering)))
    back |= department.read(offering)
    answer = department.act(
        offering, "request_changes", back_to="Academic unit's sign-off", **back
    ).json()
    assert [s["name"] for s in answer["stages"] if s["is_current"]] == ["Academic unit's sign-off"]
    assert answer["decisions"][0]["returned_to"] == "Academic unit's sign-off"


def test_what_was_sent_back_is_withdrawn_by_its_author(proposal: Any) -> None:
    request_changes(proposal, person("department"))
    author = TokenClient(person("editor"))
    assert author.state(proposal)["allowed_actions"] == ["withdraw", "remark"]
    assert author.act(proposal, "hold", comment="Wait.").status_code == 409
    assert author.act(proposal, "withdraw", comment="No partner.").status_code == 200
    assert author.state(proposal)["allowed_actions"] == []


@pytest.mark.parametrize("who", ["author", "officer who submitted", "member", "superuser"])
def test_the_token_does_no_more_than_its_person(proposal: Any, seated: Any, who: str) -> None:
    officer = person("department", 4)
    workflow_state = stage_state(proposal).workflow_state
    workflow_state.requested_by = officer
    workflow_state.save()
    someone = {
        "author": person("editor"),
        "officer who submitted": officer,
        "member": seated["second"],
        "superuser": get_user_model().objects.create_superuser("root"),
    }[who]
    client = TokenClient(someone)
    body = {
        **client.read(proposal),
        "comment": "Go on.",
        "body": "IQAP",
        "decided_on": "2026-05-04",
        "reference": "1",
        "purpose": "approve",
        "assignee": person("department", 2).get_username(),
    }
    allowed = client.state(proposal)["allowed_actions"]
    for action in ("approve", "request_changes", "record", "note", "open_motion", "assign"):
        assert action not in allowed
        assert client.act(proposal, action, **body).status_code in (403, 409), action
    assert not Decision.objects.exclude(outcome="passed").exists()
    assert not Motion.objects.exists()
    assert stage_state(proposal).task.name == "Department review"


def test_a_token_loses_with_its_person_what_the_office_gave(
    proposal: Any, department: TokenClient
) -> None:
    hash_ = department.read(proposal)
    person("department").groups.clear()
    assert department.act(proposal, "approve", **hash_).status_code == 404
    assert not Decision.objects.exclude(outcome="passed").exists()


def test_what_is_published_is_no_longer_acted_on(
    proposal: Any, department: TokenClient, seated: Any
) -> None:
    approve(proposal, person("department"))
    carry(proposal)
    state = department.state(proposal)
    assert state["allowed_actions"] == []
    answer = department.act(proposal, "approve", **department.read(proposal))
    assert answer.status_code == 409
    assert answer.json()["state"]["proposal"] == str(proposal.uuid)
