"""Django's `flush`, which empties every table: refused where there is a record (law 3)."""

from typing import Any

from django.core import mail
from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import connections

from credentials.append_only.triggers import install_triggers, remove_triggers


class Command(flush.Command):
    """In tests only. The test runner calls it between tests that commit."""

    def handle(self, **options: Any) -> None:
        if not hasattr(mail, "outbox"):  # Django's test environment makes it
            raise CommandError(
                "Nothing was emptied: this database keeps a record that is only added to. "
                "To begin anew, make a new database and name it in DATABASE_URL."
            )
        connection = connections[options["database"]]
        remove_triggers(connection)
        super().handle(**options)
        install_triggers(connection)
