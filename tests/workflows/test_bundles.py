"""Proposals under one number of the curriculum system are shown together (GB-3, GC-1)."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import CourseFactory, MicroCredentialFactory
from tests.proposals import draft, edit, submit
from workflows.proposals.bundle_numbers import sharing_reference

pytestmark = [pytest.mark.django_db, pytest.mark.clause("GB-3"), pytest.mark.clause("GC-1")]


def test_proposals_under_one_curriculum_reference_are_listed_together(
    root: Any, people: Any, client: Client
) -> None:
    adjustment = MicroCredentialFactory(parent=root, external_reference="CUR-2026-117")
    coupled = CourseFactory(parent=root, title="The other half", external_reference="CUR-2026-117")
    elsewhere = CourseFactory(parent=root, title="Another matter", external_reference="CUR-9")
    for proposal in (adjustment, coupled, elsewhere):
        submit(proposal, people["editor"])
    client.force_login(people["committee"])
    page = client.get(reverse("governance:proposal", args=[adjustment.pk])).content.decode()
    assert "The other half" in page
    assert "Another matter" not in page


def test_a_reference_given_in_a_later_draft_counts_and_a_mere_draft_does_not(root: Any) -> None:
    adjustment = MicroCredentialFactory(parent=root, external_reference="CUR-1")
    later = CourseFactory(parent=root)
    CourseFactory(parent=root, external_reference="CUR-1")
    edit(later, external_reference="CUR-1")
    for proposal in (adjustment, later):
        submit(proposal)
    assert [other.pk for other in sharing_reference(draft(adjustment))] == [later.pk]


def test_a_proposal_without_a_reference_stands_alone(root: Any) -> None:
    alone = CourseFactory(parent=root, life="submitted")
    CourseFactory(parent=root, life="submitted")
    assert not sharing_reference(draft(alone)).exists()
