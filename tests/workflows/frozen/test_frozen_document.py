"""Law 2: what is published is, byte for byte, what the last decider was shown, or nothing is."""

import datetime
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from wagtail.images import get_image_model

from credentials.exceptions import NotApproved, PolicyNotMet
from credentials.models import (
    AcademicUnit,
    Approval,
    Prerequisite,
    PublishedVersion,
    Skill,
    SkillAlignment,
)
from credentials.record.content import FIRST_RULES, RULES, canonical, freeze
from credentials.record.ledger import LedgerHead
from tests.committee import carry
from tests.factories import (
    AcademicUnitFactory,
    CourseFactory,
    MicroCredentialFactory,
    badge_image,
    skill,
)
from tests.lifecycle import decide, publish
from tests.people import approver, person
from tests.proposals import approve, draft, edit, stage_state, submit
from workflows.deciding.progress import reasons_to_wait
from workflows.deciding.stage_reading import StageReading
from workflows.models import Ballot, Decision, FrozenProposal, Motion
from workflows.proposals.bundles import dissolve_bundle, make_bundle
from workflows.proposals.gates import release_decided

pytestmark = pytest.mark.django_db


def rename_unit() -> None:
    AcademicUnit.objects.update(name="Another faculty")


def rename_skill() -> None:
    Skill.objects.update(name="Another skill")


def move_alignment() -> None:
    SkillAlignment.objects.update(url="https://elsewhere.example.org/")


def describe_picture() -> None:
    get_image_model().objects.update(description="Another picture")


def withdraw_skill_alignments() -> None:
    SkillAlignment.objects.all().delete()


def rename_people() -> None:
    type(person("editor")).objects.update(first_name="Somebody", last_name="Else")


HAPPENINGS: list[Callable[[], None]] = [
    rename_unit,
    rename_skill,
    move_alignment,
    describe_picture,
    withdraw_skill_alignments,
    rename_people,
]


def rich_offering(root: Any) -> Any:
    """A micro-credential that names a unit, a skill with an alignment, and a picture."""
    named = skill("Safe transfer")
    SkillAlignment.objects.create(
        skill=named.skill, framework="ESCO", name="Transfer", url="https://esco.example.org/1"
    )
    return MicroCredentialFactory(
        parent=root,
        academic_unit=AcademicUnitFactory(),
        image=badge_image(),
        children={"offering_skills": [named]},
    )


def kept(offering: Any) -> FrozenProposal:
    return FrozenProposal.objects.filter(offering_id=offering.pk).latest("pk")


@pytest.mark.parametrize("happen", HAPPENINGS, ids=lambda one: one.__name__)
def test_renaming_while_a_proposal_waits_changes_nothing_that_goes_public(
    root: Any, happen: Callable[[], None]
) -> None:
    offering = rich_offering(root)
    submit(offering)
    frozen = kept(offering)
    happen()
    decide(offering)
    assert PublishedVersion.objects.get().document == frozen.document


@settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.reuse, Phase.generate),  # an example costs too much to be made smaller
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    before=st.lists(st.sampled_from(HAPPENINGS), max_size=3),
    between=st.lists(st.sampled_from(HAPPENINGS), max_size=3),
    hours=st.integers(-48, 48),
)
def test_whatever_happens_the_last_deciders_document_is_published_or_nothing(
    root: Any, before: list[Any], between: list[Any], hours: int
) -> None:
    """Records, pictures, accounts and clocks change between submission and the last decision."""
    point = transaction.savepoint()
    try:
        offering = rich_offering(root)
        submit(offering)
        moment = timezone.now() + datetime.timedelta(hours=hours)
        with suppress(PolicyNotMet, PermissionDenied), time_machine.travel(moment):
            for happen in before:
                happen()
            approve(offering, approver(draft(offering)))
            approve(offering, person("department"))
            for happen in between:
                happen()
            carry(offering)
        published = PublishedVersion.objects.first()
        if published is not None:
            last = Motion.objects.get()
            assert published.document == last.document == kept(offering).document
            assert published.document_hash == last.document_hash
            ballots = set(Ballot.objects.values_list("document_hash", flat=True))
            assert ballots == {published.document_hash}
    finally:
        transaction.savepoint_rollback(point)


def test_decisions_ballots_and_the_approval_name_the_document(root: Any) -> None:
    offering = MicroCredentialFactory(parent=root)
    publish(offering)
    version = PublishedVersion.objects.get()
    named = {
        *Decision.objects.values_list("document_hash", flat=True),
        *Ballot.objects.values_list("document_hash", flat=True),
        Motion.objects.get().document_hash,
        Approval.objects.get().document_hash,
    }
    assert named == {version.document_hash}
    assert Approval.objects.get().document == version.document


def test_the_same_content_submitted_again_in_a_proposal_is_the_same_document(root: Any) -> None:
    course = CourseFactory(parent=root, academic_unit=AcademicUnitFactory())
    workflow_state = submit(course)
    first = kept(course)
    stage_state(course).reject(user=approver(draft(course)), comment="Explain the fee.")
    rename_unit()
    workflow_state.refresh_from_db()
    workflow_state.resume(user=person("editor"))
    assert kept(course).pk == first.pk


def test_deciders_read_the_page_as_it_will_be(root: Any, client: Client, people: Any) -> None:
    course = CourseFactory(parent=root, academic_unit=AcademicUnitFactory())
    submit(course)
    rename_unit()
    client.force_login(people["department"])
    page = client.get(reverse("governance:proposed_page", args=[course.pk])).content.decode()
    assert "Faculty of Health Sciences" in page
    assert "Another faculty" not in page
    said = client.get(reverse("governance:proposal", args=[course.pk])).content.decode()
    assert "have been renamed" in said and "Another faculty" in said


