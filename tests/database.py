"""The test database, copied from a template that was migrated once.

Applying all migrations takes half a minute, and Django does it once for each worker; what a
transactional test leaves behind it empties table by table. Here the database is a copy of the
template, and so it is again after such a test (on PostgreSQL, what it changed is put back): every
test starts from what the migrations made.
"""

import contextlib
import hashlib
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import locks
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from config.environment import VAR
from credentials.append_only import base, refusals, triggers
from credentials.append_only.refusals import held_models
from credentials.record.log import queue
from tests.template_rows import TemplateRows

SHORT = 12


class Template:
    """A migrated database that test databases are copied from.

    Its name holds the hash of what made it; one that no longer fits is removed.
    """

    def __init__(self, test_name: str) -> None:
        self.test_name = test_name
        self.vendor = connection.vendor
        prefix = settings.DATABASES["default"]["NAME"] if self.vendor == "postgresql" else "test"
        self.prefix = f"{Path(str(prefix)).stem}_template_"
        self.name = self.prefix + _fingerprint()
        self._rows: TemplateRows | None = None  # of PostgreSQL's test database, once it is made

    @property
    def file(self) -> Path:
        """Where SQLite keeps it."""
        return VAR / f"{self.name}.sqlite3"

    def prepare(self) -> None:
        """Make it unless another worker has; the others wait."""
        with (VAR / f"{self.prefix}{self.vendor}.lock").open("w") as lock:
            locks.lock(lock, locks.LOCK_EX)
            if not self._exists():
                self._remove_others()
                self._migrate()

    def restore(self) -> None:
        """Make the test database as the template is, and connect to it."""
        if self.vendor == "postgresql":
            connections.close_all()
            if self._rows is not None and self._rows.put_back():
                return
            connections.close_all()
            with _server() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{self.test_name}" WITH (FORCE)')
                cursor.execute(f'CREATE DATABASE "{self.test_name}" TEMPLATE "{self.name}"')
            _use(self.test_name)
            self._rows = TemplateRows.read()
        else:
            _use(self.test_name)
            connection.ensure_connection()
            with contextlib.closing(sqlite3.connect(self.file)) as template:
                template.backup(connection.connection)

    def remove_copy(self) -> None:
        """Drop the test database; the template stays for the next run."""
        connections.close_all()
        if self.vendor == "postgresql":
            with _server() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{self.test_name}" WITH (FORCE)')
        else:
            _unlink(Path(self.test_name))

    def _exists(self) -> bool:
        if self.vendor == "postgresql":
            return self.name in self._databases()
        return self.file.exists()

    def _databases(self) -> list[str]:
        with _server() as cursor:
            cursor.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [self.prefix]
            )
            return [row[0] for row in cursor.fetchall()]

    def _remove_others(self) -> None:
        if self.vendor == "postgresql":
            with _server() as cursor:
                for name in self._databases():
                    cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        else:
            for file in VAR.glob(f"{self.prefix}*.sqlite3"):
                _unlink(file)

    def _migrate(self) -> None:
        """Under another name first: one that was cut off is no template."""
        unfinished = f"{self.name}_unfinished"
        made = str(VAR / f"{unfinished}.sqlite3") if self.vendor == "sqlite" else unfinished
        original = connection.settings_dict["TEST"]["NAME"]
        connection.settings_dict["TEST"]["NAME"] = made
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connection.settings_dict["TEST"]["NAME"] = original
        connections.close_all()
        if self.vendor == "postgresql":
            with _server() as cursor:
                cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{self.name}"')
        else:
            Path(made).rename(self.file)


def prepare_test_database() -> Template:
    """Make this worker's test database."""
    template = Template(connection.creation._get_test_db_name())
    template.prepare()
    template.restore()
    return template


def _fingerprint() -> str:
    """Hash of all migrations, and of the triggers that are installed after them."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    modules = {sys.modules[m.__module__] for m in loader.disk_migrations.values()}
    sources: list[Any] = [*modules, base, refusals, triggers, queue]
    digest = hashlib.sha256()
    for path in sorted(str(module.__file__) for module in sources):
        digest.update(Path(path).read_bytes())
    for model in sorted(held_models(), key=lambda model: model._meta.label):
        names = ("insert_conditions", "frozen_when", "frozen_because", "deletable_when", "sealed")
        said = (getattr(model, name, None) for name in names)
        digest.update(f"{model._meta.label} {list(said)}".encode())
    return digest.hexdigest()[:SHORT]


@contextlib.contextmanager
def _server() -> Iterator[Any]:
    """A cursor on PostgreSQL's own database, where others are made and dropped."""
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        yield cursor


def _use(name: str) -> None:
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _unlink(database: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
