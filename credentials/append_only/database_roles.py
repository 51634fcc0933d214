"""Two roles of PostgreSQL: one owns the tables and migrates, one runs the site (law 3).

Whoever owns a table can lift its triggers. The role that runs the site owns nothing, so what it is
tricked into still meets them.
"""

from collections.abc import Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from credentials.append_only.refusals import ALWAYS, held_models

SETS_PARAMETERS = 150_000  # PostgreSQL 15 lets others than superusers be allowed that
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
NOT_OWNED = {
    # A sequence of a column follows its table.
    "TABLE": f"""{TABLES} AND relkind IN ('r', 'p', 'v', 'm')
        AND pg_get_userbyid(relowner) <> %s ORDER BY relname""",
    "FUNCTION": """SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
        AND prorettype = 'trigger'::regtype AND pg_get_userbyid(proowner) <> %s ORDER BY proname""",
}
ROLE = """SELECT current_user, rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user"""
PRIVILEGES = """SELECT pg_has_role(current_user, c.relowner, 'MEMBER'),
    has_table_privilege(c.oid, 'TRUNCATE'), has_table_privilege(c.oid, 'TRIGGER'),
    has_table_privilege(c.oid, 'UPDATE'), has_table_privilege(c.oid, 'DELETE')
    FROM pg_class c WHERE c.relname = %s AND c.relnamespace = current_schema()::regnamespace"""


def grants(connection: BaseDatabaseWrapper, site_role: str, owner: str = "") -> list[str]:
    """SQL statements, each ending in a semicolon, that make a role fit to run the site.

    `owner` is who owns the tables from now on, by default who owns them now. Both roles exist.
    Raises ValueError when they are the same, or when there is no table yet.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_schema(), current_database(), (SELECT pg_get_userbyid(relowner) "
            "FROM pg_class WHERE oid = to_regclass('credentials_ledgerhead'))"
        )
        schema, database, owned_by = cursor.fetchone()
        if owned_by is None:
            raise ValueError("This database has no tables yet. Run `manage.py migrate` first.")
        owner = owner or owned_by
        if owner == site_role:
            raise ValueError(
                f"The role '{site_role}' owns the tables, so it cannot be the one that runs the "
                "site. Make another role for that, or name a new owner with --owner."
            )
        moved = list(_moved(cursor, owner))
    return [
        *moved,
        *_attributes(connection, schema, database, site_role, owner),
        *_privileges(schema, site_role),
        *_privileges_to_come(schema, site_role, owner),
    ]


def _moved(cursor: Any, owner: str) -> Iterator[str]:
    for kind, query in NOT_OWNED.items():
        cursor.execute(query, [owner])
        arguments = "()" if kind == "FUNCTION" else ""
        for (name,) in cursor.fetchall():
            yield f"ALTER {kind} {_quoted(name)}{arguments} OWNER TO {_quoted(owner)};"


def _attributes(
    connection: BaseDatabaseWrapper, schema: str, database: str, site_role: str, owner: str
) -> Iterator[str]:
    site, of = _quoted(site_role), _quoted(owner)
    yield f"ALTER ROLE {site} NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;"
    yield f"REVOKE {of} FROM {site};"
    if connection.pg_version >= SETS_PARAMETERS:  # type: ignore[attr-defined]
        yield f"REVOKE SET ON PARAMETER session_replication_role FROM {site}, PUBLIC;"
    yield f"REVOKE CREATE, TEMPORARY ON DATABASE {_quoted(database)} FROM {site}, PUBLIC;"
    yield f"GRANT CONNECT ON DATABASE {_quoted(database)} TO {site}, {of};"
    yield f"REVOKE CREATE ON SCHEMA {_quoted(schema)} FROM {site}, PUBLIC;"
    yield f"GRANT USAGE ON SCHEMA {_quoted(schema)} TO {site};"
    yield f"GRANT USAGE, CREATE ON SCHEMA {_quoted(schema)} TO {of};"


def _privileges(schema: str, site_role: str) -> Iterator[str]:
    """On what exists: a held table gives less than the others."""
    site, of = _quoted(site_role), _quoted(schema)
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA {of} FROM {site}, PUBLIC;"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA {of} FROM {site}, PUBLIC;"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {of} TO {site};"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {of} TO {site};"
    for model in held_models():
        table = f"{of}.{_quoted(model._meta.db_table)}"
        if refused := refused_privileges(model):
            yield f"REVOKE {', '.join(refused)} ON {table} FROM {site};"
        if getattr(model, "locks_rows", False):
            # To lock a row is to be allowed an update of one column; the trigger refuses it.
            yield f"GRANT UPDATE ({_quoted(model._meta.pk.column)}) ON {table} TO {site};"


def _privileges_to_come(schema: str, site_role: str, owner: str) -> Iterator[str]:
    """On what the owner makes later. A new held table gives less once this is run again."""
    site = _quoted(site_role)
    later = f"ALTER DEFAULT PRIVILEGES FOR ROLE {_quoted(owner)} IN SCHEMA {_quoted(schema)}"
    yield f"{later} REVOKE TRUNCATE, TRIGGER, REFERENCES ON TABLES FROM {site};"
    yield f"{later} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {site};"
    yield f"{later} GRANT USAGE, SELECT ON SEQUENCES TO {site};"


def refused_privileges(model: Any) -> list[str]:
    """Of UPDATE and DELETE, those that the site never needs on a held model's table."""
    if hasattr(model, "frozen_when"):
        return [name for name, condition in model.frozen_when.items() if condition == ALWAYS]
    return ["UPDATE"] if model.deletable_when else ["UPDATE", "DELETE"]


def role_faults(connection: BaseDatabaseWrapper) -> list[str]:
    """A sentence for each way in which the connected role could lift what holds history."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(ROLE)
        name, is_superuser, makes_roles = cursor.fetchone()
        if is_superuser:
            return [f"The site runs as '{name}', a superuser, who can lift every trigger."]
        faults = []
        if makes_roles:
            faults.append(f"The role '{name}' may make roles, and so become the owner.")
        return faults + list(_excess(cursor, name))


def _excess(cursor: Any, name: str) -> Iterator[str]:
    for model in held_models():
        table = model._meta.db_table
        cursor.execute(PRIVILEGES, [table])
        row = cursor.fetchone()
        if row is None:
            continue
        owns, *allowed = row
        if owns:
            yield f"The site runs as '{name}', who owns '{table}' and so can lift its triggers."
            return
        held = dict(zip(("TRUNCATE", "TRIGGER", "UPDATE", "DELETE"), allowed, strict=True))
        for privilege in ("TRUNCATE", "TRIGGER", *refused_privileges(model)):
            if held[privilege]:
                yield f"The role '{name}' has {privilege} on '{table}'."


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
