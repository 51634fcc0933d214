"""Seal in the transparency log what is not sealed yet."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from credentials.record.log.batches import seal_all
from credentials.record.log.queue import queue_missing
from credentials.record.log.signing_keys import NoRecordKey

SECONDS_BETWEEN_FIGURES = 1.0


class Command(BaseCommand):
    """Once after an upgrade; the jobs do it else. Can be broken off and repeated."""

    help = "Seal every fact of the record that is not sealed yet, with a progress line."

    def handle(self, *args: Any, **options: Any) -> None:
        self.shown = time.monotonic()
        queue_missing(connection)
        try:
            count = seal_all(self.show)
        except NoRecordKey as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS(f"{count} facts were sealed."))

    def show(self, done: int, total: int) -> None:
        """Print how far it is, at most once a second."""
        now = time.monotonic()
        if now - self.shown >= SECONDS_BETWEEN_FIGURES or done == total:
            self.shown = now
            self.stdout.write(f"{done} of {total} facts ({done * 100 // total} %)")
