"""Nobody comes into the groups of appeals unnoticed: logged, and told to the office (AP-1)."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.log_actions import LogContext

from appeals.models import CaseAccess
from credentials.conf import conf
from credentials.people.roles import grant_roles

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-1")]

ADDED, REMOVED = "member-added", "member-removed"


@pytest.fixture
def groups(staff: dict[str, Any]) -> dict[str, Group]:
    """The groups of the two roles, and one that sees nothing of appeals."""
    roles = ("appeals_office", "appeals_decider", "editor")
    return {role: Group.objects.get(name=conf().ROLE_GROUPS[role]) for role in roles}


def entries() -> list[tuple[str, str, str]]:
    """What the log says of members, oldest first: what, who, by whom; the fixtures' left out."""
    found = CaseAccess.objects.filter(what__in=[ADDED, REMOVED]).order_by("pk")
    told = found.values_list("what", "detail", "by_name")
    return [one for one in told if "Newcomer" in one[1] or one[0] == REMOVED]


@pytest.fixture
def newcomer(groups: dict[str, Group]) -> Any:
    """Somebody who has nothing to do with appeals."""
    return get_user_model().objects.create_user(
        "newcomer", "newcomer@staff.example", "secret", first_name="Newcomer"
    )


WAYS_IN = {
    "person.groups.add": lambda person, group: person.groups.add(group),
    "person.groups.set": lambda person, group: person.groups.set([group]),
    "group.user_set.add": lambda person, group: group.user_set.add(person),
    "group.user_set.set": lambda person, group: group.user_set.set([*group.user_set.all(), person]),
}
WAYS_OUT = {
    "person.groups.remove": lambda person, group: person.groups.remove(group),
    "person.groups.set": lambda person, group: person.groups.set([]),
    "person.groups.clear": lambda person, group: person.groups.clear(),
    "group.user_set.remove": lambda person, group: group.user_set.remove(person),
}


@pytest.mark.parametrize("way", WAYS_IN)
@pytest.mark.parametrize("role", ["appeals_office", "appeals_decider"])
def test_whoever_comes_in_is_logged_and_told_to_those_who_were_in_the_office(
    role: str,
    way: str,
    groups: dict[str, Group],
    newcomer: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    name = groups[role].name
    with django_capture_on_commit_callbacks(execute=True):
        WAYS_IN[way](newcomer, groups[role])
        assert not mail.outbox
    assert entries() == [(ADDED, f"{name}: Newcomer", "")]
    assert {message.to[0] for message in mail.outbox} == {
        "office@staff.example",
        "colleague@staff.example",
    }
    for message in mail.outbox:
        assert name in message.subject
        assert "Newcomer" in message.body
        assert "By whom is not known" in message.body
        assert reverse("appeals_admin:log") in message.body
    # Once more is no change.
    with django_capture_on_commit_callbacks(execute=True):
        WAYS_IN[way](newcomer, groups[role])
    assert len(entries()) == 1
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("way", WAYS_OUT)
def test_whoever_goes_out_is_logged_and_told_to_those_who_were_in_the_office(
    way: str, groups: dict[str, Group], newcomer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    office = groups["appeals_office"]
    newcomer.groups.add(office, groups["editor"])
    with django_capture_on_commit_callbacks(execute=True):
        WAYS_OUT[way](newcomer, office)
    assert entries()[1:] == [(REMOVED, f"{office.name}: Newcomer", "")]
    # Among them whoever was removed: they were in the office until then.
    assert {message.to[0] for message in mail.outbox} == {
        "office@staff.example",
        "colleague@staff.example",
        "newcomer@staff.example",
    }
    assert all("Removed from the group" in message.body for message in mail.outbox)


def test_when_a_group_is_emptied_each_of_its_members_is_named(
    groups: dict[str, Group], django_capture_on_commit_callbacks: Any
) -> None:
    office = groups["appeals_office"]
    with django_capture_on_commit_callbacks(execute=True):
        office.user_set.clear()
    assert [detail for _what, detail, _by in entries()] == [
        f"{office.name}: Office",
        f"{office.name}: Colleague",
    ]
    assert len(mail.outbox) == 2
    assert "Office, Colleague" in mail.outbox[0].body


def test_a_group_that_takes_the_offices_name_brings_its_members_in(
    groups: dict[str, Group], newcomer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    office, name = groups["appeals_office"], groups["appeals_office"].name
    other = Group.objects.create(name="Reading circle")
    other.user_set.add(newcomer)
    with django_capture_on_commit_callbacks(execute=True):
        office.name = "Former office"
        office.save()
        other.name = name
        other.save()
    assert entries()[-1] == (ADDED, f"{name}: Newcomer", "")
    assert [what for what, *_rest in entries()] == [REMOVED, REMOVED, ADDED]
    assert {message.to[0] for message in mail.outbox} == {
        "office@staff.example",
        "colleague@staff.example",
    }


def test_a_superuser_who_adds_themself_in_the_admin_is_named(
    groups: dict[str, Group],
    people: dict[str, Any],
    staff: dict[str, Any],
    client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    superuser = people["superuser"]
    client.force_login(superuser)
    given = {
        "username": superuser.username,
        "email": superuser.email,
        "first_name": "Newcomer",
        "last_name": "Super",
        "is_active": "on",
        "is_superuser": "on",
        "groups": [str(groups["appeals_decider"].pk)],
    }
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("wagtailusers_users:edit", args=[superuser.pk]), given)
    assert response.status_code == 302
    ((what, detail, by),) = entries()
    assert (what, detail) == (ADDED, f"{groups['appeals_decider'].name}: Newcomer Super")
    assert by
    assert f"By: {by}" in mail.outbox[0].body
    client.force_login(staff["office"])
    page = client.get(reverse("appeals_admin:log"), {"what": ADDED}).content.decode()
    assert detail in page
    assert "not known" in page  # those of the fixtures, made by code


def test_who_acts_is_known_wherever_wagtail_knows_it(
    groups: dict[str, Group], newcomer: Any, staff: dict[str, Any]
) -> None:
    with LogContext(user=staff["decider"]):
        newcomer.groups.add(groups["appeals_office"])
    assert entries()[0][2] == "Decider"


def test_other_groups_and_changes_that_fail_are_no_news(
    groups: dict[str, Group], newcomer: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        newcomer.groups.add(groups["editor"])
        newcomer.groups.clear()
        with pytest.raises(RuntimeError), transaction.atomic():
            newcomer.groups.add(groups["appeals_office"])
            raise RuntimeError
    assert entries() == []
    assert mail.outbox == []


def test_giving_roles_their_permissions_is_no_news(
    staff: dict[str, Any], root: Any, django_capture_on_commit_callbacks: Any
) -> None:
    before = CaseAccess.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        grant_roles(root)
    assert CaseAccess.objects.count() == before
    assert mail.outbox == []
