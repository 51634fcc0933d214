"""A catalogue with a history, as the benchmark makes it, only smaller."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bench.holdings import add_holdings, add_offerings, seat_committee

Get = Callable[..., Any]


@pytest.fixture
def get(client: Client, people: dict[str, Any]) -> Get:
    """Ask for a report as the Department: `get("dormant", days=60)`."""
    client.force_login(people["department"])

    def ask(slug: str, **parameters: Any) -> Any:
        return client.get(reverse(f"governance:report_{slug}"), parameters)

    return ask


@pytest.fixture
def keys(root: Any) -> list[int]:
    """Twenty-four offerings with what hangs on them, by primary key; without a history yet."""
    keys = add_offerings(root, 24)
    add_holdings(keys)
    seat_committee()
    return keys
