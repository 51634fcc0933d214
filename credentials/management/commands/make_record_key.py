"""Make the key with which the record is sealed."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from credentials.record.log.key_files import write_key
from credentials.record.log.signed_note import Signer, UnreadableKey
from credentials.record.log.signing_keys import origin


class Command(BaseCommand):
    """Asks no database. The key is a secret, and whoever loses it cannot seal any more."""

    help = "Make a key for RECORD_KEY_FILE, or print one for RECORD_KEY."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, help="the new file; it must not exist")
        parser.add_argument("--name", help="what the log is called; the site's host and /record")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            signer = Signer.make(options["name"] or origin())
        except UnreadableKey as error:
            raise CommandError(str(error)) from error
        if options["to"] is None:
            self.stdout.write(signer.as_text)
            return
        try:
            write_key(signer, options["to"])
        except OSError as error:
            raise CommandError(
                f"{options['to']} cannot be written: {error.strerror}. A key is never overwritten; "
                "name another file."
            ) from error
        self.stdout.write(
            self.style.SUCCESS(
                f"The key of {signer.name} is in {options['to']}. Keep a copy of it elsewhere. Its "
                f"public half is {signer.verifier}"
            )
        )
