"""Import offerings from a CSV or XLSX file as drafts; see docs/guides/importing.md."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Page

from credentials.imports.drafts import NothingImported, Result, check_rows, write_rows
from credentials.imports.mapping import Mapping
from credentials.imports.parents import possible_parents
from credentials.imports.problems import SheetError, write_report
from credentials.imports.row_checks import Checker
from credentials.imports.rows import Status
from credentials.imports.sheets import DELIMITERS, Sheet

SHOWN_PROBLEMS = 20


class Command(BaseCommand):
    """All or nothing, unless told to leave invalid rows out; safe to repeat."""

    help = "Import offerings from a CSV or XLSX file as drafts, matched by their reference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="Check and report; write nothing."
        )
        parser.add_argument(
            "--skip-invalid",
            action="store_true",
            help="Import the valid rows, leave out the others.",
        )
        for option, form, text in (
            ("map", "COLUMN=FIELD", "Feed a field from a column of another name."),
            ("default", "FIELD=VALUE", "What an empty cell of a field means."),
            ("value", "FIELD:WORD=VALUE", "What a word of the file means in a field."),
        ):
            parser.add_argument(
                f"--{option}", nargs="+", action="extend", default=[], metavar=form, help=text
            )
        parser.add_argument(
            "--reference-from",
            default="",
            metavar="COLUMN[,COLUMN]",
            help="Make the reference from these columns when the file has none.",
        )
        parser.add_argument("--under", metavar="SLUG", default="", help="The page to import under.")
        parser.add_argument(
            "--user", metavar="USERNAME", default="", help="The author of the drafts."
        )
        parser.add_argument("--encoding", default="", help="Found by itself when left out.")
        parser.add_argument(
            "--delimiter",
            default="",
            choices=["", *DELIMITERS, *DELIMITERS.values()],
            metavar="NAME",
            help="comma, semicolon or tab; found by itself when left out.",
        )
        parser.add_argument("--report", type=Path, help="Write all problems to this CSV file.")

    def handle(self, **options: Any) -> None:
        """Run the import. Raises CommandError with a sentence when nothing could be imported."""
        user = _user(options["user"])
        parent = _parent(options["under"])
        try:
            with options["file"].open("rb") as stream:
                sheet = Sheet(stream, encoding=options["encoding"], delimiter=options["delimiter"])
                self._import(sheet, parent, user, options)
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from error
        except (SheetError, PermissionDenied) as error:
            raise CommandError(str(error)) from error

    def _import(
        self, sheet: Sheet, parent: Page, user: AbstractBaseUser | None, options: dict[str, Any]
    ) -> None:
        mapping = Mapping.from_options(
            sheet.headers,
            columns=options["map"],
            defaults=options["default"],
            values=options["value"],
            reference_from=options["reference_from"],
        )
        if unused := mapping.unused(sheet.headers):
            self.stdout.write(f"Not imported: {', '.join(unused)}.")
        only_check, skip_invalid = options["dry_run"], options["skip_invalid"]
        try:
            if only_check or not skip_invalid:
                checker = Checker(sheet.headers, mapping, parent, user)
                result = check_rows(checker, sheet.rows(), self._progress)
                if result.problems and not only_check:
                    raise NothingImported(result)
            if not only_check:
                checker = Checker(sheet.headers, mapping, parent, user)
                result = write_rows(
                    checker, sheet.rows(), self._progress, skip_invalid=skip_invalid
                )
        except NothingImported as error:
            self._report(error.result, options["report"])
            raise CommandError(
                f"{error} Correct them, or leave them out with --skip-invalid."
            ) from error
        self._report(result, options["report"])
        self.stdout.write(
            "Nothing was written: this was a dry run." if options["dry_run"] else "Done."
        )

    def _progress(self, done: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} rows", ending="")
            self.stderr.flush()

    def _report(self, result: Result, report: Path | None) -> None:
        if self.stderr.isatty():
            self.stderr.write("")
        shown = result.problems[:SHOWN_PROBLEMS] if report else result.problems
        for problem in shown:
            self.stdout.write(str(problem))
        if report:
            with report.open("w", newline="", encoding="utf-8-sig") as stream:
                write_report(result.problems, stream)
            self.stdout.write(f"{len(result.problems)} problems are listed in {report}.")
        counts = ", ".join(f"{result[status]} {status.value}" for status in Status)
        self.stdout.write(f"{result.total} rows: {counts}.")


def _user(name: str) -> AbstractBaseUser | None:
    if not name:
        return None
    users = get_user_model()._default_manager
    user = users.filter(**{get_user_model().USERNAME_FIELD: name}).first()
    if user is None:
        raise CommandError(f"There is no user “{name}”. Give the name they sign in with.")
    return user


def _parent(slug: str) -> Page:
    pages = possible_parents()
    found = [page for page in pages if not slug or page.slug == slug]
    if len(found) == 1:
        return found[0]
    known = ", ".join(page.slug for page in pages) or "none"
    if slug:
        raise CommandError(f"No page “{slug}” can hold offerings. Pages that can: {known}.")
    raise CommandError(f"Name the page to import under with --under. Pages that can: {known}.")
