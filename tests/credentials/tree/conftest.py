"""A catalogue with one published offering, a person who may do anything, and what must stay so."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.factories import CourseFactory
from tests.tokens import bearer


@pytest.fixture
def course(root: Any) -> Any:
    """A published course in the catalogue."""
    return CourseFactory(parent=root, title="Welding", slug="welding", life="live")


@pytest.fixture
def superuser(people: Any, client: Client) -> Any:
    """A superuser, signed in."""
    client.force_login(people["superuser"])
    return people["superuser"]


@pytest.fixture
def api(people: Any) -> Callable[..., Any]:
    """Call the authoring API as a superuser: method, path and body."""
    client = Client(headers=bearer(people["superuser"]))

    def call(method: str, path: str, body: Any = None) -> Any:
        return client.generic(
            method, f"/api/v3/{path}", json.dumps(body or {}), content_type="application/json"
        )

    return call


@pytest.fixture
def unharmed(root: Any, course: Any) -> Iterator[None]:
    """Whatever the test did, the tree is whole, and catalogue and offering answer strangers."""
    yield
    assert Page.find_problems() == ([], [], [], [], [])
    assert Client().get("/catalogue/").status_code == 200
    assert Client().get("/catalogue/welding/").status_code == 200
    assert Client().get(f"/api/v1/offerings/{course.uuid}/page").status_code == 302
