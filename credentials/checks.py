"""System checks: what an adopting project has left out, and how to mend it."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.db import connections
from django.urls import NoReverseMatch, reverse

from credentials.append_only.database_roles import role_faults
from credentials.append_only.trigger_faults import trigger_faults
from credentials.conf import Conf, conf, unknown_settings

OWN_APPS = ("appeals", "workflows", "credentials")
NEEDED_APPS = (
    "wagtail.admin",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.images",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.users",
    "wagtail_modeladmin",
    "modelcluster",
    "taggit",
)
DOOR = "credentials.doors.middleware.DoorMiddleware"
SESSIONS = "django.contrib.sessions.middleware.SessionMiddleware"
ENGINES = ("sqlite", "postgresql")


def check_apps(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E001: an app that these need is missing. W001, W002: the set is incomplete or too late."""
    return app_messages([config.name for config in apps.get_app_configs()])


def app_messages(installed: list[str]) -> list[CheckMessage]:
    """Judge the apps of a project, given by name in their order."""
    messages: list[CheckMessage] = [
        Error(
            f"The app '{name}' is not installed, and credentials needs it.",
            hint=f"Add '{name}' to INSTALLED_APPS.",
            id="credentials.E001",
        )
        for name in NEEDED_APPS
        if name not in installed
    ]
    if "workflows" not in installed:
        messages.append(
            Warning(
                "The app 'workflows' is not installed, so no office can approve an offering and "
                "nothing can be published.",
                hint="Add 'workflows' to INSTALLED_APPS, before 'credentials'.",
                id="credentials.W001",
            )
        )
    relevant = [name for name in installed if name in (*OWN_APPS, "wagtail.admin")]
    expected = [name for name in (*OWN_APPS, "wagtail.admin") if name in installed]
    if relevant != expected:
        messages.append(
            Warning(
                "The order of INSTALLED_APPS lets another app's templates and hooks come first.",
                hint=f"Keep this order: {', '.join(expected)}.",
                id="credentials.W002",
            )
        )
    return messages


def check_settings(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E002: an unknown name in CREDENCE. E003: moments without a zone. E005: no base address.

    E006: the academic year begins on no day that every year has.
    """
    known = ", ".join(sorted(Conf.__dataclass_fields__))
    messages: list[CheckMessage] = [
        Error(
            f"'{name}' in the setting CREDENCE means nothing here.",
            hint=f"Correct its spelling or remove it. The names are: {known}.",
            id="credentials.E002",
        )
        for name in sorted(unknown_settings())
    ]
    if not settings.USE_TZ:
        messages.append(
            Error(
                "USE_TZ is off, so the ledger could not say in which time zone a version began.",
                hint="Set USE_TZ = True.",
                id="credentials.E003",
            )
        )
    if not getattr(settings, "WAGTAILADMIN_BASE_URL", ""):
        messages.append(
            Error(
                "WAGTAILADMIN_BASE_URL is not set, so no link in a letter or document can be made.",
                hint='Set it to the public address, such as "https://catalogue.example".',
                id="credentials.E005",
            )
        )
    try:
        month, day = conf().ACADEMIC_YEAR_STARTS
        datetime.date(2001, month, day)  # not a leap year: 29 February is no beginning
    except (TypeError, ValueError):
        messages.append(
            Error(
                "ACADEMIC_YEAR_STARTS in the setting CREDENCE is not a day that every year has.",
                hint="Give month and day, such as (9, 1) for 1 September.",
                id="credentials.E006",
            )
        )
    return messages


def check_addresses(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """W004: the public pages are not among the project's addresses."""
    try:
        reverse("credentials:sign_agreement", args=["token"])
    except NoReverseMatch:
        return [
            Warning(
                "The public pages have no address, so outside parties cannot sign agreements.",
                hint='Add path("credentials/", include("credentials.urls")) to the URLs, before '
                "Wagtail's.",
                id="credentials.W004",
            )
        ]
    return []


def check_door(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """W007: no door stands before the views, or one that comes after cookies were read."""
    order = [name for name in settings.MIDDLEWARE if name in (DOOR, SESSIONS)]
    if order and order[0] == DOOR:
        return []
    return [
        Warning(
            "Nothing refuses characters that are no text and requests that are too large, so they "
            "end as errors of the server.",
            hint=f"Put '{DOOR}' into MIDDLEWARE, before '{SESSIONS}'.",
            id="credentials.W007",
        )
    ]


def check_engines(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    """E004: an engine that cannot hold history. W003: SQLite would fail under two writers."""
    messages: list[CheckMessage] = []
    connection = connections["default"]
    if connection.vendor not in ENGINES:
        messages.append(
            Error(
                f"The database engine '{connection.vendor}' cannot keep history append-only.",
                hint="Use PostgreSQL or SQLite as the default database.",
                id="credentials.E004",
            )
        )
    mode = str(connection.settings_dict.get("OPTIONS", {}).get("transaction_mode") or "")
    if connection.vendor == "sqlite" and mode.upper() not in ("IMMEDIATE", "EXCLUSIVE"):
        messages.append(
            Warning(
                "Two people who save at the same moment can get 'database is locked': SQLite "
                "transactions here begin without the write lock.",
                hint="Set DATABASES['default']['OPTIONS'] = {'transaction_mode': 'IMMEDIATE', "
                "'timeout': 20}, or use PostgreSQL.",
                id="credentials.W003",
            )
        )
    return messages


def check_triggers(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """W005: the database would let history be rewritten. Runs with `check --database default`."""
    messages: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        faults = trigger_faults(connection) if connection.vendor in ENGINES else []
        if faults:
            messages.append(
                Warning(
                    f"The database '{alias}' would let history be rewritten. {' '.join(faults)}",
                    hint=f"Run `manage.py migrate --database {alias}`, which installs them, and "
                    "find out who changed them.",
                    id="credentials.W005",
                )
            )
    return messages


def check_site_role(
    app_configs: Sequence[Any] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """W006: the site's role could lift the triggers. Runs with `check --deploy --database`."""
    return [
        Warning(
            f"The database '{alias}' holds history by triggers that this site could lift. {fault}",
            hint="Run the site as a role that owns nothing: `manage.py database_grants --site-role "
            "NAME` prints the SQL. Migrate as the owner.",
            id="credentials.W006",
        )
        for alias in databases or []
        for fault in role_faults(connections[alias])
    ]
