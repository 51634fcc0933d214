"""What is no text is refused at every door with a sentence, and nothing of it is stored."""

import json
import uuid
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.tokens import bearer

pytestmark = pytest.mark.django_db

NUL, HALF = "\0", "\ud800"
SENTENCE = "holds a character that is no text"


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/offerings/a%00b",
        "/api/v1/offerings?q=a%00b",
        "/api/v1/offerings?a%00b=1",
        "/api/v3/pages/?search=a%00b",
        "/governance/calendar/a%00b.ics",
        "/appeals/private/a%00b/",
        "/credentials/agreements/a%00b/",
        "/catalogue/?q=a%00b",
        "/a%00b/",
        "/admin/login/?next=%00",
        "/admin/pages/search/?q=a%1Bb",
    ],
)
def test_an_address_that_is_no_text_is_refused(root: Any, client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 400
    assert SENTENCE in response.content.decode()
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("quoted", ["%ED%A0%80", "%E9", "%F4%90%80%80"])
def test_a_query_that_is_no_utf8_names_its_parameter(client: Client, quoted: str) -> None:
    problem = client.get(f"/api/v1/offerings?q={quoted}").json()
    assert problem["status"] == 400
    assert problem["errors"][0]["parameter"] == "q"
    assert "is not written in UTF-8" in problem["detail"]


@pytest.mark.parametrize("name", ["username", "password"])
def test_a_form_names_its_field(people: Any, client: Client, name: str) -> None:
    form = {"username": "editor", "password": "secret", name: f"a{NUL}b"}
    response = client.post("/admin/login/", form)
    assert response.status_code == 400
    assert f"The field “{name}” {SENTENCE} (U+0000)" in response.content.decode()


@pytest.mark.parametrize("body", ["email=a%00b", "email=%ED%A0%80", "a%00b=1"])
def test_an_encoded_form_is_read_no_further(client: Client, body: str) -> None:
    kind = "application/x-www-form-urlencoded"
    response = client.generic("POST", "/appeals/file/", body, content_type=kind)
    assert response.status_code == 400
    assert "Nothing was stored" in response.content.decode()


@pytest.mark.parametrize("character", [NUL, HALF, "\x07"])
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/mixed"])
def test_a_body_of_json_names_its_member(people: Any, character: str, kind: str) -> None:
    """The APIs read JSON whatever it says that it is."""
    client = Client(headers=bearer(people["department"]))
    body = json.dumps({"content_hash": "", "conditions": ["Fine.", f"a{character}"]})
    address = f"/api/workflow/v1/proposals/{uuid.uuid4()}/actions/remark"
    problem = client.generic("POST", address, body, content_type=kind).json()
    assert problem["status"] == 400
    assert problem["errors"][0]["parameter"] == "conditions.1"
    assert SENTENCE in problem["detail"]


@pytest.mark.parametrize("body", ['{"x": NaN}', "[" * 100_000])
def test_json_that_no_field_can_hold_is_refused(client: Client, body: str) -> None:
    response = client.post("/api/v3/pages/", body, content_type="application/json")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


def test_a_cookie_and_a_header_are_named(client: Client) -> None:
    client.cookies["sessionid"] = "a\0b"
    assert "The cookie “sessionid”" in client.get("/admin/login/").content.decode()
    client.cookies.clear()
    response = client.get("/api/v1/offerings", headers={"If-None-Match": "a\0b"})
    assert response.json()["errors"][0]["parameter"] == "If-None-Match"


def test_text_of_every_script_and_line_breaks_pass(people: Any, client: Client) -> None:
    client.force_login(people["editor"])
    words = "naïve ﷽ 语言 \N{ZERO WIDTH JOINER} \N{GRINNING FACE}\t\r\n\v"
    assert client.get("/admin/pages/search/", {"q": words}).status_code == 200
    assert client.get("/api/v1/offerings", {"q": words}).status_code == 200


def test_a_name_with_such_a_character_is_stored_nowhere(people: Any, client: Client) -> None:
    client.force_login(people["superuser"])
    form = {"name-first_name": f"A{NUL}", "name-last_name": "B", "name_email-email": "a@b.example"}
    assert client.post("/admin/account/", form).status_code == 400
    assert not get_user_model().objects.filter(first_name__startswith="A").exists()


def test_the_refusal_speaks_the_readers_language(client: Client) -> None:
    response = client.get("/a%00b/", headers={"Accept-Language": "fr"})
    assert '<html lang="fr">' in response.content.decode()
