"""Ways past the committee: Wagtail's own views and code, the editor's form, the authoring API."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tests.committee import open_vote, seat_committee, vote, vote_all
from tests.factories import MicroCredentialFactory
from tests.people import person
from tests.proposals import draft, stage_state, submit
from tests.tokens import bearer
from workflows.choices import GOING_ON, MotionOutcome, Outcome
from workflows.committee.results import close_motion, tally_of
from workflows.deciding.verdict import Verdict
from workflows.exceptions import DecisionRefused
from workflows.models import Decision, Motion, MotionResult

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_public")]

SECRET = "Unapproved words"


def still_with_the_committee(offering: Any, motion: Motion | None = None) -> None:
    """The proposal waits for the committee as before, and no ballot was lost."""
    assert stage_state(offering).task.name == "Committee approval"
    names = list(Decision.objects.values_list("stage", flat=True))
    assert "Committee approval" not in names
    if motion is not None:
        assert Motion.objects.get(pk=motion.pk).is_open
        assert tally_of(motion)[0].yes == motion.ballots.count()


class TestWagtailsWorkflowViews:
    @pytest.mark.parametrize("action", ["approve", "reject"])
    @pytest.mark.parametrize("name", ["workflow_action", "collect_workflow_action_data"])
    def test_no_single_person_passes_the_stage(
        self, motion: Motion, proposal: Any, everybody: Any, signed_in: Any, action: str, name: str
    ) -> None:
        vote(motion, seat_committee()["chair"])
        state = stage_state(proposal)
        address = reverse(f"wagtailadmin_pages:{name}", args=[proposal.pk, action, state.pk])
        for someone in everybody:
            response = signed_in(someone).post(address, {"comment": "Go on."})
            assert response.status_code in (302, 403), someone
        still_with_the_committee(proposal, motion)

    def test_an_earlier_stage_is_not_decided_again(
        self, motion: Motion, proposal: Any, signed_in: Any
    ) -> None:
        workflow_state = stage_state(proposal).workflow_state
        earlier = workflow_state.task_states.order_by("pk").exclude(pk=stage_state(proposal).pk)
        for state in earlier:
            address = reverse(
                "wagtailadmin_pages:workflow_action", args=[proposal.pk, "approve", state.pk]
            )
            signed_in(person("department", 2)).post(address, {"comment": ""})
        still_with_the_committee(proposal, motion)


class TestEditorsForm:
    """An approval and an edit in the same request."""

    @pytest.mark.parametrize(
        "button",
        ["action-workflow-action", "action-publish", "action-submit", "action-restart-workflow"],
    )
    def test_at_the_committee(
        self,
        motion: Motion,
        proposal: Any,
        everybody: Any,
        signed_in: Any,
        send_form: Any,
        button: str,
    ) -> None:
        vote(motion, seat_committee()["chair"])
        for someone in everybody:
            values = {"competency": SECRET, button: "true", "workflow-action-name": "approve"}
            response = send_form(signed_in(someone), proposal, **values)
            assert response.status_code in (200, 302, 403), someone
        assert draft(proposal).competency != SECRET
        still_with_the_committee(proposal, motion)

    def test_at_the_department(
        self, root: Any, people: Any, seated: Any, signed_in: Any, send_form: Any
    ) -> None:
        offering = MicroCredentialFactory(parent=root, author=person("editor"))
        submit(offering, person("editor"))
        for someone in (people["department"], people["superuser"]):
            send_form(
                signed_in(someone),
                offering,
                competency=SECRET,
                **{"action-workflow-action": "true", "workflow-action-name": "approve"},
            )
        assert draft(offering).competency != SECRET
        assert stage_state(offering).task.name == "Department review"
        decided = Decision.objects.filter(offering=offering.pk, stage="Department review")
        assert not decided.exists()

    def test_the_same_request_changes_what_nobody_decides_on(
        self, root: Any, people: Any, signed_in: Any, send_form: Any
    ) -> None:
        """So the requests above are refused for what they try, not for how they are filled in."""
        offering = MicroCredentialFactory(parent=root)
        send_form(signed_in(people["editor"]), offering, competency=SECRET)
        assert draft(offering).competency == SECRET


class TestInCode:
    def test_approving_the_task_state(self, motion: Motion, proposal: Any, everybody: Any) -> None:
        vote(motion, seat_committee()["chair"])
        for someone in [None, *everybody]:
            for attempt in (stage_state(proposal).approve, stage_state(proposal).reject):
                with pytest.raises(DecisionRefused):
                    attempt(user=someone, comment="Go on.")
        still_with_the_committee(proposal, motion)

    def test_wagtails_own_task_state_beneath_ours(
        self, motion: Motion, proposal: Any, seated: Any
    ) -> None:
        vote(motion, seated["chair"])
        for _attempt in range(2):
            stage_state(proposal).taskstate_ptr.approve(user=seated["chair"])
        still_with_the_committee(proposal, motion)
        with pytest.raises(PermissionDenied):
            stage_state(proposal).workflow_state.finish(user=seated["chair"])
        vote(motion, seated["second"])
        vote(motion, seated["third"])
        assert tally_of(motion)[0].yes == 3

    @pytest.mark.parametrize("outcome", sorted(set(Outcome)))
    def test_any_verdict_by_one_person(
        self, motion: Motion, proposal: Any, everybody: Any, outcome: str
    ) -> None:
        for someone in everybody:
            with pytest.raises(DecisionRefused):
                verdict = Verdict(Outcome(outcome), "Go on.", instrument="None")
                stage_state(proposal).decide(someone, verdict)
        still_with_the_committee(proposal, motion)

    @pytest.mark.parametrize("outcome", sorted(set(GOING_ON)))
    def test_a_verdict_that_names_an_open_motion(
        self, motion: Motion, proposal: Any, seated: Any, outcome: str
    ) -> None:
        vote_all(motion)
        with pytest.raises(DecisionRefused, match="does not decide that"):
            stage_state(proposal).decide(seated["chair"], Verdict(Outcome(outcome), motion=motion))
        assert not MotionResult.objects.exists()

    def test_a_verdict_that_names_a_motion_on_something_else(
        self, motion: Motion, proposal: Any, root: Any, seated: Any
    ) -> None:
        other = MicroCredentialFactory(parent=root, author=person("editor"))
        submit(other, person("editor"))
        stage_state(other).task.specific.on_action(
            stage_state(other), person("department"), "approve", comment=""
        )
        conditional = open_vote(other, conditions=("Hire staff.",))
        vote_all(conditional)
        close_motion(conditional, seated["secretary"])
        assert Motion.objects.get(pk=conditional.pk).result.outcome == MotionOutcome.CARRIED
        with pytest.raises(DecisionRefused, match="does not decide that"):
            stage_state(proposal).decide(
                seated["chair"],
                Verdict(Outcome.APPROVED, motion=Motion.objects.get(pk=conditional.pk)),
            )

    def test_a_verdict_that_turns_a_defeat_around(
        self, motion: Motion, proposal: Any, seated: Any
    ) -> None:
        vote_all(motion, "no")
        close_motion(motion, seated["secretary"])
        draft(proposal).current_workflow_state.resume(user=person("editor"))
        with pytest.raises(DecisionRefused, match="does not decide that"):
            stage_state(proposal).decide(
                seated["chair"],
                Verdict(Outcome.APPROVED, motion=Motion.objects.get(pk=motion.pk)),
            )

    def test_going_on_and_passing_like_a_gate(
        self, motion: Motion, proposal: Any, seated: Any
    ) -> None:
        vote_all(motion)
        with pytest.raises(DecisionRefused):
            stage_state(proposal).pass_by_itself()
        stage_state(proposal).go_on(seated["chair"])
        still_with_the_committee(proposal, motion)

    def test_publishing_the_revision(self, motion: Motion, proposal: Any, seated: Any) -> None:
        vote_all(motion)
        revision = draft(proposal).get_latest_revision()
        with pytest.raises(PermissionDenied):
            revision.publish(user=seated["chair"], skip_permission_checks=True)
        still_with_the_committee(proposal, motion)


class TestAuthoringApi:
    """Wagtail's API v3 with the tokens of a member and of a superuser."""

    @pytest.mark.parametrize("who", ["chair", "superuser"])
    def test_it_neither_publishes_nor_changes_what_is_voted_on(
        self, motion: Motion, proposal: Any, seated: Any, people: Any, who: str
    ) -> None:
        vote(motion, seated["chair"])
        user = (seated | people)[who]
        client = Client(headers=bearer(user))
        first = draft(proposal).get_latest_revision().pk
        calls = [
            ("PATCH", "", {"competency": SECRET}),
            ("PATCH", "", {"competency": SECRET, "meta": {"action": "publish"}}),
            ("POST", "actions/publish/", None),
            ("POST", "actions/unpublish/", None),
            ("POST", "actions/revert/", {"revision_id": first}),
            ("DELETE", "actions/delete/", None),
            ("DELETE", "", None),
        ]
        for method, path, body in calls:
            if body and "competency" in body:
                body.setdefault("meta", {})["type"] = "credentials.MicroCredential"
            response = client.generic(
                method,
                f"/api/v3/pages/{proposal.pk}/{path}",
                json.dumps(body),
                content_type="application/json",
            )
            assert response.status_code < 500, (method, path, response.content)
        close_or_void = Motion.objects.get(pk=motion.pk)
        assert motion.ballots.count() == 1
        if draft(proposal).competency == SECRET:
            vote_refused(motion, seated["second"])
            assert close_or_void.is_open
        else:
            still_with_the_committee(proposal, motion)


def vote_refused(motion: Motion, someone: Any) -> None:
    with pytest.raises(DecisionRefused, match="ballots are void"):
        vote(motion, someone)
