"""Addresses that name a row which no database can hold: not found, and no error."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

OURS = ("credentials.", "workflows.", "appeals.", "home.")
KEY = re.compile(r"<(?:key|int):[^>]+>")


def addresses() -> Iterator[str]:
    """Every address of ours that names a key, with one of twenty digits."""
    for pattern, route in _patterns(get_resolver().url_patterns, "/"):
        module = getattr(pattern.callback, "__module__", "")
        if KEY.search(route) and module.startswith(OURS):
            yield re.sub(r"<[^>]+>", "x", KEY.sub("9" * 20, route))


def _patterns(patterns: Any, before: str) -> Iterator[tuple[URLPattern, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield pattern, route
        else:
            yield from _patterns(pattern.url_patterns, route)


@pytest.mark.django_db
def test_a_key_that_is_too_long_is_not_found(people: dict[str, Any]) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(people["superuser"])
    found = list(addresses())
    assert len(found) > 50
    answers = {address: client.get(address, follow=True).status_code for address in found}
    assert {a: status for a, status in answers.items() if status not in (404, 405, 422)} == {}
