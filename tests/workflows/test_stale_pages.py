"""A page that was open while others went on: what is sent from it is refused in words that help."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from credentials.people.roles import grant_roles
from tests.committee import carry, open_vote, seat_committee, vote_all
from tests.factories import AcademicUnitFactory, CourseFactory, MicroCredentialFactory
from tests.people import approver, person
from tests.proposals import approve, draft, edit, stage_state, submit
from workflows.committee.results import close_motion
from workflows.models import Ballot, Decision
from workflows.proposals.actions import withdraw

pytestmark = pytest.mark.django_db


def page_of(offering: Any) -> str:
    return reverse("governance:proposal", args=[offering.pk])


def read(client: Client, address: str) -> Any:
    """What the form of the page would send."""
    form = client.get(address).context["form"]
    return {name: form[name].value() or "" for name in ("content_hash", "stage")}


def at_the_committee(root: Any) -> Any:
    """A proposal that the committee decides next."""
    grant_roles(root)
    seat_committee()
    offering = MicroCredentialFactory(parent=root)
    submit(offering, person("editor"))
    approve(offering, person("department"))
    return offering


def test_a_decision_sent_twice_does_not_decide_the_next_stage(
    root: Any, people: Any, client: Client
) -> None:
    """Somebody belongs to the academic unit and to the Department, and presses twice."""
    course = CourseFactory(parent=root, academic_unit=AcademicUnitFactory())
    submit(course, people["editor"])
    both = approver(draft(course))
    both.groups.add(*Group.objects.filter(user=people["department"]))
    client.force_login(both)
    sent = {**read(client, page_of(course)), "outcome": "approved", "comment": "As the unit."}
    client.post(page_of(course), sent)
    answer = client.post(page_of(course), sent).content.decode()
    assert "has ended meanwhile" in answer
    assert Decision.objects.count() == 1


def test_what_changed_is_read_and_then_decided_with_the_words_already_written(
    root: Any, people: Any, client: Client
) -> None:
    course = CourseFactory(parent=root, author=people["editor"])
    submit(course, people["editor"])
    client.force_login(people["department"])
    sent = {**read(client, page_of(course)), "outcome": "approved", "comment": "Well made."}
    withdraw(draft(course), people["editor"], "One more word.")
    edit(course, by=people["editor"], competency="Other words")
    submit(course, people["editor"])
    shown = client.post(page_of(course), sent)
    assert not Decision.objects.exists()
    form = shown.context["form"]
    again = {name: form[name].value() for name in form.fields if form[name].value()}
    assert again["comment"] == "Well made."
    client.post(page_of(course), again)
    assert Decision.objects.get().content_hash == stage_hash(course)


def stage_hash(offering: Any) -> str:
    """The hash of the content that was decided on last."""
    return str(Decision.objects.filter(offering=offering.pk).latest("pk").content_hash)


def test_what_was_written_to_a_decided_stage_is_given_back(
    root: Any, people: Any, client: Client
) -> None:
    course = CourseFactory(parent=root, author=people["editor"])
    submit(course, people["editor"])
    client.force_login(person("department", 2))
    sent = {**read(client, page_of(course)), "outcome": "changes_requested"}
    approve(course, people["department"])
    answer = client.post(page_of(course), {**sent, "comment": "Explain the fee."}).content.decode()
    assert "has ended meanwhile" in answer and "Explain the fee." in answer
    assert "Record my decision" not in answer


def test_a_vote_after_the_count_is_said_not_to_be_recorded(root: Any, client: Client) -> None:
    offering = at_the_committee(root)
    motion = open_vote(offering)
    vote_all(motion)
    close_motion(motion, seat_committee()["secretary"])
    cast = Ballot.objects.count()
    client.force_login(seat_committee()["second"])
    sent = {"choice": "no", "content_hash": motion.content_hash}
    answer = client.post(reverse("governance:motion", args=[motion.pk]), sent).content.decode()
    assert "Your vote was not recorded." in answer
    assert Ballot.objects.count() == cast


def test_what_is_no_longer_to_be_done_leads_back_with_the_reason(root: Any, client: Client) -> None:
    offering = at_the_committee(root)
    client.force_login(seat_committee()["secretary"])
    put = reverse("governance:open_motion", args=[offering.pk])
    resume = reverse("governance:act", args=[offering.pk, "resume"])
    hold = reverse("governance:act", args=[offering.pk, "hold"])
    assert client.get(hold).status_code == 200
    answer = client.get(resume, follow=True)
    assert answer.redirect_chain[-1][0] == page_of(offering)
    assert "not yours to do, or not now" in answer.content.decode()
    assert stage_state(offering) is not None
    carry(offering)
    course = CourseFactory(parent=root)
    submit(course, person("editor"))
    client.force_login(person("department"))
    elsewhere = reverse("governance:open_motion", args=[course.pk])
    answer = client.get(elsewhere, follow=True)  # before an office, not before a committee
    assert "No committee decides on this proposal now." in answer.content.decode()
    client.force_login(seat_committee()["secretary"])
    answer = client.get(put, follow=True)
    assert "No committee decides on this proposal now." in answer.content.decode()