def test_who_may_not_read_the_proposal_does_not_read_its_page(root: Any, client: Client) -> None:
    course = CourseFactory(parent=root)
    submit(course)
    client.force_login(get_user_model().objects.create_user("stranger"))
    answer = client.get(reverse("governance:proposed_page", args=[course.pk]))
    assert answer.status_code in (302, 403)


def test_the_database_refuses_other_words_than_were_approved(root: Any) -> None:
    course = CourseFactory(parent=root, life="live")
    head = PublishedVersion.objects.get()
    edit(course, fee=510)
    submit(course)
    approval = Approval(
        offering_id=course.pk,
        action=Approval.Action.PUBLISH,
        content_hash=head.content_hash,
        governed_hash=head.governed_hash,
        content="{}",
        document=head.document,
        document_hash=head.document_hash,
        authority="Office",
        instrument="Rules",
        policy_version="1",
        route="course",
        reference="A-other",
        decided_by_key="1",
        decided_by_name="Ada",
    )
    approval.save()
    other = canonical({**json.loads(head.document), "title": "Nobody decided this"}).decode()
    facts = {
        "offering_id": course.pk,
        "number": 2,
        "event": "revised",
        "approval": approval,
        "supersedes": head,
        "content_hash": head.content_hash,
        "governed_hash": head.governed_hash,
        "document_hash": head.document_hash,
    }
    with pytest.raises(DatabaseError, match="word for word"), transaction.atomic():
        sequence = LedgerHead.advance().sequence
        PublishedVersion.objects.create(sequence=sequence, document=other, **facts)


def test_an_approval_without_its_document_publishes_nothing(root: Any) -> None:
    course = CourseFactory(parent=root)
    with pytest.raises(DatabaseError, match="which public document"), transaction.atomic():
        Approval.objects.create(
            offering_id=course.pk,
            action=Approval.Action.PUBLISH,
            content_hash="0" * 64,
            governed_hash="0" * 64,
            content="{}",
            authority="Office",
            instrument="Rules",
            policy_version="1",
            route="course",
            reference="A-none",
            decided_by_key="1",
            decided_by_name="Ada",
        )
    with pytest.raises(NotApproved):
        draft(course).save_revision().publish(skip_permission_checks=True)


def stack_of(root: Any, part: Any) -> Any:
    """A course that names another as what is needed before it."""
    return CourseFactory(
        parent=root,
        title="Advanced",
        children={"prerequisites": [Prerequisite(kind="prerequisite", requires=part)]},
    )


def test_what_goes_public_together_is_named_as_its_draft_is(root: Any) -> None:
    part = CourseFactory(parent=root, title="Basics", author=person("editor"))
    whole = stack_of(root, part)
    make_bundle(person("department", 2), [part, whole], "Together", "One needs the other.")
    submit(part)
    submit(whole)
    named = json.loads(kept(whole).document)["prerequisites"][0]["offering"]
    assert named["title"] == "Basics"
    approve(whole, person("department"))
    assert not PublishedVersion.objects.exists()
    approve(part, person("department"))
    assert PublishedVersion.objects.count() == 2


def test_nothing_is_published_that_names_what_is_not_public(root: Any) -> None:
    """The bundle is dissolved after submission: the one waits until the other is public."""
    part = CourseFactory(parent=root, title="Basics", author=person("editor"))
    whole = stack_of(root, part)
    bundle = make_bundle(person("department", 2), [part, whole], "Together", "Reasons.")
    submit(part)
    submit(whole)
    dissolve_bundle(bundle, person("department", 2))
    approve(whole, person("department"))
    assert not PublishedVersion.objects.exists()
    assert any("Basics" in reason for reason in reasons_to_wait(StageReading(stage_state(whole))))
    approve(part, person("department"))
    release_decided()
    published = [
        version.public_document["title"] for version in PublishedVersion.objects.in_order()
    ]
    assert published == ["Basics", "Advanced"]


def test_a_part_that_is_no_proposal_is_left_out_of_the_document(root: Any) -> None:
    whole = stack_of(root, CourseFactory(parent=root, title="Basics"))
    publish(whole)
    assert PublishedVersion.objects.get().public_document["prerequisites"] == []


def as_before_the_upgrade(offering: Any) -> None:
    """Put the stage under way as older releases left it: hashed by the first rules, not frozen."""
    state = stage_state(offering)
    first = freeze(draft(offering), rules=FIRST_RULES)
    type(state).objects.filter(pk=state.pk).update(
        content_hash=first.content_hash, hash_rules=FIRST_RULES
    )


def test_a_proposal_from_before_is_decided_by_its_rules_and_frozen_with_its_next_decision(
    root: Any,
) -> None:
    course = CourseFactory(
        parent=root,
        academic_unit=AcademicUnitFactory(),
        description='<p data-block-key="k1">What it covers.</p>',
    )
    submit(course)
    as_before_the_upgrade(course)
    approve(course, approver(draft(course)))
    frozen = kept(course)
    assert frozen.hash_rules == FIRST_RULES
    SkillAlignment.objects.all().delete()
    approve(course, person("department"))
    version = PublishedVersion.objects.get()
    assert (version.hash_rules, version.document) == (FIRST_RULES, frozen.document)
    course.refresh_from_db()
    assert version.says(freeze(course))
    edit(course, fee=510)
    publish(course)
    latest = PublishedVersion.objects.latest("number")
    assert latest.hash_rules == RULES
    assert latest.approval.route == "editorial"
    assert latest.shares_governed_content(version)
