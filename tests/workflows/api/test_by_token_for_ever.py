"""What is done by token says so for ever, with the token's name as it was (law 5)."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from credentials.models import PersonalToken
from credentials.people.actors import actor_of
from tests.committee import carry, open_vote, seat_committee, vote
from tests.people import person
from tests.proposals import approve
from tests.workflows.api.token_client import TokenClient
from workflows.admin.committees.motion_detail import MotionReading
from workflows.models import Ballot, ConditionMet, Decision, Motion, MotionResult, ProposalEvent

pytestmark = pytest.mark.django_db

SAID = "by the API token “Curriculum system”"


@pytest.fixture
def department() -> TokenClient:
    """With the Department's token."""
    return TokenClient(person("department"), "Curriculum system")


@pytest.fixture
def reader(people: Any) -> Client:
    """Somebody who reads in the admin."""
    client = Client()
    client.force_login(people["superuser"])
    return client


def by_person() -> Decision:
    found: Decision = Decision.objects.exclude(outcome="passed").get()
    return found


def approve_by(client: TokenClient, proposal: Any) -> Any:
    return client.act(proposal, "approve", **client.read(proposal))


def test_a_decision_keeps_the_tokens_name_and_the_api_tells_it(
    proposal: Any, department: TokenClient
) -> None:
    state = approve_by(department, proposal).json()
    assert by_person().by_token == "Curriculum system"
    told = {item["outcome"]: item["by_token"] for item in state["decisions"]}
    assert told["approved"] == "Curriculum system"
    details = [stage["details"] for stage in state["stages"] if not stage["is_current"]]
    assert any(SAID in line for lines in details for line in lines)


def test_it_stays_when_the_token_is_renamed_and_gone(
    proposal: Any, department: TokenClient
) -> None:
    approve_by(department, proposal)
    PersonalToken.objects.update(name="Something else")
    PersonalToken.objects.all().delete()
    assert by_person().by_token == "Curriculum system"


def test_by_hand_nothing_is_said(proposal: Any, department: TokenClient, reader: Client) -> None:
    """Also by somebody who has a token and did not use it."""
    approve(proposal, person("department"))
    assert by_person().by_token == ""
    assert "API token" not in by_person().signature
    assert actor_of(person("department")).by_token == ""
    page = reader.get(reverse("governance:proposal", args=[proposal.pk])).content.decode()
    assert "by the API token" not in page


def test_every_page_that_tells_of_the_decision_tells_it(
    proposal: Any, department: TokenClient, reader: Client
) -> None:
    department.act(proposal, "hold", comment="We wait for the numbers.")
    department.act(proposal, "resume")
    approve_by(department, proposal)
    for name in ("proposal", "timeline"):
        page = reader.get(reverse(f"governance:{name}", args=[proposal.pk])).content.decode()
        assert page.count(SAID) >= 3, name
    register = reverse("workflows_decision_modeladmin_index")
    assert SAID in reader.get(register).content.decode()
    exported = b"".join(reader.get(register, {"export": "csv"})).decode()  # type: ignore[call-overload]
    assert "Curriculum system" in exported


def test_every_act_of_a_proposal_keeps_it(proposal: Any, department: TokenClient) -> None:
    department.act(proposal, "hold", comment="We wait for the numbers.")
    department.act(proposal, "resume")
    department.act(proposal, "assign", assignee=person("department", 2).get_username())
    department.act(proposal, "remark", comment="Nearly done.")
    department.act(proposal, "withdraw", comment="Not this year.")
    by_token = dict(ProposalEvent.objects.values_list("kind", "by_token"))
    assert by_token.pop("submitted") == ""
    assert set(by_token) == {"held", "resumed", "assigned", "remark", "withdrawn"}
    assert set(by_token.values()) == {"Curriculum system"}


def test_a_vote_from_motion_to_condition_keeps_it(proposal: Any, reader: Client) -> None:
    """Each says it for itself: the ballots, who opened and closed, who confirmed."""
    seated = seat_committee()
    approve(proposal, person("department"))
    secretary = TokenClient(seated["secretary"], "Minutes program")
    hash_ = secretary.read(proposal)
    opened = secretary.act(
        proposal,
        "open_motion",
        **hash_,
        purpose="approve",
        conditions=["Name the ward."],
    )
    assert opened.status_code == 200, opened.content
    motion = Motion.objects.get()
    body = {"choice": "yes", **hash_}
    TokenClient(seated["chair"], "Phone").send(f"/motions/{motion.pk}/ballot", **body)
    for name in ("second", "third"):
        vote(motion, seated[name])
    assert secretary.send(f"/motions/{motion.pk}/close").status_code == 200
    (condition,) = motion.conditions.all()
    confirmed = secretary.send(f"/conditions/{condition.pk}/confirm", note="Ward 3.")
    assert confirmed.status_code == 200
    assert motion.by_token == "Minutes program"
    assert list(Ballot.objects.values_list("by_token", flat=True)) == ["Phone", "", ""]
    assert MotionResult.objects.get().by_token == "Minutes program"
    assert ConditionMet.objects.get().by_token == "Minutes program"
    page = reader.get(reverse("governance:motion", args=[motion.pk])).content.decode()
    assert page.count("by the API token “Minutes program”") == 3
    assert "by the API token “Phone”" in page


def test_a_committees_decision_is_its_own(proposal: Any) -> None:
    """By which token the vote was closed stands with its result; the body decided by ballots."""
    seated = seat_committee()
    approve(proposal, person("department"))
    motion = open_vote(proposal)
    for name in ("chair", "second", "third"):
        vote(motion, seated[name])
    TokenClient(seated["secretary"], "Minutes program").send(f"/motions/{motion.pk}/close")
    decision = Decision.objects.get(motion=motion)
    assert decision.by_token == ""
    assert motion.result.by_token == "Minutes program"


def test_a_vote_counted_before_tokens_were_kept_is_still_read(proposal: Any) -> None:
    seat_committee()
    approve(proposal, person("department"))
    motion = carry(proposal)
    for seat in motion.result.seats:
        del seat["by_token"]
    lines = MotionReading(motion, person("department")).seats
    assert {line.by_token for line in lines} == {""}


def test_the_policys_owner_reads_that_an_override_came_by_token(
    root: Any, proposal: Any, django_capture_on_commit_callbacks: Any
) -> None:
    owner = person("policy_owner")
    client = TokenClient(owner, "Curriculum system")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.act(
            proposal,
            "override",
            **client.read(proposal),
            comment="The ward opens on Monday.",
            instrument="Emergency powers",
        )
    assert answer.status_code == 200, answer.content
    bodies = [message.body for message in mail.outbox if "Emergency powers" in message.body]
    assert bodies
    assert all(SAID in body for body in bodies)
