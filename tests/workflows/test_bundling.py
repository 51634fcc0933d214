"""Proposals in a bundle are published together, or none of them is (GB-3)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from credentials.models import PublishedVersion
from tests.committee import carry
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.lifecycle import decide
from tests.people import person
from tests.proposals import approve, edit, stage_state, submit
from workflows.deciding.progress import reasons_to_wait
from workflows.deciding.stage_reading import StageReading
from workflows.exceptions import DecisionRefused
from workflows.models import Bundle
from workflows.proposals.bundles import dissolve_bundle, make_bundle

pytestmark = [pytest.mark.django_db, pytest.mark.clause("GB-3")]


@pytest.fixture
def together(root: Any) -> tuple[Any, Any]:
    """A micro-credential and a course, submitted and bundled by the Department."""
    credential = MicroCredentialFactory(parent=root, life="submitted")
    course = CourseFactory(parent=root, life="submitted")
    make_bundle(person("department"), [credential, course], "Care, revised", "One curriculum.")
    return credential, course


def test_nothing_is_public_until_all_are_decided_and_then_all_are(
    together: tuple[Any, Any],
) -> None:
    credential, course = together
    approve(course, person("department"))
    assert not PublishedVersion.objects.exists()
    waits = reasons_to_wait(StageReading(stage_state(course)))
    assert waits == [f"“{credential.title}” is in the same bundle and is not decided yet."]
    approve(credential, person("department"))
    assert not PublishedVersion.objects.exists()
    carry(credential)
    assert PublishedVersion.objects.count() == 2
    assert Bundle.objects.get().state == Bundle.State.PUBLISHED


def test_the_committee_decides_each_for_itself(root: Any) -> None:
    pair = [MicroCredentialFactory(parent=root, life="submitted") for _number in range(2)]
    make_bundle(person("department"), pair, "Two", "One curriculum.")
    for offering in pair:
        approve(offering, person("department"))
    carry(pair[0])
    assert not PublishedVersion.objects.exists()
    carry(pair[1])
    assert PublishedVersion.objects.count() == 2


def test_a_decided_stage_that_waits_cannot_be_decided_again(together: tuple[Any, Any]) -> None:
    course = together[1]
    approve(course, person("department"))
    with pytest.raises(DecisionRefused, match="decided already"):
        approve(course, person("department", 2))


def test_a_change_to_one_on_the_way_publishes_none(together: tuple[Any, Any]) -> None:
    credential, course = together
    approve(course, person("department"))
    edit(course, summary="Something else.")
    approve(credential, person("department"))
    carry(credential)
    assert not PublishedVersion.objects.exists()


def test_when_one_fails_to_publish_none_is(
    together: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    credential, course = together
    approve(course, person("department"))
    approve(credential, person("department"))

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("The disk is full.")

    with monkeypatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr(type(course), "save", fail)
        carry(credential)
    assert not PublishedVersion.objects.exists()
    assert Bundle.objects.get().state == Bundle.State.OPEN


def test_dissolving_lets_those_that_waited_go_on(together: tuple[Any, Any]) -> None:
    course = together[1]
    approve(course, person("department"))
    bundle = Bundle.objects.get()
    with pytest.raises(DecisionRefused, match="dissolve"):
        dissolve_bundle(bundle, person("committee"))
    dissolve_bundle(bundle, person("department"))
    assert PublishedVersion.objects.get().offering_id == course.pk
    with pytest.raises(DecisionRefused, match="closed already"):
        dissolve_bundle(bundle, person("department"))


def test_what_can_be_bundled_and_by_whom(together: tuple[Any, Any], root: Any) -> None:
    other = CourseFactory(parent=root)
    published = CourseFactory(parent=root, life="published")
    officer = person("department")
    for people, offerings, reason in (
        (officer, [other], "at least two"),
        (person("committee"), [other, published], "Only the Department"),
        (officer, [other, together[0]], "another bundle"),
        (officer, [other, published], "proposes nothing"),
    ):
        with pytest.raises(DecisionRefused, match=reason):
            make_bundle(people, offerings, "Title", "Reason")


def test_in_the_admin(root: Any, people: Any, client: Client) -> None:
    pair = [CourseFactory(parent=root, author=people["editor"]) for _number in range(2)]
    for offering in pair:
        submit(offering, people["editor"])
    client.force_login(people["department"])
    address = reverse("governance:new_bundle", args=[pair[0].pk])
    empty = client.post(address, {"title": "", "reason": "", "others": [pair[1].pk]})
    assert "This field is required" in empty.content.decode()
    facts = {"title": "Pair", "reason": "One curriculum.", "others": [pair[1].pk]}
    page = client.post(address, facts, follow=True).content.decode()
    assert "published together or not at all" in page
    for offering in pair:
        assert offering.title in page
    client.post(reverse("governance:bundle", args=[Bundle.objects.get().pk]))
    assert Bundle.objects.get().state == Bundle.State.DISSOLVED
    for offering in pair:
        decide(offering)
    assert PublishedVersion.objects.count() == 2
