"""Make the catalogue's projection anew from the ledger."""

import time
from typing import Any

from django.core.management.base import BaseCommand

from credentials.catalogue.reconstruction import rebuild

SECONDS_BETWEEN_FIGURES = 1.0


class Command(BaseCommand):
    """Readers see the old projection until the new one is complete (law 3)."""

    help = "Make the catalogue's projection anew from the ledger of published versions."

    def handle(self, *args: Any, **options: Any) -> None:
        self.shown = time.monotonic()
        count = rebuild(progress=self.show)
        self.stdout.write(self.style.SUCCESS(f"The catalogue was rebuilt: {count} versions."))

    def show(self, made: int, total: int) -> None:
        """Print how far it is, at most once a second."""
        now = time.monotonic()
        if now - self.shown >= SECONDS_BETWEEN_FIGURES or made == total:
            self.shown = now
            self.stdout.write(f"{made} of {total} versions ({made * 100 // total} %)")
