"""A picture and a document, each named by what is published."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from credentials.people.roles import grant_roles
from tests.credentials.files.library import DOCUMENT, PICTURE, letter, offering_with, upload
from tests.people import person


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """Wagtail remembers renditions by keys that another test may have used too."""
    cache.clear()


@pytest.fixture
def picture(root: Any) -> Any:
    """A picture of the library."""
    return upload("teal")


@pytest.fixture(params=[PICTURE, DOCUMENT])
def kind(request: Any) -> str:
    """Of what the test is."""
    return str(request.param)


@pytest.fixture
def file(kind: str, picture: Any) -> Any:
    """A picture or document of the library, not named by anything yet."""
    return picture if kind == PICTURE else letter()


@pytest.fixture
def offering(kind: str, file: Any, root: Any) -> Any:
    """A published offering whose approval names it."""
    return offering_with(kind, file, root)


@pytest.fixture
def at_work(root: Any, client: Client) -> Client:
    """The Department, which may change every picture and document."""
    grant_roles(root)
    client.force_login(person("department"))
    return client
