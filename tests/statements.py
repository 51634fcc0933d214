"""The shapes of the statements that a test sends, and the fewest tests that send them all."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from heapq import heapify, heappop, heappush
from typing import Any

from django.db import connection

A_LIST = r"\((?:%s|\?)(?:, (?:%s|\?))*\)"
LISTS = re.compile(rf"{A_LIST}(?:, {A_LIST})*")
TRANSACTION = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")
SHORT = 8
A_MOMENT = 0.01  # seconds that every test costs

Spent = Mapping[str, tuple[float, frozenset[str]]]


class Statements:
    """Writes down the shapes of what is sent on this process's connection."""

    def __init__(self) -> None:
        self._sent: set[str] = set()
        self._shapes: dict[str, str] = {}  # by text: most come a thousand times

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        """Write down one statement, as a wrapper of Django's `execute`."""
        text = str(sql)
        if text not in self._shapes:
            self._shapes[text] = shape(text)
        self._sent.add(self._shapes[text])
        return execute(sql, params, many, context)

    @contextmanager
    def of_one_test(self) -> Iterator[set[str]]:
        """A set that holds, when the test is over, what it sent."""
        self._sent = sent = set()
        if self not in connection.execute_wrappers:
            connection.execute_wrappers.append(self)
        yield sent
        sent.discard("")


def shape(sql: str) -> str:
    """The shape of a statement, as a short hash; empty for what only brackets a transaction."""
    if sql.startswith(TRANSACTION):
        return ""
    return hashlib.sha256(LISTS.sub("()", sql).encode()).hexdigest()[:SHORT]


def fewest(always: Iterable[str], spent: Spent) -> set[str]:
    """The tests that send every shape: `always`, and of the others those that cost least.

    `spent` holds for each test its seconds and its shapes. Each step takes the test that adds most
    for its time. What a test would add only shrinks, so the first of the heap whose place is still
    right is the best.
    """
    taken = set(always)
    sent: set[str] = set().union(*(spent[name][1] for name in taken if name in spent))

    def cost(name: str) -> float:
        seconds, shapes = spent[name]
        new = len(shapes - sent)
        return (seconds + A_MOMENT) / new if new else float("inf")

    heap = [(cost(name), name) for name in sorted(spent) if name not in taken]
    heapify(heap)
    while heap:
        was, name = heappop(heap)
        now = cost(name)
        if now == float("inf"):
            continue
        if now > was:
            heappush(heap, (now, name))
            continue
        taken.add(name)
        sent |= spent[name][1]
    return taken
