"""One process at a time runs the jobs, on SQLite and PostgreSQL alike (ADR 37)."""

import datetime
import logging
import secrets
import threading
from typing import Any, Self

from django.db import DatabaseError, connection
from django.db.models import Q
from django.db.models.functions import Now

from workflows.models import JobLease

NAME = "run_due_jobs"
HELD_FOR = datetime.timedelta(minutes=5)
RENEWED_EVERY = datetime.timedelta(minutes=1)

_log = logging.getLogger(__name__)


class AnotherPassIsUnderWay(Exception):
    """Another process runs the jobs at this moment."""


class Lease:
    """Held in a `with`; renewed meanwhile. A process that dies stops renewing, so it runs out.

    The database's clock is the only one that counts. Raises AnotherPassIsUnderWay.
    """

    def __init__(self) -> None:
        self._holder = secrets.token_hex(16)
        self._released = threading.Event()
        self._renewing = threading.Thread(target=self._renew_now_and_then, daemon=True)

    def __enter__(self) -> Self:
        JobLease.objects.get_or_create(name=NAME)
        free = Q(holder="") | Q(expires_at__lt=Now())
        # One statement, so of two processes the second finds the row taken.
        if not JobLease.objects.filter(free, name=NAME).update(
            holder=self._holder, taken_at=Now(), expires_at=Now() + HELD_FOR
        ):
            raise AnotherPassIsUnderWay
        self._renewing.start()
        return self

    def __exit__(self, *exception: Any) -> None:
        self._released.set()
        self._renewing.join()
        self._mine().update(holder="", expires_at=None, passed_at=Now())

    def renew(self) -> bool:
        """Hold it for longer; False when it ran out and somebody else took it."""
        return bool(self._mine().update(expires_at=Now() + HELD_FOR))

    def _mine(self) -> Any:
        return JobLease.objects.filter(name=NAME, holder=self._holder)

    def _renew_now_and_then(self) -> None:
        while not self._released.wait(RENEWED_EVERY.total_seconds()):
            try:
                self.renew()
            except DatabaseError as error:
                _log.error("The lease of the jobs was not renewed: %s.", type(error).__name__)
            finally:
                connection.close()  # this thread's own
