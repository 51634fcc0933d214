"""Which tests run on PostgreSQL: those that say something about it that no other says.

What the database itself keeps, orders, searches or races always runs there. While the tests run on
SQLite, the shapes of the statements that each sends are written down (in pytest's cache); of the
other tests, PostgreSQL runs so many as send each shape once, and those of which nothing is known.
`make test-postgres ALL=1` runs every test that asks a database.
"""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from tests.statements import Statements, fewest

RECORD = "credence/statements"  # in pytest's cache: by test, its seconds and its shapes
ABOUT_THE_DATABASE = re.compile(
    "/(law|test_law|attacks|doors|tree|verification|log)|at_once|search|cursor|twin|database"
)
AT_DATABASE = {"django_db_setup", "transactional_db"}  # fixtures
COMMITTING = {"transactional_db", "live_server"}


class Selection:
    """The plugin that chooses, and that writes down what it chooses by."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.statements = Statements()
        self.spent: dict[str, tuple[float, str]] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out what says nothing new on this engine, when that is asked for."""
        how = self.config.getoption("--on-postgres")
        if how is None:
            return
        kept = {item.nodeid for item in items if asks_database(item)}
        if how == "new":
            kept = self._saying_something_new([item for item in items if item.nodeid in kept])
        self.config.hook.pytest_deselected(items=[i for i in items if i.nodeid not in kept])
        items[:] = [item for item in items if item.nodeid in kept]

    def _saying_something_new(self, items: list[pytest.Item]) -> set[str]:
        known = self.config.cache.get(RECORD, {}) if self.config.cache else {}
        always = {i.nodeid for i in items if i.nodeid not in known or is_about_database(i)}
        spent = {
            item.nodeid: (known[item.nodeid][0], frozenset(known[item.nodeid][1].split()))
            for item in items
            if item.nodeid in known
        }
        return fewest(always, spent)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Write down what one test sends, and how long it takes."""
        if connection.vendor != "sqlite" or not asks_database(item):
            return (yield)
        began = time.monotonic()
        with self.statements.of_one_test() as sent:
            result = yield
        self.spent[item.nodeid] = (round(time.monotonic() - began, 2), " ".join(sorted(sent)))
        return result

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what one of several processes wrote down."""
        self.spent |= getattr(node, "workeroutput", {}).get(RECORD, {})

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self) -> None:
        """Hand over to the process that leads, or keep for the run on PostgreSQL."""
        if hasattr(self.config, "workeroutput"):
            self.config.workeroutput[RECORD] = self.spent
        elif self.spent and self.config.cache:
            known = self.config.cache.get(RECORD, {})
            self.config.cache.set(RECORD, known | self.spent)


def asks_database(item: pytest.Item) -> bool:
    """Whether pytest-django lets a test at the database, which it refuses to all others."""
    is_marked = item.get_closest_marker("django_db") is not None
    return is_marked or not AT_DATABASE.isdisjoint(getattr(item, "fixturenames", ()))


def is_about_database(item: pytest.Item) -> bool:
    """Whether a test says something of the database itself: it commits, or its place says so."""
    mark = item.get_closest_marker("django_db")
    commits = mark is not None and mark.kwargs.get("transaction", False)
    is_marked = item.get_closest_marker("postgres") is not None
    return (
        commits
        or is_marked
        or not COMMITTING.isdisjoint(getattr(item, "fixturenames", ()))
        or ABOUT_THE_DATABASE.search(item.nodeid) is not None
    )
