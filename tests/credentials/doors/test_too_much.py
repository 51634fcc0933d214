"""What is too much is refused with a sentence, before it costs anything."""

from typing import Any

import pytest
from django.test import Client

from credentials.doors.bodies import LARGEST
from credentials.doors.request_heads import MOST_PARAMETERS, MOST_VALUES
from tests.tokens import bearer

pytestmark = pytest.mark.django_db

THREE_MB = 3 * 1024 * 1024
DOORS = (
    "/admin/login/",
    "/appeals/file/",
    "/api/workflow/v1/motions/1/ballot",
    "/api/v3/pages/",
    "/api/v1/offerings",
)


@pytest.fixture
def door(people: dict[str, Any]) -> Client:
    """Somebody who is signed in, by session and by token."""
    client = Client(headers=bearer(people["superuser"]), raise_request_exception=False)
    client.force_login(people["superuser"])
    return client


@pytest.mark.parametrize("address", DOORS)
@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_a_body_of_three_megabytes(door: Client, address: str, kind: str) -> None:
    response = door.generic("POST", address, '{"x": "' + "a" * THREE_MB + '"}', content_type=kind)
    assert response.status_code == 413
    assert "more than can be sent at once" in response.content.decode()


@pytest.mark.parametrize("address", DOORS)
def test_a_form_of_three_megabytes_in_parts(door: Client, address: str) -> None:
    assert door.post(address, {"x": "a" * THREE_MB}).status_code == 413


@pytest.mark.parametrize("address", DOORS)
def test_too_many_fields(door: Client, address: str) -> None:
    assert door.post(address, {"x": ["1"] * 10_001}).status_code == 413


@pytest.mark.parametrize("address", DOORS)
def test_more_than_is_read_at_all(door: Client, address: str) -> None:
    kind = "multipart/form-data; boundary=x"
    response = door.generic(
        "POST", address, b"", content_type=kind, CONTENT_LENGTH=str(LARGEST + 1)
    )
    assert response.status_code == 413
    assert "so it was not read" in response.content.decode()


def test_a_form_where_json_is_meant(door: Client) -> None:
    problem = door.post("/api/workflow/v1/motions/1/ballot", {"choice": "yes"}).json()
    assert problem["status"] == 400
    assert "cannot be read" in problem["detail"]


def test_a_form_that_is_cut_off(client: Client) -> None:
    kind = "multipart/form-data"
    response = client.generic("POST", "/admin/login/", b"x", content_type=kind)
    assert response.status_code == 400
    assert "cannot be read" in response.content.decode()


@pytest.mark.parametrize("address", ["/api/v1/offerings", "/catalogue/", "/api/v1/facets"])
@pytest.mark.parametrize("name", ["skill", "partner", "kind", "fields"])
def test_a_parameter_that_repeats_itself(
    root: Any, client: Client, address: str, name: str
) -> None:
    for values in (["x"] * (MOST_VALUES + 1), [",".join("x" * (MOST_VALUES + 1))]):
        response = client.get(address, {name: values})
        assert response.status_code == 400
        assert "has too many values: at most 100" in response.content.decode()


def test_too_many_parameters_and_too_long_a_query(client: Client) -> None:
    many = {f"p{number}": "1" for number in range(MOST_PARAMETERS + 1)}
    for query in (many, {"q": "a" * 20_000}):
        problem = client.get("/api/v1/offerings", query).json()
        assert problem["status"] == 400
        assert "asks for too much" in problem["detail"]
