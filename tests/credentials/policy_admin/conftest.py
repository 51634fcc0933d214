"""Offerings approved as they are, drafts of the policy, and its owner."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from credentials.compliance import what_if
from credentials.compliance.adoption import draft_from, latest_review
from credentials.compliance.policies import policy_in_force
from credentials.conf import conf
from credentials.models import Approval, PolicyVersion
from credentials.record.ledger import PublishedVersion
from credentials.record.publication import retire, withdraw
from tests.on_record import approve_as_is


@pytest.fixture
def put_live() -> Callable[..., None]:
    """Publish offerings with the content that their rows have."""

    def publish(*offerings: Any) -> None:
        for offering in offerings:
            offering.live = True
            approve_as_is(offering)
            offering.save()

    return publish


@pytest.fixture
def take_down() -> Callable[[Any], None]:
    """Withdraw a published offering."""
    return lambda offering: (
        withdraw(approve_as_is(offering, Approval.Action.WITHDRAW), note="Withdrawn.") and None
    )


@pytest.fixture
def retired() -> Callable[[Any], PublishedVersion]:
    """Retire a published offering: its page stays."""
    return lambda offering: retire(approve_as_is(offering, Approval.Action.RETIRE), note="Ended.")


@pytest.fixture
def owner(people: dict[str, Any]) -> Any:
    """Somebody of the policy owner's office; password "secret"."""
    user = get_user_model().objects.create_user("owner", "owner@example.org", "secret")
    user.groups.add(Group.objects.get(name=conf().ROLE_GROUPS["policy_owner"]))
    return user


@pytest.fixture
def as_owner(client: Client, owner: Any) -> Client:
    """A browser signed in as the policy's owner."""
    client.force_login(owner)
    return client


@pytest.fixture
def as_editor(people: dict[str, Any]) -> Client:
    """A browser signed in as a content editor."""
    client = Client()
    client.force_login(people["editor"])
    return client


@pytest.fixture
def policy_draft(owner: Any) -> PolicyVersion:
    """A draft that says what the version in force says."""
    return draft_from(policy_in_force(), owner, "ACD 1532 (draft)")


@pytest.fixture
def rules_of(policy_draft: PolicyVersion) -> Callable[..., Any]:
    """Rules of a clause of the draft, as rows to change: `rules_of("MC-4", "mastery")`."""

    def find(number: str, rule: str) -> Any:
        clause = policy_draft.clauses.get(number=number)
        return type(clause.rules.first()).objects.filter(clause=clause, rule=rule)

    return find


@pytest.fixture
def today_is(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime.date], None]:
    """Move today to another day: `today_is(date(2000, 1, 1))` is before any version."""
    return lambda day: monkeypatch.setattr(timezone, "localdate", lambda *args: day)


@pytest.fixture
def version_in_force(db: None) -> PolicyVersion:
    """The version in force."""
    return policy_in_force()


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two offerings to a chunk, so that few of them make several."""
    monkeypatch.setattr(what_if, "CHUNK", 2)


@pytest.fixture
def approve_today() -> Callable[[PolicyVersion], datetime.date]:
    """Let the approving authority approve a draft today; returns today, to adopt it on."""

    def approve(version: PolicyVersion) -> datetime.date:
        today = timezone.localdate()
        version.approved_on, version.review_due_on = today, latest_review(today)
        version.save()
        return today

    return approve
