"""Fixtures of appeals."""

from typing import Any

import pytest

from tests.appeals.staff import make_staff
from tests.appeals.visiting import Visitor


@pytest.fixture
def staff(people: dict[str, Any]) -> dict[str, Any]:
    """People around appeals, see `make_staff`, beside those of the other roles."""
    return make_staff()


@pytest.fixture
def visitor(root: Any, django_capture_on_commit_callbacks: Any) -> Visitor:
    """Somebody who wants to appeal."""
    return Visitor(django_capture_on_commit_callbacks)


@pytest.fixture
def stranger(django_capture_on_commit_callbacks: Any) -> Visitor:
    """Somebody in another browser, who reads none of this mail."""
    return Visitor(django_capture_on_commit_callbacks, "stranger@example.org")
