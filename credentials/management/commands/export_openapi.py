"""Write the catalogue API's contract to a file, or show it."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from credentials.api.contract import api


class Command(BaseCommand):
    """The contract is committed: run this when it has changed on purpose."""

    help = "Write the OpenAPI document of the catalogue API."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="where to write it; else shown")

    def handle(self, *args: Any, **options: Any) -> None:
        text = json.dumps(api.get_openapi_schema(), indent=2, ensure_ascii=False, default=str)
        if options["file"] is None:
            self.stdout.write(text)
            return
        options["file"].write_text(f"{text}\n", encoding="utf-8")
        self.stdout.write(self.style.SUCCESS(f"Wrote {options['file']}."))
