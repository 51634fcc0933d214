"""Compare the catalogue's projection with the ledger."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from credentials.catalogue.reconstruction import discrepancies


class Command(BaseCommand):
    """Exit code 1 and one sentence for each difference, 0 when there is none (law 3)."""

    help = "Compare the catalogue's projection with the ledger of published versions."

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for sentence in discrepancies():
            self.stderr.write(sentence)
            count += 1
        if count:
            raise CommandError(
                f"{count} differences from the ledger. Run `manage.py rebuild_catalogue`.",
                returncode=1,
            )
        self.stdout.write(self.style.SUCCESS("The catalogue is what the ledger says."))
