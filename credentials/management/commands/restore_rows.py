"""Put rows of offerings back to what the ledger says."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from credentials.published.row_repair import differing, restore


class Command(BaseCommand):
    """`manage.py restore_rows [--yes]`: says what differs, asks, and then mends it (law 1)."""

    help = "Puts the rows of offerings back to what the ledger of published versions says."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--yes", action="store_true", help="do not ask before changing rows")

    def handle(self, *args: Any, **options: Any) -> None:
        keys = []
        for row, sentences in differing():
            keys.append(row.pk)
            for sentence in sentences:
                self.stdout.write(f"“{row.title}” (page {row.pk}) {sentence}")
        if not keys:
            self.stdout.write(self.style.SUCCESS("Every row is what the ledger says."))
            return
        if not options["yes"] and not self._agreed(len(keys)):
            self.stdout.write("Nothing was changed.")
            return
        for key in keys:
            self.stdout.write(f"Page {key}: {restore(key)}")

    def _agreed(self, count: int) -> bool:
        try:
            return input(f"Restore {count} of them? Type “yes”: ").strip().lower() == "yes"
        except EOFError:
            return False
