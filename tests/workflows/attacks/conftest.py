"""A vote of the committee that is open, and everybody who might try to get around it."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credentials.conf import conf
from credentials.models import CatalogueEntry, MicroCredential, Offering, PublishedVersion
from credentials.people.roles import grant_roles
from tests.committee import committee, open_vote, seat_committee
from tests.factories import MicroCredentialFactory
from tests.people import person
from tests.proposals import approve, submit
from workflows.meetings.agenda import build_agenda
from workflows.models import Meeting, Motion


@pytest.fixture(scope="module", autouse=True)
def at_the_committee(module_root: Any) -> int:
    """Seats of the committee, and the key of what it decides next: all tests begin with both."""
    grant_roles(module_root)
    for someone in seat_committee().values():
        someone.groups.add(Group.objects.get(name=conf().ROLE_GROUPS["committee"]))
    offering = MicroCredentialFactory(parent=module_root, author=person("editor"))
    submit(offering, person("editor"))
    approve(offering, person("department"))
    return int(offering.pk)


@pytest.fixture
def seated(at_the_committee: int, root: Any) -> dict[str, Any]:
    """Three voting people ("chair", "second", "third") and a "secretary", all in the group."""
    return seat_committee()


@pytest.fixture
def proposal(at_the_committee: int, root: Any) -> Any:
    """A micro-credential that the Department has approved; the committee decides next."""
    return MicroCredential.objects.get(pk=at_the_committee)


@pytest.fixture
def motion(proposal: Any) -> Motion:
    """An electronic vote on it that is open."""
    return open_vote(proposal)


@pytest.fixture
def owner(proposal: Any, root: Any) -> Any:
    """Who owns the policy."""
    user = person("policy_owner")
    grant_roles(root)
    return user


@pytest.fixture
def meeting(proposal: Any, seated: Any) -> Meeting:
    """A planned meeting that has the proposal in its consent part."""
    made = Meeting.objects.create(
        committee=committee(),
        starts_at=timezone.now() + datetime.timedelta(days=10),
        place="Room 1",
    )
    build_agenda(made, seated["secretary"])
    return made


@pytest.fixture
def everybody(seated: Any, people: Any) -> list[Any]:
    """Whoever might try: members, offices, authors, a superuser."""
    return [*seated.values(), person("editor"), person("department"), *people.values()]


@pytest.fixture
def signed_in() -> Callable[[Any], Client]:
    """A browser of its own for a person."""

    def sign_in(someone: Any) -> Client:
        client = Client()
        client.force_login(someone)
        return client

    return sign_in


@pytest.fixture
def nothing_public() -> Iterator[None]:
    """Whatever is tried in the test, nothing is published by it."""
    yield
    assert not PublishedVersion.objects.exists()
    assert not CatalogueEntry.objects.exists()
    assert not Offering.objects.filter(live=True).exists()


@pytest.fixture
def send_form() -> Callable[..., Any]:
    """Post the editor's form of an offering, filled in as it stands but for some values."""

    def send(client: Client, offering: Any, **values: Any) -> Any:
        address = reverse("wagtailadmin_pages:edit", args=[offering.pk])
        form = (client.get(address).context or {}).get("form")
        data = filled_in(form) if form is not None else {}
        return client.post(address, data | {"curriculum-count": "0"} | values)

    return send


def filled_in(form: Any) -> dict[str, Any]:
    """What the editor's form would send unchanged."""
    rows = [row for formset in form.formsets.values() for row in formset.forms]
    management = [formset.management_form for formset in form.formsets.values()]
    data = {}
    for bound in (bound for part in [form, *management, *rows] for bound in part):
        value = bound.value()
        if hasattr(bound.field.widget, "converter"):  # rich text
            value = bound.field.widget.format_value(value)
        if bound.name not in ("curriculum", "DELETE") and value is not None:
            data[bound.html_name] = value
    return data
