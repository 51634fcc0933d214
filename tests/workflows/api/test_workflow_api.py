"""The workflow API: by token, with the admin's checks, and the state when it cannot be."""

import uuid
from typing import Any

import pytest
from django.test import Client

from credentials.models import PublishedVersion
from credentials.people.roles import grant_roles
from tests.committee import open_vote, seat_committee
from tests.factories import CourseFactory
from tests.people import person
from tests.proposals import approve, edit
from tests.workflows.api.token_client import ROOT, TokenClient
from workflows.models import Ballot, Decision

pytestmark = pytest.mark.django_db


def test_without_a_token_in_force_there_is_nothing(proposal: Any, people: Any) -> None:
    signed_in = Client()
    signed_in.force_login(people["department"])
    nonsense = Client(headers={"Authorization": "Bearer wagtail_nonsense"})
    revoked = TokenClient(people["department"])
    revoked.token.revoke()
    gone = TokenClient(people["second_member"])
    people["second_member"].is_active = False
    people["second_member"].save()
    for client in (Client(), signed_in, nonsense, revoked, gone):
        answer = client.get(f"{ROOT}/awaiting")
        assert answer.status_code == 401
        assert answer["Content-Type"] == "application/problem+json"


def test_what_awaits_leads_to_a_proposal_that_says_what_is_allowed(proposal: Any) -> None:
    client = TokenClient(person("department"))
    (item,) = client.get(f"{ROOT}/awaiting").json()
    assert item["proposal"] == str(proposal.uuid)
    found = client.state(proposal)
    assert [stage["name"] for stage in found["stages"] if stage["is_current"]] == [
        "Department review"
    ]
    assert found["allowed_actions"][:2] == ["approve", "request_changes"]


def test_from_the_department_to_the_committee_to_public(proposal: Any) -> None:
    seated = seat_committee()
    client = TokenClient(person("department"))
    hash_ = client.read(proposal)
    path = f"/proposals/{proposal.uuid}/actions/approve"
    assert client.send(path, **hash_).status_code == 200
    motion = open_vote(proposal)
    for name in ("chair", "second", "third"):
        answer = TokenClient(seated[name]).send(
            f"/motions/{motion.pk}/ballot", choice="yes", **hash_
        )
        assert answer.json()["motions"][0]["own_vote"] == "yes"
    closed = TokenClient(seated["secretary"]).send(f"/motions/{motion.pk}/close")
    assert "carried" in closed.json()["motions"][0]["explanation"]
    assert PublishedVersion.objects.count() == 1


def test_another_person_is_refused_for_who_they_are(proposal: Any) -> None:
    grantee = person("committee")
    hash_ = TokenClient(person("department")).read(proposal)
    path = f"/proposals/{proposal.uuid}/actions/approve"
    answer = TokenClient(grantee).send(path, **hash_)
    assert answer.status_code == 403
    assert "Only members" in answer.json()["detail"]
    assert not Decision.objects.exclude(outcome="passed").exists()


def test_who_may_not_read_it_does_not_learn_that_it_exists(proposal: Any) -> None:
    stranger = person("editor", 7)
    stranger.groups.clear()
    client = TokenClient(stranger)
    for key in (proposal.uuid, uuid.uuid4()):
        assert client.get(f"{ROOT}/proposals/{key}").status_code == 404
        assert client.send(f"/proposals/{key}/actions/approve").status_code == 404


def test_what_cannot_be_now_answers_with_the_state(proposal: Any) -> None:
    client = TokenClient(person("department"))
    path = f"/proposals/{proposal.uuid}/actions/approve"
    stale = client.send(path, content_hash="0" * 64)
    assert stale.status_code == 409
    assert stale.json()["state"]["proposal"] == str(proposal.uuid)
    hash_ = client.read(proposal)
    edit(proposal, competency="Something else.")
    assert client.send(path, **hash_).status_code == 409
    assert not Decision.objects.exclude(outcome="passed").exists()


def test_a_member_that_cannot_be_used_is_named(proposal: Any) -> None:
    client = TokenClient(person("department"))
    hash_ = client.read(proposal)
    path = f"/proposals/{proposal.uuid}/actions"
    for action, body, member in (
        ("request_changes", {**hash_}, "comment"),
        (
            "request_changes",
            {**hash_, "comment": "A", "back_to": "Nowhere"},
            "back_to",
        ),
        ("ask_comment", {"comment": "Why?", "office": "kitchen"}, "office"),
        ("approve", {"content_hash": 7}, "content_hash"),
    ):
        answer = client.send(f"{path}/{action}", **body)
        assert answer.status_code == 422, action
        assert member in str(answer.json()["errors"])
    assert client.send(f"{path}/explode").status_code == 404


def test_a_ballot_is_cast_once_for_ones_own_seat(proposal: Any) -> None:
    seated = seat_committee()
    approve(proposal, person("department"))
    motion = open_vote(proposal)
    path = f"/motions/{motion.pk}/ballot"
    vote = {"choice": "yes", "content_hash": motion.content_hash}
    assert TokenClient(person("department")).send(path, **vote).status_code == 403
    chair = TokenClient(seated["chair"])
    assert chair.send(path, **{**vote, "content_hash": "0" * 64}).status_code == 409
    assert chair.send(path, choice="perhaps", content_hash="").status_code == 422
    for _time in range(2):
        assert chair.send(path, **vote).status_code == 200
    assert Ballot.objects.count() == 2
    assert TokenClient(seated["second"]).send(f"/motions/{motion.pk}/close").status_code == 403
    assert TokenClient(seated["secretary"]).send(f"/motions/{motion.pk}/close").status_code == 409


def test_a_course_is_held_and_resumed_and_withdrawn(root: Any) -> None:
    grant_roles(root)
    course = CourseFactory(parent=root, life="submitted")
    client = TokenClient(person("department"))
    path = f"/proposals/{course.uuid}/actions"
    held = client.send(f"{path}/hold", comment="Waiting for a room.").json()
    assert held["on_hold"] == "Waiting for a room."
    assert "resume" in held["allowed_actions"]
    assert client.send(f"{path}/resume").json()["on_hold"] is None
    assert client.send(f"{path}/withdraw", comment="No room.").json()["allowed_actions"] == []
