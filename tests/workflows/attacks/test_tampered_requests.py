"""Requests whose hidden values were changed, or that stand where no form leads."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credentials.conf import conf
from credentials.models import PublishedVersion
from tests.committee import committee, open_vote, vote_all
from tests.lifecycle import pass_stage
from tests.people import person
from tests.proposals import draft, edit, shown, stage_state, submit
from tests.tokens import bearer, token_of
from workflows.agendas.consent import pull_from_consent
from workflows.calendar.dates import open_address
from workflows.choices import AgendaPart, MeetingState, MotionOutcome, Purpose
from workflows.committee.motions import open_retirement_motion
from workflows.committee.question import Question
from workflows.committee.results import close_motion
from workflows.exceptions import DecisionRefused
from workflows.models import (
    AgendaItem,
    Ballot,
    Committee,
    CommitteeRules,
    Decision,
    Meeting,
    Motion,
    MotionResult,
)
from workflows.proposals.actions import withdraw
from workflows.proposals.retirement import request_retirement

pytestmark = pytest.mark.django_db

WORKFLOW = "/api/workflow/v1"


class TestShownHash:
    def test_an_override_is_of_what_was_read(
        self, proposal: Any, owner: Any, signed_in: Any
    ) -> None:
        """It was withdrawn, changed and submitted again while the form stood open."""
        read = shown(proposal)
        withdraw(proposal, person("editor"), "One more word.")
        edit(proposal, by=person("editor"), competency="Unread words")
        submit(proposal, person("editor"))
        facts = {"reason": "Ward closes.", "instrument": "Minute 7", "certain": "on"}
        address = reverse("governance:act", args=[proposal.pk, "override"])
        for sent in ({"content_hash": read}, {"content_hash": ""}, {}):
            answer = signed_in(owner).post(address, facts | sent)
            assert answer.status_code == 200
        assert not Decision.objects.filter(outcome="overridden").exists()

    def test_so_is_an_approval(self, proposal: Any, people: Any, signed_in: Any) -> None:
        read = shown(proposal)
        withdraw(proposal, person("editor"), "One more word.")
        edit(proposal, by=person("editor"), competency="Unread words")
        submit(proposal, person("editor"))
        before = Decision.objects.count()
        answer = signed_in(people["department"]).post(
            reverse("governance:proposal", args=[proposal.pk]),
            {"outcome": "approved", "comment": "", "content_hash": read},
        )
        assert "has changed since you opened it" in answer.content.decode()
        assert Decision.objects.count() == before


class TestOtherCommittees:
    @pytest.fixture
    def other(self, seated: Any) -> Committee:
        """A committee that decides on nothing here."""
        made = Committee.objects.create(name="Other", group=committee().group)
        CommitteeRules.objects.create(committee=made, number=1)
        return made

    def test_a_meeting_of_another_committee_votes_on_nothing(
        self, proposal: Any, other: Committee, seated: Any, signed_in: Any
    ) -> None:
        theirs = Meeting.objects.create(
            committee=other, starts_at=timezone.now(), state=MeetingState.UNDER_WAY
        )
        address = reverse("governance:open_motion", args=[proposal.pk])
        signed_in(seated["chair"]).post(
            f"{address}?meeting={theirs.pk}", {"purpose": "approve", "text": ""}
        )
        assert not Motion.objects.exists()

    def test_a_stage_given_away_voids_the_vote_and_can_be_voted_on_anew(
        self, proposal: Any, motion: Motion, other: Committee, seated: Any
    ) -> None:
        vote_all(motion)
        stage = stage_state(proposal).task.specific
        stage.committee = other
        stage.save()
        assert close_motion(motion, seated["secretary"]).outcome == MotionOutcome.VOID
        assert not PublishedVersion.objects.exists()
        assert Ballot.objects.count() == 3

    def test_a_stage_taken_off_the_route_sends_it_back_to_the_author(
        self, proposal: Any, seated: Any
    ) -> None:
        workflow = stage_state(proposal).workflow_state.workflow
        review = workflow.tasks.get(name="Department review")
        motion = open_vote(
            proposal, purpose=Purpose.REQUEST_CHANGES, text="Name the ward.", back_to=review
        )
        vote_all(motion)
        workflow.workflow_tasks.filter(task=review).delete()
        assert close_motion(motion, seated["secretary"]).outcome == MotionOutcome.CARRIED
        assert Decision.objects.get(motion=motion).outcome == "changes_requested"
        assert draft(proposal).current_workflow_state.status == "needs_changes"


class TestConsent:
    """What a member pulled from consent is discussed, whoever would rather not."""

    @pytest.mark.parametrize("act", ["to_part", "order"])
    def test_it_is_not_put_back(
        self, meeting: Meeting, seated: Any, signed_in: Any, act: str
    ) -> None:
        item = meeting.items.get()
        pull_from_consent(item, seated["second"], "Who assesses it?")
        signed_in(seated["secretary"]).post(
            reverse("governance:meeting_act", args=[meeting.pk, act]),
            {"item": item.pk, "order": item.pk, "part": AgendaPart.CONSENT},
        )
        assert meeting.items.get().part == AgendaPart.DISCUSSION

    def test_nor_by_taking_it_off_and_on_again(
        self, meeting: Meeting, seated: Any, signed_in: Any
    ) -> None:
        item = meeting.items.get()
        pull_from_consent(item, seated["second"], "Who assesses it?")
        client = signed_in(seated["secretary"])
        for act in ("remove", "build"):
            address = reverse("governance:meeting_act", args=[meeting.pk, act])
            client.post(address, {"item": item.pk})
        assert AgendaItem.objects.get().pk != item.pk
        assert meeting.items.get().part == AgendaPart.DISCUSSION


class TestRetirement:
    @pytest.fixture
    def request_(self, proposal: Any, seated: Any) -> Any:
        pass_stage(proposal)
        return request_retirement(
            proposal, person("department"), action="retire", note="It ends.", reason="Few came."
        )

    def test_it_has_no_conditions_that_nobody_would_wait_for(
        self, request_: Any, seated: Any, signed_in: Any
    ) -> None:
        question = Question(Purpose.RETIRE, conditions=("Tell the learners first.",))
        with pytest.raises(DecisionRefused, match="has conditions"):
            open_retirement_motion(request_, seated["secretary"], question)
        address = reverse("governance:open_retirement_motion", args=[request_.pk])
        form = signed_in(seated["secretary"]).get(address).context["form"]
        assert "conditions" not in form.fields

    def test_who_asked_for_it_does_not_decide_it(
        self, request_: Any, seated: Any, signed_in: Any
    ) -> None:
        for someone in (person("department"), person("department", 2), seated["chair"]):
            signed_in(someone).post(
                reverse("governance:retirement", args=[request_.pk]),
                {"outcome": "approved", "comment": ""},
            )
        assert PublishedVersion.objects.count() == 1

    def test_a_version_published_meanwhile_voids_the_vote(
        self, request_: Any, proposal: Any, seated: Any
    ) -> None:
        motion = open_retirement_motion(request_, seated["secretary"], Question(Purpose.RETIRE))
        vote_all(motion)
        edit(proposal, by=person("editor"), contact_email="new@example.org")
        submit(proposal, person("editor"))
        pass_stage(proposal)
        assert close_motion(motion, seated["secretary"]).outcome == MotionOutcome.VOID
        assert not PublishedVersion.objects.filter(event="retired").exists()


class TestWhoHasLeft:
    @pytest.fixture
    def gone(self, motion: Motion, seated: Any) -> Any:
        """A member whose account was closed."""
        address = open_address(seated["second"])
        _token, key = token_of(seated["second"])
        seated["second"].is_active = False
        seated["second"].save()
        return {"feed": address, "key": key, "user": seated["second"]}

    def test_a_token_votes_no_more(self, gone: Any, motion: Motion) -> None:
        client = Client(headers={"Authorization": f"Bearer {gone['key']}"})
        answer = client.post(
            f"{WORKFLOW}/motions/{motion.pk}/ballot",
            {"choice": "yes", "content_hash": motion.content_hash},
            content_type="application/json",
        )
        assert answer.status_code == 401
        assert not Ballot.objects.exists()

    def test_the_calendar_answers_no_more(self, gone: Any) -> None:
        address = reverse("workflows:calendar_feed", args=[gone["feed"].token])
        assert Client().get(address).status_code == 404

    def test_a_session_votes_no_more(self, gone: Any, motion: Motion) -> None:
        client = Client()
        client.force_login(gone["user"])
        client.post(
            reverse("governance:motion", args=[motion.pk]),
            {"choice": "yes", "comment": "", "content_hash": motion.content_hash},
        )
        assert not Ballot.objects.exists()


def test_the_workflow_api_takes_no_session_and_closes_for_nobody_else(
    motion: Motion, seated: Any, people: Any, signed_in: Any
) -> None:
    vote_all(motion)
    path = f"{WORKFLOW}/motions/{motion.pk}/close"
    assert signed_in(seated["secretary"]).post(path).status_code == 401
    for someone in (seated["second"], people["department"], people["superuser"]):
        client = Client(headers=bearer(someone))
        assert client.post(path, content_type="application/json").status_code in (403, 404)
    assert not MotionResult.objects.exists()


def test_ones_preferences_are_ones_own(people: Any, signed_in: Any) -> None:
    """The form names no person, so there is no other person's to change."""
    theirs = people["second_member"]
    signed_in(people["committee"]).post(
        reverse("wagtailadmin_account"),
        {"governance-delivery": "none", "governance-person": theirs.pk, "person": theirs.pk},
    )
    assert not hasattr(get_user_model().objects.get(pk=theirs.pk), "notification_preference")


def test_group_membership_alone_neither_pulls_nor_presides(
    meeting: Meeting, signed_in: Any
) -> None:
    member = person("committee", 50)
    member.groups.add(Group.objects.get(name=conf().ROLE_GROUPS["committee"]))
    client = signed_in(member)
    for act in ("pull", "call", "open", "cancel", "remove"):
        address = reverse("governance:meeting_act", args=[meeting.pk, act])
        client.post(address, {"item": meeting.items.get().pk, "reason": "Mine."})
    assert meeting.items.get().part == AgendaPart.CONSENT
    assert Meeting.objects.get().state == MeetingState.PLANNED
