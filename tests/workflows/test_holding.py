"""On hold nothing goes on; taken off hold, what is settled meanwhile goes on at once."""

from typing import Any

import pytest

from credentials.models import PublishedVersion
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.people import person
from tests.proposals import agree, approve, stage_state
from workflows.deciding.progress import reasons_to_wait
from workflows.deciding.stage_reading import StageReading
from workflows.models import Bundle
from workflows.proposals.actions import hold, resume
from workflows.proposals.bundles import dissolve_bundle, make_bundle

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(root: Any) -> list[Any]:
    """Two courses in a bundle, the first decided and then put on hold."""
    courses = [CourseFactory(parent=root, life="submitted") for _number in range(2)]
    make_bundle(person("department"), courses, "Pair", "One curriculum.")
    approve(courses[0], person("department"))
    hold(stage_state(courses[0]), person("department"), "Counsel is asked.")
    return courses


@pytest.mark.clause("GB-3")
def test_a_bundle_waits_for_the_one_on_hold_and_is_published_when_it_is_taken_off(
    pair: list[Any],
) -> None:
    approve(pair[1], person("department"))
    assert not PublishedVersion.objects.exists()
    assert reasons_to_wait(StageReading(stage_state(pair[0]))) == [
        "It is on hold: Counsel is asked."
    ]
    resume(stage_state(pair[0]), person("department"))
    assert PublishedVersion.objects.count() == 2
    assert Bundle.objects.get().state == Bundle.State.PUBLISHED


@pytest.mark.clause("GB-3")
def test_dissolving_its_bundle_does_not_publish_what_is_on_hold(pair: list[Any]) -> None:
    dissolve_bundle(Bundle.objects.get(), person("department"))
    assert not PublishedVersion.objects.exists()
    resume(stage_state(pair[0]), person("department"))
    assert PublishedVersion.objects.get().offering_id == pair[0].pk


@pytest.mark.clause("MC-6")
def test_a_gate_passes_when_it_is_taken_off_hold(
    root: Any, django_capture_on_commit_callbacks: Any
) -> None:
    offering = MicroCredentialFactory(parent=root, agreed=False, life="submitted")
    hold(stage_state(offering), person("department"), "Counsel is asked.")
    with django_capture_on_commit_callbacks(execute=True):
        agree(offering)
    assert stage_state(offering).task.name == "Responsibilities agreement signed"
    with django_capture_on_commit_callbacks(execute=True):
        resume(stage_state(offering), person("department"))
    assert stage_state(offering).task.name == "Department review"
