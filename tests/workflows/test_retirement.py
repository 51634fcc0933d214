"""Retiring and withdrawing: two people, a reason, and an entry in the ledger that stays."""

import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from credentials.exceptions import PolicyNotMet
from credentials.models import CatalogueEntry, PublishedVersion
from tests.committee import seat_committee
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.lifecycle import publish, revise, settle
from tests.people import person
from tests.proposals import edit, stage_state, submit
from workflows.choices import Outcome
from workflows.exceptions import DecisionRefused
from workflows.models import Decision, RetirementRequest
from workflows.proposals.retirement import decide_retirement, request_retirement
from workflows.stages.committee import CommitteeStage

pytestmark = pytest.mark.django_db

WORDS = {"note": "Replaced by a newer program.", "reason": "Two years without learners."}


@pytest.fixture
def published(root: Any) -> Any:
    """A micro-credential that the Committee approved."""
    return MicroCredentialFactory(parent=root, life="published")


def ask(offering: Any, action: str = "retire", **facts: Any) -> RetirementRequest:
    """The Department asks."""
    return request_retirement(offering, person("department"), action=action, **WORDS, **facts)


def test_a_retired_offering_keeps_its_page_which_says_so(published: Any, client: Client) -> None:
    request = ask(published, teach_out=datetime.date(2027, 4, 30))
    assert PublishedVersion.objects.count() == 1
    settle(request)

    document = CatalogueEntry.objects.current().get().document
    assert document["status"] == "retired"
    assert document["teach_out"] == "2027-04-30"
    assert document["note"] == WORDS["note"]
    page = client.get(published.get_url())
    assert page.status_code == 200
    assert WORDS["note"] in page.content.decode()


def test_a_withdrawn_offering_answers_410_with_the_reason(published: Any, client: Client) -> None:
    settle(ask(published, "withdraw"))
    published.refresh_from_db()
    assert not published.live
    page = client.get(published.get_url())
    assert page.status_code == 410
    assert WORDS["note"] in page.content.decode()
    assert [v.event for v in PublishedVersion.objects.in_order()] == ["published", "withdrawn"]


def test_the_reason_stays_inside(published: Any, client: Client) -> None:
    settle(ask(published))
    assert WORDS["reason"] not in CatalogueEntry.objects.current().get().body
    assert WORDS["reason"] not in client.get(published.get_url()).content.decode()


def test_declining_changes_nothing_and_can_be_asked_again(published: Any) -> None:
    settle(ask(published), "no")
    assert PublishedVersion.objects.count() == 1
    assert Decision.objects.filter(outcome=Outcome.DECLINED).exists()
    settle(ask(published))
    assert PublishedVersion.objects.count() == 2


def test_who_may_ask_and_who_may_decide(published: Any, root: Any, people: Any) -> None:
    for stranger in (person("editor"), person("committee"), people["superuser"]):
        with pytest.raises(DecisionRefused, match="asks to retire"):
            request_retirement(published, stranger, action="retire", **WORDS)
    request = ask(published)
    with pytest.raises(DecisionRefused, match="waits for a decision"):
        ask(published)
    seat_committee()
    for stranger in (
        person("editor"),
        person("department"),
        people["superuser"],
        person("committee"),
    ):
        with pytest.raises(DecisionRefused, match="decides on it by a motion"):
            decide_retirement(request, stranger, Outcome.APPROVED)
    settle(request)
    with pytest.raises(DecisionRefused, match="decided already"):
        settle(request)


def test_a_course_is_decided_by_another_person_of_the_department(root: Any) -> None:
    course = CourseFactory(parent=root, life="published")
    request = ask(course)
    with pytest.raises(DecisionRefused, match="recused"):
        decide_retirement(request, person("department"), Outcome.APPROVED)
    decide_retirement(request, person("department", 2), Outcome.APPROVED)


def test_a_request_lapses_when_another_version_is_published(published: Any) -> None:
    request = ask(published)
    revise(published, fee="1.00")
    with pytest.raises(DecisionRefused, match="Another version"):
        settle(request)


def test_a_withdrawn_offering_can_come_back_through_its_whole_route(published: Any) -> None:
    settle(ask(published, "withdraw"))
    publish(published)
    assert published.live
    assert [v.event for v in PublishedVersion.objects.in_order()][-1] == "revised"


def test_a_retired_offering_comes_back_through_its_whole_route_only(published: Any) -> None:
    settle(ask(published))
    edit(published, fee="1.00", objectives="")
    with pytest.raises(PolicyNotMet, match="PA-1"), transaction.atomic():
        submit(published)
    edit(published, fee="1.00", objectives="Fewer falls.")
    submit(published)
    stages = stage_state(published).workflow_state.workflow.tasks
    assert any(isinstance(stage.specific, CommitteeStage) for stage in stages)


def test_in_the_admin(published: Any, people: Any, client: Client) -> None:
    client.force_login(people["editor"])
    address = reverse("governance:request_retirement", args=[published.pk])
    assert client.get(address).status_code == 302

    client.force_login(people["department"])
    assert (
        "Retire or withdraw"
        in client.get(reverse("wagtailadmin_pages:edit", args=[published.pk])).content.decode()
    )
    empty = client.post(address, {"action": "retire"})
    assert "This field is required" in empty.content.decode()
    client.post(address, {"action": "retire", "teach_out": "", **WORDS})
    request = RetirementRequest.objects.get()

    decision = reverse("governance:retirement", args=[request.pk])
    assert "decides on it by a motion" in client.get(decision).content.decode()
    for name in ("department", "committee"):
        client.force_login(people[name])
        refused = client.post(decision, {"outcome": "approved"})
        assert "decides on it by a motion" in refused.content.decode()
    settle(request)
    assert PublishedVersion.objects.in_order().last().event == "retired"
    register = client.get("/admin/workflows/retirementrequest/")
    assert "Approved" in register.content.decode()
