"""Check every offering against the policy version in force."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from credentials.compliance.standings import refresh_all
from credentials.exceptions import NoPolicyInForce

SECONDS_BETWEEN_FIGURES = 1.0


class Command(BaseCommand):
    """Run it each night: rules read dates, and a version takes force on its day."""

    help = "Check every offering against the policy version in force, for listings and reports."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--rebuild", action="store_true", help="forget what is kept, then check everything"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.shown = time.monotonic()
        try:
            count = refresh_all(self.show, rebuild=options["rebuild"])
        except NoPolicyInForce as error:
            raise CommandError(str(error)) from error
        self.stdout.write(self.style.SUCCESS(f"{count} offerings were checked."))

    def show(self, done: int, total: int) -> None:
        """Print how far it is, at most once a second."""
        now = time.monotonic()
        if now - self.shown >= SECONDS_BETWEEN_FIGURES or done == total:
            self.shown = now
            self.stdout.write(f"{done} of {total} offerings ({done * 100 // total} %)")
