"""The role that runs the site on PostgreSQL can publish, and lift nothing that holds history."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from credentials.append_only.database_roles import grants, role_faults
from credentials.append_only.refusals import append_only_models
from credentials.append_only.trigger_faults import trigger_faults
from credentials.models import PublishedVersion
from tests.factories import MicroCredentialFactory
from tests.lifecycle import decide
from tests.proposals import submit

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="only it has roles")
VERSION = "credentials_publishedversion"
REFUSED = {  # what whoever holds the site's password may try, with PostgreSQL's own words
    f"ALTER TABLE {VERSION} DISABLE TRIGGER ALL": "must be owner",
    f"DROP TRIGGER {VERSION}_no_update ON {VERSION}": "must be owner",
    f"CREATE TRIGGER t BEFORE INSERT ON {VERSION} FOR EACH ROW "
    f"EXECUTE FUNCTION {VERSION}_no_update()": "permission denied",
    f"CREATE OR REPLACE FUNCTION {VERSION}_no_update() RETURNS trigger LANGUAGE plpgsql "
    "AS 'BEGIN RETURN NEW; END'": "must be owner|permission denied",
    "TRUNCATE credentials_publishedversion CASCADE": "permission denied",
    "TRUNCATE wagtailcore_page CASCADE": "permission denied",
    "UPDATE credentials_publishedversion SET document = '{}'": "permission denied",
    "DELETE FROM credentials_publishedversion": "permission denied",
    "DELETE FROM credentials_ledgerhead": "permission denied",
    "UPDATE credentials_ledgerhead SET sequence = 0": "goes on only",
    "UPDATE workflows_motion SET subject = 'x'": "permission denied",
    "SET session_replication_role = replica": "permission denied",
    "CREATE TEMP TABLE credentials_approval (id int)": "permission denied",
    "CREATE TABLE mine (id int)": "permission denied",
    "CREATE SCHEMA mine": "permission denied",
    f"ALTER TABLE {VERSION} RENAME TO gone": "must be owner",
    f"DROP TABLE {VERSION} CASCADE": "must be owner",
}


@pytest.fixture
def roles(transactional_db: None) -> Iterator[tuple[str, str]]:
    """An owner, who has all tables, and a site's role with what the command prints."""
    suffix = secrets.token_hex(6)
    owner, site = f"owner_{suffix}", f"site_{suffix}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {owner} LOGIN PASSWORD '{suffix}'")
        cursor.execute(f"CREATE ROLE {site} LOGIN PASSWORD '{suffix}'")
    try:
        execute(printed(site, owner))
        yield owner, site
    finally:
        connection.close()
        execute(f"REASSIGN OWNED BY {owner} TO CURRENT_USER")
        for role in (site, owner):  # what they were granted goes with them
            execute(f"DROP OWNED BY {role}")
            execute(f"DROP ROLE {role}")


def printed(site: str, owner: str = "") -> str:
    console = StringIO()
    call_command("database_grants", site_role=site, owner=owner, stdout=console)
    return console.getvalue()


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@contextmanager
def connected_as(role: str) -> Iterator[None]:
    """Everything inside is done by this role, on a connection of its own."""
    settings = connection.settings_dict
    before = {name: settings[name] for name in ("USER", "PASSWORD")}
    connection.close()
    settings |= {"USER": role, "PASSWORD": role.rpartition("_")[2]}
    try:
        yield
    finally:
        connection.close()
        settings |= before


@on_postgresql
def test_the_site_publishes_and_can_lift_nothing(
    roles: tuple[str, str], root: Any, people: Any
) -> None:
    _owner, site = roles
    with connected_as(site):
        offering = MicroCredentialFactory(parent=root, author=people["editor"])
        submit(offering)
        decide(offering)
        assert PublishedVersion.objects.filter(offering=offering.pk).count() == 1
        for sql, words in REFUSED.items():
            with pytest.raises(DatabaseError, match=words), transaction.atomic():
                execute(sql)
        assert PublishedVersion.objects.filter(offering=offering.pk).count() == 1
        assert trigger_faults(connection) == []
        assert role_faults(connection) == []


@on_postgresql
def test_it_is_warned_of_an_owner_and_of_a_superuser(roles: tuple[str, str]) -> None:
    owner, site = roles
    found = {
        role: [
            message.msg
            for message in run_checks(include_deployment_checks=True, databases=["default"])
            if message.id == "credentials.W006"
        ]
        for role in warned_by(owner, site)
    }
    assert found[site] == []
    assert len(found[owner]) == 1
    assert f"The site runs as '{owner}', who owns" in found[owner][0]
    assert "a superuser" in found[""][0]


def warned_by(owner: str, site: str) -> Iterator[str]:
    """Each role in turn, connected; the one of the tests last, without a name."""
    for role in (owner, site):
        with connected_as(role):
            yield role
    yield ""


@on_postgresql
def test_what_somebody_granted_since_is_found(roles: tuple[str, str]) -> None:
    _owner, site = roles
    execute(f"GRANT UPDATE, TRUNCATE ON {VERSION} TO {site}")
    with connected_as(site):
        assert role_faults(connection) == [
            f"The role '{site}' has TRUNCATE on '{VERSION}'.",
            f"The role '{site}' has UPDATE on '{VERSION}'.",
        ]


@on_postgresql
def test_the_owner_migrates_and_tables_to_come_are_the_sites_too(roles: tuple[str, str]) -> None:
    owner, site = roles
    with connected_as(owner):
        call_command("migrate", verbosity=0)
        execute("CREATE TABLE to_come (id serial PRIMARY KEY)")
    with connected_as(site):
        execute("INSERT INTO to_come DEFAULT VALUES; UPDATE to_come SET id = 2")
        with pytest.raises(DatabaseError, match="permission denied"):
            execute("TRUNCATE to_come")


@on_postgresql
@pytest.mark.django_db
def test_the_owner_cannot_run_the_site() -> None:
    user = connection.settings_dict["USER"]
    with pytest.raises(CommandError, match=f"The role '{user}' owns the tables"):
        call_command("database_grants", site_role=user)
    assert grants(connection, "somebody")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own")
@pytest.mark.django_db
def test_sqlite_has_no_roles() -> None:
    with pytest.raises(CommandError, match="Only PostgreSQL has roles"):
        call_command("database_grants", site_role="site")
    assert role_faults(connection) == []


def test_rows_are_locked_of_models_only_that_say_so() -> None:
    """Else the site's role would lack the privilege, which no other test would notice."""
    lock: list[Callable[[], Any]] = [
        model.objects.select_for_update for model in append_only_models() if not model.locks_rows
    ]
    assert lock
    for attempt in lock:
        with pytest.raises(TypeError, match="Set locks_rows"):
            attempt()
