"""What `manage.py check` tells a project that adopts the apps, each with its remedy."""

from typing import Any

import pytest
from django.conf import settings
from django.core.checks import Error, Warning, run_checks
from django.db import connection

from credentials.append_only.refusals import append_only_models
from credentials.append_only.triggers import install_triggers, remove_triggers
from credentials.checks import app_messages


def messages(**kwargs: Any) -> dict[str, Any]:
    """Messages of our checks, by their ids."""
    found = {m.id: m for m in run_checks(**kwargs)}
    return {key: m for key, m in found.items() if key.startswith(("credentials.", "workflows."))}


def without(*names: str) -> list[str]:
    return [name for name in settings.INSTALLED_APPS if name not in names]


def test_this_site_has_nothing_to_mend() -> None:
    assert messages() == {}


@pytest.mark.parametrize("value", [None, "wagtail.workflows.publish_workflow_state"])
def test_the_end_of_a_route_must_be_ours(settings: Any, value: str | None) -> None:
    settings.WAGTAIL_FINISH_WORKFLOW_ACTION = value
    message = messages()["workflows.E001"]
    assert isinstance(message, Error)
    assert "workflows.proposals.finish.finish_workflow" in message.hint


def test_a_misspelt_setting_is_named_with_those_that_exist(settings: Any) -> None:
    settings.CREDENCE = {"INSTITUTON_NAME": "Lakeshore University"}
    message = messages()["credentials.E002"]
    assert "INSTITUTON_NAME" in message.msg
    assert "INSTITUTION_NAME" in message.hint


def test_times_need_a_zone(settings: Any) -> None:
    settings.USE_TZ = False
    assert messages()["credentials.E003"].hint == "Set USE_TZ = True."


def test_links_in_letters_need_the_public_address(settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = None
    assert "public address" in messages()["credentials.E005"].hint


@pytest.mark.parametrize("given", [(2, 29), (13, 1), "September"])
def test_the_academic_year_begins_on_a_day_of_every_year(settings: Any, given: Any) -> None:
    settings.CREDENCE = {"ACADEMIC_YEAR_STARTS": given}
    assert "(9, 1)" in messages()["credentials.E006"].hint


@pytest.mark.parametrize("has_door", [False, True])
def test_the_door_stands_before_whatever_reads_a_cookie(settings: Any, has_door: bool) -> None:
    name = "credentials.doors.middleware.DoorMiddleware"
    others = [other for other in settings.MIDDLEWARE if other != name]
    settings.MIDDLEWARE = [*others, name] if has_door else others
    assert name in messages()["credentials.W007"].hint


def test_a_missing_app_is_named() -> None:
    (message,) = app_messages(without("wagtail.documents"))
    assert message.id == "credentials.E001"
    assert message.hint == "Add 'wagtail.documents' to INSTALLED_APPS."


def test_without_workflows_nothing_can_be_approved() -> None:
    (message,) = app_messages(without("workflows"))
    assert message.id == "credentials.W001"
    assert "nothing can be published" in message.msg


@pytest.mark.parametrize(
    "own", [["credentials", "workflows", "appeals"], ["workflows", "appeals", "credentials"]]
)
def test_the_order_of_the_apps_is_given(own: list[str]) -> None:
    (message,) = app_messages([*own, *without(*own)])
    assert message.hint == "Keep this order: appeals, workflows, credentials, wagtail.admin."


def test_the_apps_come_before_the_admin_whose_templates_they_extend() -> None:
    own = ["appeals", "workflows", "credentials"]
    (message,) = app_messages([*without(*own), *own])
    assert message.id == "credentials.W002"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own warning")
def test_sqlite_that_begins_without_the_write_lock_is_a_warning(monkeypatch: Any) -> None:
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {})
    message = messages()["credentials.W003"]
    assert isinstance(message, Warning)
    assert "IMMEDIATE" in message.hint


def test_an_engine_that_cannot_hold_history_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(connection, "vendor", "mysql")
    assert isinstance(messages()["credentials.E004"], Error)


@pytest.mark.django_db(transaction=True)
def test_a_database_whose_triggers_are_gone_is_found_out() -> None:
    assert messages(databases=["default"]) == {}
    remove_triggers(connection)
    message = messages(databases=["default"])["credentials.W005"]
    install_triggers(connection)
    assert "credentials_publishedversion_no_update" in message.msg
    assert "migrate" in message.hint
    assert messages(databases=["default"]) == {}


@pytest.mark.django_db
def test_a_database_without_tables_yet_is_no_complaint(monkeypatch: Any) -> None:
    assert append_only_models()
    monkeypatch.setattr(connection.introspection, "table_names", lambda *args, **kwargs: [])
    remove = messages(databases=["default"])
    assert "credentials.W005" not in remove


@pytest.mark.django_db
def test_triggers_are_looked_at_only_when_a_database_is_named() -> None:
    remove_triggers(connection)
    assert "credentials.W005" not in messages()
