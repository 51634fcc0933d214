"""Every address of every register asks for its permission, a new register's too (law 6)."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from credentials.conf import conf
from credentials.people.roles import grant_roles
from tests.appeals.staff import make_staff
from tests.people import person
from tests.site.admin_addresses import Address, addresses
from tests.site.record_of_everything import fill_the_record

pytestmark = pytest.mark.django_db

RECORD = {"editor", "department", "committee", "policy_owner"}
READERS = {  # by model; the record's are read by everybody of the record
    "jobrun": {"department"},
    "case": {"appeals_office", "appeals_decider"},
    "purgecertificate": {"appeals_office"},
    "personaltoken": set(),  # the administrator's alone
}
WRITERS = {"agreement": {"editor", "department"}}


@pytest.fixture
def offering(root: Any) -> Any:
    """An offering on which something of every kind hangs."""
    grant_roles(root)
    make_staff()
    return fill_the_record(root)


def registers() -> list[Address]:
    """Every address that modeladmin serves."""
    return [address for address in addresses() if address.register]


def answers(user: Any) -> dict[str, bool]:
    """Whether each address opens for somebody, by its name."""
    client = Client()
    if user is not None:
        client.force_login(user)
    found = {}
    for address in registers():
        model: Any = address.register.model  # type: ignore[union-attr]
        row = model.objects.first()
        path = address.of(instance_pk=row.pk if row else 0)
        assert path is not None
        assert row or "instance_pk" not in str(address.pattern.pattern), address.name
        found[address.name] = client.get(path).status_code == 200
    return found


def expected(role: str) -> dict[str, bool]:
    """Whether it should."""
    found = {}
    for address in registers():
        model = address.register.opts.model_name  # type: ignore[union-attr]
        is_read = address.view.__name__ in ("index_view", "inspect_view")
        people = READERS.get(model, RECORD) if is_read else WRITERS[model]
        found[address.name] = role in people
    return found


@pytest.mark.parametrize("role", sorted(conf().ROLE_GROUPS))
def test_a_role_reads_what_is_its_own(offering: Any, role: str) -> None:
    assert answers(person(role, 7)) == expected(role)


def test_who_may_only_enter_the_admin_and_who_may_not_read_nothing(offering: Any) -> None:
    stranger = get_user_model().objects.create_user("stranger")
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    for user in (stranger, get_user_model().objects.create_user("nobody"), None):
        assert not any(answers(user).values())


def test_a_superuser_reads_the_record_and_writes_none_of_it(offering: Any) -> None:
    root = get_user_model().objects.create_superuser("root")
    cases = {"appeals_case_modeladmin_index", "appeals_purgecertificate_modeladmin_index"}
    found = answers(root)
    assert {name for name, opens in found.items() if not opens} <= cases
    views = {address.view.__name__ for address in registers()}
    assert views == {"index_view", "inspect_view", "create_view"}


@pytest.mark.parametrize("act", ["history", "edit", "delete", "create"])
def test_nothing_else_of_a_register_has_an_address(people: Any, client: Client, act: str) -> None:
    client.force_login(people["superuser"])
    address = reverse("workflows_decision_modeladmin_index")
    for path in (f"{address}{act}/1/", f"{address}{act}/"):
        assert client.get(path).status_code == 404
