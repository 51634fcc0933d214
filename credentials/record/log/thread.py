"""Sealing right after commit, in a thread of the server's process: no request waits for it.

A fact's commit wakes the thread, which waits a moment for more and then seals what is queued, on a
connection of its own. What it misses, the jobs seal.
"""

import logging
import threading
from typing import Any

from django.db import connection, transaction

from credentials.append_only.base import AppendOnly, Sealed
from credentials.conf import conf
from credentials.record.log.batches import seal_all

GATHERS_FOR = 1.0  # seconds: one batch for what is committed together

_log = logging.getLogger(__name__)


class _SealingThread:
    """One in each process, begun by the first fact that it commits."""

    def __init__(self) -> None:
        self._has_facts = threading.Event()
        self._begun = threading.Lock()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Say that there is something to seal."""
        self._has_facts.set()
        with self._begun:
            # A process that was forked has the object, and not the thread.
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="sealing", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        pause = threading.Event()
        while self._has_facts.wait():
            pause.wait(GATHERS_FOR)
            self._has_facts.clear()
            try:
                seal_all()
            except Exception as error:
                # The class only: a text may hold what a log must not. The jobs try again.
                _log.error("The record was not sealed: %s.", type(error).__name__)
            finally:
                connection.close()


_thread = _SealingThread()


def seal_after_commit(sender: Any, created: bool = False, **kwargs: Any) -> None:
    """Signal receiver, for each row that is saved: costs no query."""
    if not created or not issubclass(sender, AppendOnly) or sender.sealed == Sealed.NOT:
        return
    if conf().SEAL_AFTER_COMMIT:
        transaction.on_commit(_thread.wake, robust=True)
