"""A second account decides nothing that its person wrote, submitted or asked for (law 4)."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from credentials.compliance.admission import Consultation, sign_off
from credentials.compliance.offering_reader import requirements_hash
from credentials.conf import conf
from credentials.exceptions import SignOffRefused
from credentials.models import Approval, PublishedVersion
from tests.committee import carry, open_vote, term, vote, vote_all
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.lifecycle import publish
from tests.people import person
from tests.proposals import approve, draft, shown, stage_state, submit
from tests.twins import WAYS, Second, of_the_same_name
from tests.workflows.api.token_client import TokenClient
from tests.workflows.reviews.reviewing import submitted
from workflows.choices import MotionOutcome, Outcome, ReviewResult
from workflows.committee.conditions import confirm_condition
from workflows.committee.motions import open_motion, open_retirement_motion
from workflows.committee.question import Question
from workflows.committee.results import close_motion
from workflows.exceptions import DecisionRefused
from workflows.models import Decision, Motion, Seat
from workflows.proposals.actions import assign, may_withdraw, override
from workflows.proposals.allowed_actions import allowed_actions
from workflows.proposals.proposal_reading import ProposalReading
from workflows.proposals.retirement import decide_retirement, request_retirement
from workflows.reviews.conclusion import Conclusion, conclude

pytestmark = pytest.mark.django_db

RECUSED = "Another account has your name or e-mail address.*recused"
ways = pytest.mark.parametrize("second", WAYS)


@pytest.fixture
def author(root: Any) -> Any:
    """Somebody of the Department who also writes."""
    return person("department", 5)


@pytest.fixture
def course(root: Any, author: Any) -> Any:
    """A course of theirs, which the Department decides on."""
    offering = CourseFactory(parent=root, author=author)
    submit(offering, person("editor"))
    return offering


class TestDecidingForAnOffice:
    @ways
    def test_not_in_code(self, course: Any, author: Any, second: Second) -> None:
        with pytest.raises(DecisionRefused, match=RECUSED):
            approve(course, second(author))
        assert not PublishedVersion.objects.exists()

    @ways
    def test_not_what_they_submitted(self, root: Any, author: Any, second: Second) -> None:
        offering = CourseFactory(parent=root, author=person("editor"))
        submit(offering, author)
        with pytest.raises(DecisionRefused, match=RECUSED):
            approve(offering, second(author))

    @ways
    def test_not_by_the_button(
        self, course: Any, author: Any, second: Second, signed_in: Any
    ) -> None:
        answer = signed_in(second(author)).post(
            reverse("governance:proposal", args=[course.pk]),
            {
                "outcome": "approved",
                "comment": "",
                "content_hash": shown(course),
            },
        )
        assert "Another member of the" in answer.content.decode()
        assert not Decision.objects.filter(offering=course.pk).exists()

    def test_not_by_wagtails_own_workflow_action(
        self, course: Any, author: Any, signed_in: Any
    ) -> None:
        state = stage_state(course)
        address = reverse(
            "wagtailadmin_pages:workflow_action", args=[course.pk, "approve", state.pk]
        )
        signed_in(of_the_same_name(author)).post(address, {"comment": "Fine."})
        assert not Decision.objects.filter(offering=course.pk).exists()

    @ways
    def test_not_by_the_workflow_api(self, course: Any, author: Any, second: Second) -> None:
        client = TokenClient(second(author))
        answer = client.act(course, "approve", **client.read(course))
        assert (answer.status_code, Decision.objects.filter(offering=course.pk).count()) == (403, 0)
        assert "approve" not in client.state(course)["allowed_actions"]

    @pytest.mark.parametrize("call", ["actions/publish/", "actions/approve/", ""])
    def test_not_by_wagtails_api(self, course: Any, author: Any, call: str) -> None:
        body = {"meta": {"type": "credentials.Course", "action": "publish"}}
        client = TokenClient(of_the_same_name(author))
        send = client.post if call else client.patch
        send(f"/api/v3/pages/{course.pk}/{call}", body, content_type="application/json")
        assert not Approval.objects.exists() and not PublishedVersion.objects.exists()

    def test_nor_is_the_decision_given_to_it(self, course: Any, author: Any) -> None:
        with pytest.raises(DecisionRefused, match="cannot decide here"):
            assign(stage_state(course), person("department"), of_the_same_name(author))

    @ways
    def test_not_in_an_emergency(self, root: Any, author: Any, owner: Any, second: Second) -> None:
        author.groups.add(Group.objects.get(name=conf().ROLE_GROUPS["policy_owner"]))
        offering = CourseFactory(parent=root, author=author)
        submit(offering, person("editor"))
        with pytest.raises(DecisionRefused, match=RECUSED):
            override(stage_state(offering), second(author), "Hurry.", "A by-law.")

    @ways
    def test_not_over_admission(self, course: Any, author: Any, second: Second) -> None:
        shown = requirements_hash(draft(course).admission_requirements)
        with pytest.raises(SignOffRefused, match=RECUSED):
            sign_off(course, second(author), shown_hash=shown, consultation=Consultation())

    def test_who_shares_nothing_with_an_author_decides(self, course: Any, author: Any) -> None:
        approve(course, person("department"))
        assert PublishedVersion.objects.count() == 1


class TestVoting:
    """A member writes under a second account, or votes under one."""

    @pytest.fixture
    def member(self, seated: Any) -> Any:
        """Who holds the second seat."""
        return seated["second"]

    def put(self, root: Any, author: Any, **question: Any) -> Motion:
        offering = MicroCredentialFactory(parent=root, author=author)
        submit(offering, person("editor"))
        approve(offering, person("department"))
        return open_vote(offering, **question)

    @pytest.mark.parametrize("second", WAYS[:2])
    def test_the_seat_is_recused_on_the_roll(
        self, root: Any, member: Any, seated: Any, second: Second
    ) -> None:
        motion = self.put(root, second(member))
        with pytest.raises(DecisionRefused, match=RECUSED):
            vote(motion, member)
        vote(motion, seated["chair"])
        vote(motion, seated["third"])
        result = close_motion(motion, seated["secretary"])
        assert (result.outcome, result.eligible, result.recused) == (MotionOutcome.CARRIED, 2, 1)

    @ways
    def test_an_alternate_does_not_stand_in(
        self, root: Any, author: Any, member: Any, second: Second
    ) -> None:
        offering = MicroCredentialFactory(parent=root, author=author)
        stand_in = second(author)
        term(Seat.objects.get(terms__person=member), stand_in, is_alternate=True)
        submit(offering, person("editor"))
        approve(offering, person("department"))
        motion = open_vote(offering)
        with pytest.raises(DecisionRefused):
            vote(motion, stand_in)
        assert not motion.roster.exclude(alternate_key="").exists()
        vote(motion, member)

    def test_who_becomes_an_author_after_voting_is_not_counted(
        self, proposal: Any, motion: Motion, member: Any, seated: Any
    ) -> None:
        for name in ("chair", "second", "third"):
            vote(motion, seated[name])
        page = draft(proposal)
        words, page.competency = page.competency, "Other words."
        page.save_revision(user=of_the_same_name(member))
        page.competency = words
        page.save_revision(user=person("editor"))
        result = close_motion(motion, seated["secretary"])
        assert (result.yes, result.recused) == (2, 1)

    def test_whoever_presides_neither_puts_nor_closes_it(self, root: Any, seated: Any) -> None:
        offering = MicroCredentialFactory(parent=root, author=of_the_same_name(seated["chair"]))
        submit(offering, person("editor"))
        approve(offering, person("department"))
        assert "open_motion" not in allowed_actions(
            ProposalReading(stage_state(offering)), seated["chair"]
        )
        with pytest.raises(DecisionRefused, match="another person who presides"):
            open_motion(stage_state(offering), seated["chair"], Question())
        motion = open_vote(offering)
        vote_all(motion)
        with pytest.raises(DecisionRefused, match="another person who presides"):
            close_motion(motion, seated["chair"])

    def test_a_condition_is_confirmed_by_another(self, root: Any, author: Any) -> None:
        offering = MicroCredentialFactory(parent=root, author=author)
        submit(offering, person("editor"))
        approve(offering, person("department"))
        motion = carry(offering, conditions=("Sign the lease.",))
        with pytest.raises(DecisionRefused, match="another person must confirm"):
            confirm_condition(motion.conditions.get(), of_the_same_name(author), "It is signed.")


class TestRetirementAndReview:
    @ways
    def test_who_asked_to_retire_does_not_decide(
        self, root: Any, author: Any, second: Second
    ) -> None:
        offering = CourseFactory(parent=root, life="published")
        request = request_retirement(offering, author, action="retire", note="It ends.", reason="-")
        with pytest.raises(DecisionRefused, match=RECUSED):
            decide_retirement(request, second(author), Outcome.APPROVED)

    def test_nor_vote_on_it(self, root: Any, seated: Any) -> None:
        offering = MicroCredentialFactory(parent=root, life="published")
        asks = of_the_same_name(seated["second"])
        asks.groups.add(Group.objects.get(name=conf().ROLE_GROUPS["department"]))
        request = request_retirement(offering, asks, action="retire", note="It ends.", reason="-")
        motion = open_retirement_motion(request, seated["secretary"], Question("retire"))
        with pytest.raises(DecisionRefused, match=RECUSED):
            vote(motion, seated["second"])

    @ways
    @pytest.mark.parametrize("part", ["of the offering", "of the self-study"])
    def test_an_author_does_not_conclude_a_review(
        self, root: Any, author: Any, second: Second, part: str
    ) -> None:
        editor = person("editor")
        offering = CourseFactory(parent=root, author=author if "offering" in part else editor)
        publish(offering, editor)
        submission = submitted(offering, author if "study" in part else editor)
        conclusion = Conclusion(ReviewResult.CONTINUE, "Still in demand.")
        with pytest.raises(DecisionRefused, match=RECUSED):
            conclude(submission.cycle, second(author), conclusion, shown_hash=submission.study_hash)


def test_a_namesake_is_given_no_right_of_the_author(course: Any, author: Any) -> None:
    """To be taken for somebody takes rights away; it gives none."""
    twin = of_the_same_name(author)
    twin.groups.clear()
    assert may_withdraw(course, author) and not may_withdraw(course, twin)
