"""Conditions of a carried motion: nothing is published until somebody confirms the last one."""

from typing import Any

import pytest

from credentials.models import PublishedVersion
from tests.committee import carry, open_vote, vote
from tests.people import person
from tests.proposals import draft, latest_revision, stage_state
from workflows.choices import Purpose
from workflows.committee.conditions import confirm_condition, refusal_to_confirm
from workflows.committee.results import close_motion
from workflows.exceptions import DecisionRefused
from workflows.models import Condition, ConditionMet, Motion
from workflows.proposals.actions import hold, resume
from workflows.proposals.allowed_actions import allowed_actions
from workflows.proposals.proposal_reading import ProposalReading

pytestmark = pytest.mark.django_db

TEXTS = ("Hire an instructor.", "Sign the lease.")


@pytest.fixture
def conditions(proposal: Any, seated: Any) -> list[Condition]:
    """Two conditions of a motion that was carried."""
    return list(carry(proposal, conditions=TEXTS).conditions.all())


@pytest.fixture
def defeated(proposal: Any, seated: Any) -> Motion:
    """A motion with a condition that was defeated."""
    motion = open_vote(proposal, conditions=TEXTS[:1])
    for name in ("chair", "second", "third"):
        vote(motion, seated[name], "no")
    close_motion(motion, seated["secretary"])
    return Motion.objects.get(pk=motion.pk)


def test_the_last_condition_lets_it_be_published(
    conditions: list[Condition], proposal: Any, seated: Any
) -> None:
    assert not PublishedVersion.objects.exists()
    assert stage_state(proposal).task.name == "Committee approval"
    confirm_condition(conditions[0], seated["secretary"], "Minute 4.")
    assert not PublishedVersion.objects.exists()
    met = confirm_condition(conditions[1], person("department"), " Lease 12. ")
    assert (met.note, met.met_by_name) == ("Lease 12.", "Department-1")
    version = PublishedVersion.objects.get()
    assert version.content_hash == Motion.objects.get().content_hash


def test_who_may_confirm(conditions: list[Condition], seated: Any, people: Any) -> None:
    for someone in (seated["second"], people["superuser"], people["committee"], person("editor")):
        assert refusal_to_confirm(conditions[0], someone)
        with pytest.raises(DecisionRefused):
            confirm_condition(conditions[0], someone, "Done.")
    assert not ConditionMet.objects.exists()


def test_nobody_confirms_it_for_their_own_proposal(
    conditions: list[Condition], proposal: Any, seated: Any
) -> None:
    state = stage_state(proposal).workflow_state
    state.requested_by = seated["secretary"]
    state.save()
    with pytest.raises(DecisionRefused, match="another person must confirm"):
        confirm_condition(conditions[0], seated["secretary"], "Done.")


def test_how_it_was_met_is_said_once(conditions: list[Condition], seated: Any) -> None:
    with pytest.raises(DecisionRefused, match="how the condition was met"):
        confirm_condition(conditions[0], seated["secretary"], "  ")
    confirm_condition(conditions[0], seated["secretary"], "Minute 4.")
    with pytest.raises(DecisionRefused, match="confirmed already"):
        confirm_condition(conditions[0], person("department"), "Again.")
    assert ConditionMet.objects.count() == 1


def test_nothing_is_confirmed_before_the_motion_is_carried(proposal: Any, seated: Any) -> None:
    motion = open_vote(proposal, conditions=TEXTS)
    condition = motion.conditions.first()
    with pytest.raises(DecisionRefused, match="once the motion is carried"):
        confirm_condition(condition, seated["secretary"], "Done.")


def test_a_condition_of_a_defeated_motion_publishes_nothing(
    proposal: Any, seated: Any, defeated: Motion
) -> None:
    with pytest.raises(DecisionRefused, match="once the motion is carried"):
        confirm_condition(defeated.conditions.get(), seated["secretary"], "Done.")
    assert not PublishedVersion.objects.exists()


def test_content_changed_after_the_vote_is_not_published_by_a_condition(
    conditions: list[Condition], proposal: Any, seated: Any
) -> None:
    page = draft(proposal)
    page.competency = "Unapproved words"
    newest = latest_revision(proposal)
    page.save_revision(user=newest.user, overwrite_revision=newest)
    for condition in conditions:
        with pytest.raises(DecisionRefused, match="changed since the vote"):
            confirm_condition(condition, seated["secretary"], "Minute 4.")
    stage_state(proposal).go_on(seated["secretary"])
    assert not PublishedVersion.objects.exists()
    assert not ConditionMet.objects.exists()
    assert stage_state(proposal).task.name == "Committee approval"


def test_no_other_motion_is_put_while_conditions_are_open(
    conditions: list[Condition], proposal: Any, seated: Any
) -> None:
    for purpose in (Purpose.APPROVE, Purpose.REQUEST_CHANGES):
        with pytest.raises(DecisionRefused, match="decided already"):
            open_vote(proposal, purpose=purpose, text="Again.")
    assert "open_motion" not in allowed_actions(
        ProposalReading(stage_state(proposal)), seated["secretary"]
    )


def test_what_is_held_is_not_published_by_a_condition(
    conditions: list[Condition], proposal: Any, seated: Any
) -> None:
    confirm_condition(conditions[0], seated["secretary"], "Minute 4.")
    hold(stage_state(proposal), seated["chair"], "Counsel is asked.")
    with pytest.raises(DecisionRefused, match="on hold"):
        confirm_condition(conditions[1], seated["secretary"], "Lease 12.")
    assert not PublishedVersion.objects.exists()
    resume(stage_state(proposal), seated["chair"])
    confirm_condition(conditions[1], seated["secretary"], "Lease 12.")
    assert PublishedVersion.objects.count() == 1
