"""The office, a draft of the procedure, and browsers signed in as one role or another."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from appeals.adoption import draft_from
from appeals.models import Procedure, UniversityClosure
from credentials.conf import conf


@pytest.fixture
def office(people: dict[str, Any]) -> Any:
    """Somebody of the appeals office; password "secret"."""
    user = get_user_model().objects.create_user(
        "office", "office@example.org", "secret", first_name="Office"
    )
    user.groups.add(Group.objects.get(name=conf().ROLE_GROUPS["appeals_office"]))
    return user


@pytest.fixture
def in_force(db: None) -> Procedure:
    """The version in force."""
    return Procedure.objects.in_force().get()


@pytest.fixture
def draft(office: Any, in_force: Procedure) -> Procedure:
    """A draft that says what the version in force says."""
    return draft_from(in_force, office, "Appeal procedures (draft)")


@pytest.fixture
def as_office(office: Any) -> Client:
    """A browser signed in as the office."""
    client = Client()
    client.force_login(office)
    return client


@pytest.fixture
def today_is(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime.date], None]:
    """Move today to another day."""
    return lambda day: monkeypatch.setattr(timezone, "localdate", lambda *args: day)


@pytest.fixture
def closure(office: Any) -> UniversityClosure:
    """A closure that lies in the future."""
    first = timezone.localdate() + datetime.timedelta(days=40)
    closed: UniversityClosure = UniversityClosure.objects.create(
        first_day=first,
        last_day=first + datetime.timedelta(days=2),
        name_en="Winter break",
        name_fr="Congé d’hiver",
        added_by_key=str(office.pk),
        added_by_name="Office",
    )
    return closed
