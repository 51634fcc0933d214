"""The steps of an import in the admin: upload, match, check in chunks, write at once.

Checking is driven by the page, a chunk for each request, so that its progress bar is real with any
task backend. Writing is one transaction in one background task (all or nothing); how far it is
stands in the cache, because nothing that it writes can be seen before it commits.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from credentials.imports.drafts import NothingImported, Result, write_rows
from credentials.imports.mapping import Mapping
from credentials.imports.problems import Problem, SheetError
from credentials.imports.row_checks import CHUNK, Checker
from credentials.imports.rows import Status
from credentials.imports.sheets import Sheet, SourceRow
from credentials.models import ImportRow, ImportRun

State = ImportRun.State
MAX_ROWS = 20_000
INSERTED_AT_ONCE = 1000
PROGRESS_LASTS = 3600  # seconds


def upload(stream: BinaryIO, name: str, parent: Page, user: Any) -> ImportRun:
    """Keep a file's rows in the database. Raises SheetError; then nothing is kept."""
    sheet = Sheet(stream)
    with transaction.atomic():
        run = ImportRun.objects.create(
            file_name=name[:255], parent=parent, created_by=user, headers=sheet.headers
        )
        waiting: list[ImportRow] = []
        for row in sheet.rows():
            waiting.append(ImportRow(run=run, line=row.line, cells=row.cells))
            run.rows_total += 1
            if run.rows_total > MAX_ROWS:
                raise SheetError(
                    _("The file has more than %s rows. Split it, and import the parts in turn.")
                    % MAX_ROWS
                )
            if len(waiting) == INSERTED_AT_ONCE:
                ImportRow.objects.bulk_create(waiting)
                waiting = []
        ImportRow.objects.bulk_create(waiting)
        if not run.rows_total:
            raise SheetError(_("The file has no rows below its first line. Fill in at least one."))
        run.save()
    return run


def start_checking(run: ImportRun, mapping: Mapping) -> None:
    """Begin the dry run under a mapping, forgetting an earlier one. Raises SheetError."""
    mapping.require_complete()
    run.rows.update(status="", reference="", problems=[])
    run.mapping = mapping.as_data()
    run.new = run.changed = run.unchanged = run.invalid = 0
    run.state = State.CHECKING
    run.save()


def check_next_chunk(run_id: int) -> ImportRun:
    """Check the next rows and keep what was found; the last chunk ends the dry run."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run_id)
        if run.state != State.CHECKING:
            return run
        rows = {row.line: row for row in run.rows.filter(status="")[:CHUNK]}
        checker = _checker(run, run.created_by)
        checker.seen.update(
            run.rows.exclude(status="")
            .exclude(reference="")
            .order_by("-line")
            .values_list("reference", "line")
        )
        counts: Counter[str] = Counter()
        for chunk in checker.check(_sources(rows.values())):
            for checked in chunk:
                row = rows[checked.line]
                row.status, row.reference = checked.status.value, checked.reference[:100]
                row.problems = [problem.as_data() for problem in checked.problems]
                counts[row.status] += 1
        ImportRow.objects.bulk_update(rows.values(), ["status", "reference", "problems"])
        _add_counts(run, counts)
        if not run.rows.filter(status="").exists():
            run.state = State.CHECKED
        run.save()
    return run


def confirm(run: ImportRun, *, skip_invalid: bool) -> None:
    """Accept the dry run. Raises PermissionDenied when invalid rows would make it fail."""
    if run.invalid and not skip_invalid:
        raise PermissionDenied(
            _("Some rows are invalid. Correct the file, or choose to leave those rows out.")
        )
    _move(run, (State.CHECKED,), State.CONFIRMED, skip_invalid=skip_invalid)


def claim_writing(run: ImportRun, user: AbstractBaseUser) -> bool:
    """Begin to write, once. The one who confirms is the author of the drafts."""
    return _move(run, (State.CONFIRMED,), State.WRITING, created_by=user)


def cancel(run: ImportRun) -> bool:
    """End without a change to the catalogue."""
    states = (*ImportRun.OPEN, State.WRITING) if run.is_stalled else ImportRun.OPEN
    cancelled = _move(run, states, State.CANCELLED)
    if cancelled:
        run.rows.all().delete()
    return cancelled


def write(run_id: int) -> None:
    """Write all rows, or none, and keep how it ended. Called by the background task."""
    run = ImportRun.objects.select_related("parent", "created_by").get(pk=run_id)
    if run.state != State.WRITING:
        return
    try:
        checker = _checker(run, run.created_by)
        rows = run.rows.order_by("line").iterator(chunk_size=CHUNK)
        result = write_rows(
            checker,
            _sources(rows),
            lambda done: cache.set(_key(run.pk), done, PROGRESS_LASTS),
            skip_invalid=run.skip_invalid,
        )
    except NothingImported as error:
        _end(run, State.FAILED, error.result, str(error))
    except (SheetError, PermissionDenied) as error:
        _end(run, State.FAILED, None, str(error))
    except Exception:
        _end(run, State.FAILED, None, _("It broke off unexpectedly, and nothing was imported."))
        raise
    else:
        _end(run, State.DONE, result, "")


def progress(run: ImportRun) -> int:
    """Rows done in the step under way."""
    if run.state == State.WRITING:
        return int(cache.get(_key(run.pk), 0))
    return run.checked


def problems_of(run: ImportRun) -> list[Problem]:
    """Everything that was found wrong, in the order of the file."""
    found = run.rows.filter(status=Status.INVALID.value).values_list("problems", flat=True)
    return [Problem(**problem) for problems in found for problem in problems]


def _checker(run: ImportRun, user: AbstractBaseUser | None) -> Checker:
    if run.parent is None:
        raise SheetError(_("The page to import under has been deleted. Begin a new import."))
    return Checker(run.headers, Mapping.from_data(run.mapping), run.parent, user)


def _sources(rows: Iterable[ImportRow]) -> Iterator[SourceRow]:
    return (SourceRow(row.line, row.cells) for row in rows)


def _move(run: ImportRun, states: tuple[str, ...], state: str, **values: object) -> bool:
    """Change the state only from one of these, so that a second click does nothing."""
    moved = ImportRun.objects.filter(pk=run.pk, state__in=states).update(state=state, **values)
    run.refresh_from_db()
    return bool(moved)


def _add_counts(run: ImportRun, counts: Counter[str]) -> None:
    for status in Status:
        setattr(run, status.value, getattr(run, status.value) + counts[status.value])


def _end(run: ImportRun, state: str, result: Result | None, failure: str) -> None:
    """Keep the outcome and the invalid rows; what was imported stands in the catalogue."""
    if result is not None:
        by_line: dict[int, list[dict[str, object]]] = {}
        for problem in result.problems:
            by_line.setdefault(problem.line, []).append(problem.as_data())
        for line, problems in by_line.items():
            run.rows.filter(line=line).update(status=Status.INVALID.value, problems=problems)
        run.new = run.changed = run.unchanged = run.invalid = 0
        _add_counts(run, result.counts)
    run.rows.exclude(status=Status.INVALID.value).delete()
    run.state, run.failure = state, failure
    run.save()
    cache.delete(_key(run.pk))


def _key(pk: int) -> str:
    return f"credentials.imports.{pk}"
