"""Wagtail's API v3 is for authoring: nothing without a token, drafts with one."""

from typing import Any

import pytest
from django.test import Client

from credentials.models import CatalogueEntry, Course
from credentials.tokens.issue import revoke_token
from tests.factories import CourseFactory
from tests.lifecycle import publish
from tests.proposals import complete, draft
from tests.tokens import bearer, token_of

pytestmark = pytest.mark.django_db

ROOT = "/api/v3"


@pytest.fixture
def course(root: Any) -> Any:
    return CourseFactory(parent=root, title="Welding", life="live")


@pytest.mark.parametrize("path", ["/pages/", "/pages/1/", "/schema/", "/sites/", "/whoami/", "/"])
def test_without_a_token_there_is_nothing(course: Any, path: str) -> None:
    response = Client().get(f"{ROOT}{path}")
    assert response.status_code == 401
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert "catalogue API" in response.json()["detail"]
    assert b"Welding" not in response.content


def test_neither_a_session_nor_a_dead_token_opens_it(course: Any, people: Any) -> None:
    signed_in = Client()
    signed_in.force_login(people["superuser"])
    token, key = token_of(people["editor"])
    revoke_token(token, people["editor"])
    revoked = {"Authorization": f"Bearer {key}"}
    inactive = bearer(people["second_member"])
    people["second_member"].is_active = False
    people["second_member"].save()

    assert signed_in.get(f"{ROOT}/pages/").status_code == 401
    for headers in (revoked, inactive, {"Authorization": "Bearer nonsense"}):
        assert Client().get(f"{ROOT}/pages/", headers=headers).status_code == 401


def test_writing_without_a_token_is_refused_before_anything_is_read(course: Any) -> None:
    response = Client(enforce_csrf_checks=True).post(
        f"{ROOT}/pages/", b"not even JSON", content_type="application/json"
    )
    assert response.status_code == 401


def test_a_token_opens_it_for_its_person(course: Any, people: Any) -> None:
    headers = bearer(people["editor"])
    assert Client().get(f"{ROOT}/whoami/", headers=headers).status_code == 200
    pages = Client().get(f"{ROOT}/pages/", headers=headers)
    assert pages.status_code == 200
    assert b"Welding" in pages.content


def test_the_contract_and_its_page_are_open(course: Any) -> None:
    assert Client().get(f"{ROOT}/openapi.json").status_code == 200
    assert Client().get(f"{ROOT}/docs/").status_code == 200


def test_another_system_writes_a_draft_and_changes_it(root: Any, people: Any) -> None:
    client = Client(headers=bearer(people["editor"]))
    made = client.post(
        f"{ROOT}/pages/",
        {
            "title": "Welding for beginners",
            "slug": "welding-for-beginners",
            "summary": "Join two pieces of steel.",
            "description": "<p>What it covers.</p>",
            "category": "short_course",
            "delivery_modes": ["face_to_face", "online"],
            "hours": "12.5",
            "outcomes": [{"code": "LO1", "statement": "Join two pieces."}],
            "rationale": "An internal field is not for the API.",
            "meta": {"type": "credentials.Course", "parent_id": root.pk},
        },
        content_type="application/json",
    )
    assert made.status_code == 201, made.content
    course = Course.objects.get(slug="welding-for-beginners")
    assert not course.live
    assert course.delivery_modes == ["face_to_face", "online"]
    assert [outcome.statement for outcome in course.outcomes.all()] == ["Join two pieces."]
    assert course.rationale == ""
    assert b"rationale" not in made.content

    changed = client.patch(
        f"{ROOT}/pages/{course.pk}/",
        {"hours": "14", "meta": {"type": "credentials.Course"}},
        content_type="application/json",
    )
    assert changed.status_code == 200, changed.content
    assert draft(course).hours == 14
    complete(course)
    publish(course, by=people["editor"])
    assert CatalogueEntry.objects.current().get().document["hours"] == 14
