"""What is verified: each app says here which checks it has.

An app registers a Wagtail hook, `register_record_checks`, that returns its checks.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from django.db import connection, transaction
from wagtail import hooks

HOOK = "register_record_checks"
CHUNK = 200  # rows read at once: what bounds the memory
Item = TypeVar("Item")
Tick = Callable[[], None]
Show = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Check:
    """One comparison over many things.

    `what` names them in the plural, `total` counts them; `faults` yields a sentence for each that
    is wrong, and calls what it is given once for each that it has looked at.
    """

    what: str
    total: Callable[[], int]
    faults: Callable[[Tick], Iterable[str]]


def registered_checks() -> list[Check]:
    """Every app's checks, in the order of their hooks."""
    return [check for register in hooks.get_hooks(HOOK) for check in register()]


class Verification:
    """A run of checks. `counted` says afterwards how many things of each kind were looked at."""

    def __init__(self, checks: Sequence[Check], show: Show | None = None) -> None:
        self.checks = checks
        self.show = show or (lambda what, done, total: None)
        self.counted: dict[str, int] = {}
        self._done = self._total = 0

    def faults(self) -> Iterator[str]:
        """Run them all; a sentence for each thing wrong. One check's failure stops no other.

        On PostgreSQL all of them see the database at one moment, whoever publishes meanwhile.
        """
        with _one_moment():
            totals = [check.total() for check in self.checks]
            self._total = sum(totals)
            before = 0
            for check, total in zip(self.checks, totals, strict=True):
                self.counted[check.what] = 0
                yield from self._faults_of(check)
                self.counted[check.what] = self.counted[check.what] or total
                before += total
                self._done = before
                self.show(check.what, self._done, self._total)

    def _faults_of(self, check: Check) -> Iterator[str]:
        def tick() -> None:
            self.counted[check.what] += 1
            self._done += 1
            self.show(check.what, self._done, max(self._total, self._done))

        try:
            with _apart():
                yield from check.faults(tick)
        except Exception as error:
            # What cannot even be read is wrong too. The class only: a text may name a person.
            yield f"The check of {check.what} broke off: {type(error).__name__}."


def in_chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """The items in lists of this size, the last one shorter."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


@contextmanager
def _one_moment() -> Iterator[None]:
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _apart() -> AbstractContextManager[None]:
    """A savepoint where there is a transaction: a query that fails would end it."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()
