"""A page under decision is locked, and the message says who has it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import AcademicUnitFactory, MicroCredentialFactory
from tests.people import approver, person
from tests.proposals import approve, draft, request_changes, stage_state, submit
from workflows.proposals.actions import assign, hold

pytestmark = pytest.mark.django_db


def message(offering: Any, someone: Any) -> str:
    lock = draft(offering).get_lock()
    return str(lock.get_message(someone)) if lock and lock.for_user(someone) else ""


def test_it_names_the_office_the_colleague_and_the_hold(root: Any, people: Any) -> None:
    offering = MicroCredentialFactory(parent=root, academic_unit=AcademicUnitFactory())
    submit(offering, people["editor"])
    for name in ("editor", "department", "superuser"):
        assert "is with the Faculty of Health Sciences" in message(offering, people[name])
    approve(offering, approver(draft(offering)))
    assign(stage_state(offering), people["department"], person("department"))
    hold(stage_state(offering), people["department"], "Counsel is asked.")
    said = message(offering, people["editor"])
    assert "is with the Continuous Learning Department (Department review)" in said
    assert "It is assigned to Department-1." in said
    assert "Department put it on hold: Counsel is asked." in said


def test_at_a_gate_it_says_what_is_waited_for(root: Any, people: Any, client: Client) -> None:
    offering = MicroCredentialFactory(parent=root, agreed=False)
    submit(offering, people["editor"])
    client.force_login(people["editor"])
    page = client.get(reverse("wagtailadmin_pages:edit", args=[offering.pk])).content.decode()
    assert "waits until MC-6 is met (Responsibilities agreement signed)" in page


def test_it_is_free_again_when_changes_are_asked_for(root: Any, people: Any) -> None:
    offering = MicroCredentialFactory(parent=root)
    submit(offering, people["editor"])
    request_changes(offering, people["department"])
    assert message(offering, people["editor"]) == ""
