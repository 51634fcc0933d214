"""Whether the database still refuses what it should: its triggers judged by what they do (law 3).

A trigger by the right name may refuse nothing. What somebody else put on a table of an app with a
record could change what is written there, so it is a fault too.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper

from credentials.append_only.refusals import append_only_models
from credentials.append_only.triggers import Trigger, Triggers

RULES = "SELECT tablename, rulename FROM pg_rules WHERE schemaname = current_schema()"


def trigger_faults(connection: BaseDatabaseWrapper) -> list[str]:
    """A sentence for each trigger that is not as it should be; empty when history is held.

    The same on both engines: PostgreSQL and SQLite. A table that does not exist yet has no faults.
    """
    return list(_faults(Triggers(connection), connection))


def _faults(triggers: Triggers, connection: BaseDatabaseWrapper) -> Iterator[str]:
    wanted = [triggers.expected(refusal) for refusal in triggers.refusals]
    # A table that does not exist has none: the name of its trigger may stand elsewhere.
    watched = {trigger.table for trigger in wanted} | (_beside_the_record() & triggers.tables)
    by_place = {(trigger.table, trigger.name): trigger for trigger in triggers.present}
    elsewhere = {trigger.name: trigger.table for trigger in triggers.present}
    for trigger in wanted:
        found = by_place.pop((trigger.table, trigger.name), None)
        if found is not None:
            yield from differences(trigger, found, "refuse")
        elif trigger.name in elsewhere:
            yield (
                f"The trigger '{trigger.name}' stands on the table '{elsewhere[trigger.name]}' "
                f"instead of '{trigger.table}'."
            )
        else:
            yield f"The table '{trigger.table}' lacks the trigger '{trigger.name}'."
    for trigger in by_place.values():
        if trigger.table in watched and not trigger.queues:
            yield f"The table '{trigger.table}' has a trigger '{trigger.name}' that is not ours."
    if triggers.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(RULES)
            for table, name in cursor.fetchall():
                if table in watched:
                    yield f"The table '{table}' has a rule '{name}' that is not ours."


def _beside_the_record() -> set[str]:
    """All tables of the apps that keep a record: what is served and what waits to be sealed too."""
    apps_with_one = {model._meta.app_label for model in append_only_models()}
    return {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in apps_with_one
    }


def differences(wanted: Trigger, found: Trigger, does: str) -> Iterator[str]:
    """A sentence for each way in which a trigger is not the one that should `does` something."""
    if found.body != wanted.body:
        yield (
            f"The trigger '{wanted.name}' of the table '{wanted.table}' is not what was installed: "
            f"it may {does} nothing."
        )
    if found.fires == "D":
        yield f"The trigger '{wanted.name}' of the table '{wanted.table}' is disabled."
    elif found.fires != wanted.fires:
        yield (
            f"The trigger '{wanted.name}' of the table '{wanted.table}' is lifted by "
            "session_replication_role: it does not fire always."
        )
