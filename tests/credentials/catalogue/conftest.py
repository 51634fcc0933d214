"""What the API's tests share: a client that reads JSON, and approved standing changes."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from credentials.compliance.policies import label_in_force
from credentials.models import Approval
from credentials.people.actors import actor_of
from credentials.record.content import freeze
from credentials.record.ledger import PublishedVersion
from credentials.record.publication import retire, withdraw
from tests.people import person


class Api:
    """Asks the catalogue API as a consumer does."""

    root = "/api/v1"

    def __init__(self) -> None:
        self.client = Client()

    def response(self, path: str, query: Any = None, **headers: str) -> Any:
        return self.client.get(f"{self.root}{path}", query, headers=headers)

    def get(self, path: str, query: Any = None) -> Any:
        """The body of a successful answer."""
        response = self.response(path, query)
        assert response.status_code == 200, response.content
        return response.json()

    def refused(self, path: str, query: Any = None, status: int = 422) -> Any:
        """The problem document of a refusal."""
        response = self.response(path, query)
        assert response.status_code == status, response.content
        assert response.headers["Content-Type"] == "application/problem+json"
        problem = response.json()
        assert problem["status"] == status
        assert problem["detail"].endswith(".")
        return problem

    def titles(self, query: Any = None, path: str = "/offerings") -> list[str]:
        return [item["title"] for item in self.get(path, query)["items"]]

    def walk(self, query: Any = None, path: str = "/offerings") -> Iterator[Any]:
        """Every page of a list."""
        query = dict(query or {})
        while True:
            page = self.get(path, query)
            yield page
            if not page["next_cursor"]:
                return
            query["cursor"] = page["next_cursor"]

    def feed(self, since: str | None = None, limit: int = 100) -> Iterator[Any]:
        """Every change since a cursor."""
        query: dict[str, Any] = {"limit": limit}
        if since is not None:
            query["since"] = since
        while True:
            page = self.get("/changes", query)
            yield from page["items"]
            if page["next_cursor"] == str(page["head"]):
                return
            query["since"] = page["next_cursor"]


@pytest.fixture
def api(db: None) -> Api:
    return Api()


def _standing(offering: Any, action: str) -> Approval:
    offering = type(offering).objects.get(pk=offering.pk)
    head = PublishedVersion.objects.head_of(offering.pk)
    assert head is not None and head.says(freeze(offering))
    return Approval.objects.record(
        offering,
        head.as_published,
        actor_of(person("committee")),
        policy_version=label_in_force(),
        action=action,
        authority="Committee",
        instrument="Terms of reference",
        route="retirement",
        clauses=["MC-1"],
    )


@pytest.fixture
def retired(root: Any) -> Callable[..., PublishedVersion]:
    """Retire an offering by an approval of it."""
    return lambda offering, note="No longer offered.": retire(
        _standing(offering, Approval.Action.RETIRE), note=note
    )


@pytest.fixture
def withdrawn(root: Any) -> Callable[..., PublishedVersion]:
    """Withdraw an offering by an approval of it."""
    return lambda offering, note="Published by mistake.": withdraw(
        _standing(offering, Approval.Action.WITHDRAW), note=note
    )
