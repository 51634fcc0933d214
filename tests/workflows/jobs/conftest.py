"""Jobs whose doing is counted, in the database, so that processes can be told apart."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from credentials.jobs import Job
from credentials.models import Reminder


@pytest.fixture
def times_done() -> Callable[[str], int]:
    """How often a job made by `job` did its work."""

    def count(name: str = "sweep") -> int:
        return Reminder.objects.filter(subject__startswith=f"{name}:").count()

    return count


@pytest.fixture
def job() -> Callable[..., Job]:
    """A job that leaves a row each time: `job("sweep", every=...)`."""

    def make(name: str = "sweep", **settings: Any) -> Job:
        def sweep(now: datetime.datetime) -> dict[str, int]:
            Reminder.objects.create(subject=f"{name}:{now.timestamp()}", occasion="swept")
            return {"swept": 1}

        return Job(name=name, title="Sweeps", **{"run": sweep, **settings})

    return make


@pytest.fixture
def at() -> Callable[..., Callable[[], datetime.datetime]]:
    """A clock that stands still: `at(days=30)` is in thirty days."""
    start = timezone.now()
    return lambda **later: lambda: start + datetime.timedelta(**later)
