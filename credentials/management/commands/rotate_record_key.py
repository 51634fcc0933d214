"""Replace the key with which the record is sealed."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from credentials.conf import conf
from credentials.record.log.batches import rotate_key
from credentials.record.log.key_files import put_in_place, write_key
from credentials.record.log.signed_note import Signer
from credentials.record.log.signing_keys import NoRecordKey, configured_signer


class Command(BaseCommand):
    """The old key signs the new one into the log; from then on only the new one signs."""

    help = "Replace the record's key. The new one takes the old one's place in RECORD_KEY_FILE."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to", type=Path, help="the new key's file, where RECORD_KEY holds the old one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        given, in_file = options["to"], conf().RECORD_KEY_FILE and not conf().RECORD_KEY
        if not in_file and given is None:
            raise CommandError("RECORD_KEY holds the old key: name a file for the new one, --to.")
        path = given or Path(f"{conf().RECORD_KEY_FILE}.new")
        try:
            old = configured_signer()
            new = Signer.make(old.name)
            # First the file: a key that is in the log and nowhere else would end the log.
            write_key(new, path)
            rotate_key(new)
        except NoRecordKey as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
        if in_file and given is None:
            kept = put_in_place(path, Path(conf().RECORD_KEY_FILE), old)
            self.stdout.write(f"The old key is kept in {kept}.")
        else:
            self.stdout.write(f"Set RECORD_KEY_FILE to {path}, unset RECORD_KEY, and restart.")
        self.stdout.write(self.style.SUCCESS(f"The log goes on with {new.verifier}"))
