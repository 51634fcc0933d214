"""Show, write or check the table of clauses, rules and tests."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

import credentials
from credentials.policy.coverage import coverage, marked_tests
from credentials.policy.register import first_version

DOCUMENT = "docs/policy-coverage.md"


def checkout() -> Path | None:
    """Where the source lies with its tests and docs; None when installed from a wheel."""
    root = Path(credentials.__file__).resolve().parents[1]
    return root if (root / "pyproject.toml").exists() else None


def document() -> str:
    """The table as it is now; without the source it names no tests."""
    root = checkout()
    return coverage(first_version(), marked_tests(root / "tests", root) if root else {})


class Command(BaseCommand):
    """The table is committed, and a test compares it with what this command would write."""

    help = "Show which rules and tests hold each clause of the policy, and where it lives."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--write", action="store_true", help=f"write {DOCUMENT}")
        choice.add_argument("--check", action="store_true", help=f"fail when {DOCUMENT} is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        text = document()
        if not (options["write"] or options["check"]):
            self.stdout.write(text, ending="")
            return
        root = checkout()
        if root is None:
            raise CommandError(f"{DOCUMENT} lies in the source; run this in a checkout of it.")
        path = root / DOCUMENT
        if options["write"]:
            path.write_text(text, encoding="utf-8")
            self.stdout.write(self.style.SUCCESS(f"Wrote {DOCUMENT}."))
        elif not path.exists() or path.read_text("utf-8") != text:
            raise CommandError(f"{DOCUMENT} is stale. Run: manage.py policy_coverage --write")
