"""The admin's home page says what waits for a person, and why their proposals wait."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from credentials.people.roles import grant_roles
from tests.committee import carry, open_vote, seat_committee, vote
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.people import person
from tests.proposals import approve, request_changes, stage_state, submit
from workflows.admin.home.panels import SHOWN
from workflows.inbox import awaiting
from workflows.proposals.actions import assign, hold

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(root: Any, people: Any) -> Any:
    """A micro-credential that the editor wrote and submitted."""
    grant_roles(root)
    offering = MicroCredentialFactory(parent=root, author=people["editor"], title="Safe Transfer")
    submit(offering, people["editor"])
    return offering


def titles(who: Any) -> list[str]:
    return [item.title for item in awaiting(who)]


def test_a_stage_waits_for_its_office_and_a_vote_for_each_seat(proposal: Any) -> None:
    assert titles(person("department")) == ["Safe Transfer"]
    assert titles(person("editor")) == []
    approve(proposal, person("department"))
    seated = seat_committee()
    assert titles(person("department")) == []
    assert titles(seated["secretary"]) == ["Safe Transfer"]
    assert titles(seated["second"]) == []
    motion = open_vote(proposal)
    assert titles(seated["second"]) == ["Safe Transfer"]
    vote(motion, seated["second"])
    assert titles(seated["second"]) == []


def test_what_waits_for_its_conditions_is_decided_already(proposal: Any) -> None:
    approve(proposal, person("department"))
    carry(proposal, conditions=("Sign the contract.",))
    chair = seat_committee()["chair"]
    assert [(item.kind, item.detail) for item in awaiting(chair)] == [
        ("Condition to confirm", "Sign the contract.")
    ]


def test_proposals_sent_back_come_first_and_the_rest_is_counted(
    root: Any, people: Any, client: Client
) -> None:
    grant_roles(root)
    for number in range(SHOWN + 1):
        course = CourseFactory(parent=root, author=people["editor"], title=f"Course {number:02}")
        submit(course, people["editor"])
    request_changes(course, person("department"), comment="Explain the fee.")
    client.force_login(people["editor"])
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert page.index("Explain the fee.") < page.index("Course 00")
    assert "And 1 more, among your offerings." in page


def test_what_is_assigned_waits_for_the_assignee_only(proposal: Any) -> None:
    assign(stage_state(proposal), person("department"), person("department", 2))
    assert titles(person("department")) == []
    assert titles(person("department", 2)) == ["Safe Transfer"]


def test_the_home_page_shows_it_with_a_bounded_number_of_queries(
    proposal: Any, root: Any, people: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    hold(stage_state(proposal), person("department"), "Waiting for the hospital.")
    client.force_login(people["editor"])
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Where your proposals stand" in page
    assert "Waiting for the hospital." in page
    for _number in range(5):
        submit(CourseFactory(parent=root), person("editor"))
    client.force_login(people["department"])
    client.get(reverse("wagtailadmin_home"))
    with django_assert_max_num_queries(80):
        page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Waiting for you" in page
