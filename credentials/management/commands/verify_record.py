"""Verify the whole record: everything is computed anew and compared."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from credentials.verification.checks import Verification
from credentials.verification.outside import NotReadable, read_key, read_note
from credentials.verification.record_checks import all_checks

SECONDS_BETWEEN_FIGURES = 1.0
BAR = 30  # characters


class Command(BaseCommand):
    """One sentence for each thing that is wrong, then exit status 1; 0 when all is well (law 3)."""

    help = "Compute everything in the record anew, and say what is not as it was decided or sealed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--checkpoint",
            action="append",
            default=[],
            metavar="FILE",
            help="a checkpoint kept outside, as /record/checkpoint served it; may be repeated",
        )
        parser.add_argument(
            "--key",
            action="append",
            default=[],
            help="a verifier key known from elsewhere, as /record/key served it; may be repeated",
        )
        parser.add_argument("--quiet", action="store_true", help="say only what is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            notes = [read_note(path) for path in options["checkpoint"]]
            keys = [read_key(text) for text in options["key"]]
        except NotReadable as error:
            raise CommandError(str(error)) from error
        self.began = self.shown = time.monotonic()
        self.on_terminal = self.stderr.isatty() and not options["quiet"]
        verification = Verification(
            all_checks(notes, keys), None if options["quiet"] else self.show
        )
        count = 0
        for sentence in verification.faults():
            count += 1
            self._clear()
            self.stdout.write(sentence)
        self._clear()
        if not options["quiet"]:
            self.stdout.write(self._summary(verification))
        if count:
            things = "1 thing is" if count == 1 else f"{count} things are"
            raise CommandError(f"The record is not in order: {things} wrong.", returncode=1)

    def show(self, what: str, done: int, total: int) -> None:
        """Draw the bar on a terminal, or print a line; at most once a second."""
        now = time.monotonic()
        if now - self.shown < SECONDS_BETWEEN_FIGURES:
            return
        self.shown = now
        percent = f"{done * 100 // max(total, 1):3} % {what}"
        if self.on_terminal:
            filled = "#" * (done * BAR // max(total, 1))
            self.stderr.write(f"\r\x1b[K[{filled:.<{BAR}}] {percent}", ending="")
            self.stderr.flush()
        else:
            self.stderr.write(percent)

    def _clear(self) -> None:
        if self.on_terminal:
            self.stderr.write("\r\x1b[K", ending="")

    def _summary(self, verification: Verification) -> str:
        seconds = time.monotonic() - self.began
        counted = ", ".join(f"{count:,} {what}" for what, count in verification.counted.items())
        return f"Verified in {seconds:.1f} s: {counted}."
