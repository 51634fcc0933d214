"""Fixtures shared by all tests: the site's root, one person of each role, a clean ledger."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import TransactionTestCase
from wagtail.models import Page

from credentials.conf import conf
from credentials.roles import grant_roles
from credentials.triggers import remove_triggers
from tests.site_tree import make_catalogue

_flush = TransactionTestCase._fixture_teardown


def _flush_without_triggers(self: TransactionTestCase) -> None:
    """Let the test database be emptied; migrate's signal puts the triggers back."""
    remove_triggers(connection)
    _flush(self)


TransactionTestCase._fixture_teardown = _flush_without_triggers  # type: ignore[method-assign]


@pytest.fixture
def root(db: None) -> Page:
    """The catalogue, under which offerings are made. Emptied tables get it anew."""
    catalogue = Page.objects.filter(slug="catalogue").first()
    return (catalogue or make_catalogue()).specific


@pytest.fixture
def people(root: Page) -> dict[str, Any]:
    """One person of each role, a second committee member, and a superuser; password "secret"."""
    grant_roles(root)
    user_model = get_user_model()
    names = {
        "editor": "editor",
        "department": "department",
        "committee": "committee",
        "second_member": "committee",
    }
    made = {}
    for username, role in names.items():
        user = user_model.objects.create_user(
            username, f"{username}@example.org", "secret", first_name=username.title()
        )
        user.groups.add(Group.objects.get(name=conf().ROLE_GROUPS[role]))
        made[username] = user
    made["superuser"] = user_model.objects.create_superuser("root", "root@example.org", "secret")
    return made
