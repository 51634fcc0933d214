"""Shared by all tests: the database, the site's root, one person of each role; which run when."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import TransactionTestCase
from wagtail.models import Page

from credentials.conf import conf
from credentials.people.roles import grant_roles
from tests.database import prepare_test_database
from tests.selection import Selection
from tests.site_tree import make_catalogue

MANY = 50_000  # objects


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option with which the suite is run again on another engine."""
    parser.addoption(
        "--on-postgres",
        choices=["new", "all"],
        help="run what asks a database: all of it, or what says something new on that engine",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Choose by what was written down on SQLite."""
    config.pluginmanager.register(Selection(config))


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what stays to the end: it took a fifth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(MANY)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """The test database: a copy of a migrated one, and so after each transactional test."""
    with django_db_blocker.unblock():
        template = prepare_test_database()

        def restore(case: TransactionTestCase) -> None:
            template.restore()

        TransactionTestCase._fixture_teardown = restore  # type: ignore[method-assign]
    yield
    with django_db_blocker.unblock():
        template.remove_copy()


@pytest.fixture(scope="module")
def module_db(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """What module-scoped fixtures make with it stands for all tests of a module; then it is gone.

    Each test begins with it and rolls back only what it did itself. Let such a fixture return a
    primary key and read the object anew for each test, and let all tests of the module use it: the
    order must not decide what a test finds. Not for transactional tests: they commit.
    """
    alone = (
        item.get_closest_marker("django_db")
        for item in request.session.items
        if item.getparent(pytest.Module) is request.node
    )
    assert not any(mark and mark.kwargs.get("transaction") for mark in alone)
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def module_root(module_db: None) -> Page:
    """The catalogue, for module-scoped fixtures to make offerings under."""
    return Page.objects.get(slug="catalogue").specific


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
