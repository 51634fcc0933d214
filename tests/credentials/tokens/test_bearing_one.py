"""What a token opens: what its person may do, until it ends, and nothing to change if it reads."""

import datetime
import logging
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from credentials.models import PersonalToken
from tests.factories import CourseFactory
from tests.tokens import bearer, token_of

pytestmark = pytest.mark.django_db

APIS = {"/api/v3/": "/whoami/", "/api/workflow/v1/": "/awaiting"}
PROBES = [root.rstrip("/") + path for root, path in APIS.items()]
SAFE = {"get", "head", "options"}
NO_PROPOSAL = "00000000-0000-4000-8000-000000000000"
READ = PersonalToken.Kind.READ


def operations(api: str) -> list[tuple[str, str]]:
    """Every operation of an API that may change something, as method and address."""
    paths = Client().get(f"{api}openapi.json").json()["paths"]
    return [
        (method.upper(), re.sub(r"\{.+?\}", "1", path.replace("{proposal}", NO_PROPOSAL)))
        for path, methods in paths.items()
        for method in methods
        if method not in SAFE
    ]


@pytest.mark.parametrize("api", APIS)
def test_one_that_reads_changes_nothing_by_any_operation(people: Any, api: str) -> None:
    client = Client(headers=bearer(people["superuser"], "The dashboard", READ))
    tried = operations(api)
    assert len(tried) > 3
    for method, path in tried:
        answer = client.generic(method, path, b"{}", content_type="application/json")
        assert answer.status_code == 403, (method, path)
        assert answer["Content-Type"] == "application/problem+json"
        assert "“The dashboard” only reads" in answer.json()["detail"]
        assert "make one that acts" in answer.json()["detail"]


@pytest.mark.parametrize("path", PROBES)
def test_one_that_reads_reads(people: Any, path: str) -> None:
    headers = bearer(people["department"], kind=READ)
    assert Client(headers=headers).get(path).status_code == 200


@pytest.mark.parametrize("path", PROBES)
def test_after_its_end_it_opens_nothing(people: Any, path: str) -> None:
    token, key = token_of(people["department"])
    client = Client(headers={"Authorization": f"Bearer {key}"})
    assert client.get(path).status_code == 200
    PersonalToken.objects.filter(pk=token.pk).update(expires_at=timezone.now())
    answer = client.get(path)
    assert answer.status_code == 401
    assert "under Account" in answer.json()["detail"]
    assert client.post(path).status_code in (401, 405)


@pytest.mark.parametrize("path", PROBES)
def test_a_deactivated_person_has_none(people: Any, path: str) -> None:
    client = Client(headers=bearer(people["department"]))
    people["department"].is_active = False
    people["department"].save()
    assert client.get(path).status_code == 401


@pytest.mark.parametrize("path", PROBES)
@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer wagtail_",
        "Basic {key}",
        "{key}",
        "Bearer {key}x",
        "Bearer x{key}",
        "Bearer é{key}",
    ],
)
def test_what_is_no_token_opens_nothing_and_breaks_nothing(
    people: Any, path: str, header: str
) -> None:
    _token, key = token_of(people["department"])
    client = Client(headers={"Authorization": header.format(key=key)})
    client.force_login(people["superuser"])
    assert client.get(path).status_code == 401


def test_an_acting_token_does_what_its_person_may_and_no_more(root: Any, people: Any) -> None:
    course = CourseFactory(parent=root, title="Welding")
    body = {"title": "Riveting", "meta": {"type": "credentials.Course"}}
    for who, status in (("committee", 403), ("editor", 200)):
        answer = Client(headers=bearer(people[who])).patch(
            f"/api/v3/pages/{course.pk}/", body, content_type="application/json"
        )
        assert answer.status_code == status, answer.content


@pytest.mark.parametrize("path", PROBES)
def test_its_last_use_is_written_once_a_minute_at_most(people: Any, path: str) -> None:
    token, key = token_of(people["department"])
    client = Client(headers={"Authorization": f"Bearer {key}"})
    client.get(path)
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    client.get(path)
    token.refresh_from_db()
    assert token.last_used_at == first
    PersonalToken.objects.update(last_used_at=first - datetime.timedelta(minutes=2))
    client.get(path)
    token.refresh_from_db()
    assert token.last_used_at is not None
    assert token.last_used_at >= first


def test_it_is_in_no_log(people: Any, caplog: Any, settings: Any) -> None:
    """Not even where a server runs for development, and whoever sends it wrongly."""
    settings.DEBUG = True
    _token, key = token_of(people["department"], kind=READ)
    with caplog.at_level(logging.DEBUG):
        for scheme in ("Bearer", "Token", "Bearer x"):
            client = Client(headers={"Authorization": f"{scheme} {key}"})
            for path in PROBES:
                client.get(path)
                client.post(path)
    assert key not in caplog.text
