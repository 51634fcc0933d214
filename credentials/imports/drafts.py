"""Writes checked rows as drafts: in one transaction, never public (law 1)."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from credentials.imports.offerings import Taxonomy, differs, fill
from credentials.imports.problems import BadValue, Problem
from credentials.imports.row_checks import Checker, changed_values
from credentials.imports.rows import CheckedRow, Status
from credentials.imports.sheets import SourceRow
from credentials.models import PAGE_TYPES, ImportedValues, Offering

Progress = Callable[[int], None]


@dataclass
class Result:
    """How many rows are new, changed, unchanged and invalid, and what is wrong with the last."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    def add(self, row: CheckedRow) -> None:
        """Count a row."""
        self.counts[row.status.value] += 1
        self.problems += row.problems

    @property
    def total(self) -> int:
        """All rows read."""
        return sum(self.counts.values())

    def __getitem__(self, status: Status) -> int:
        return self.counts[status.value]


class NothingImported(Exception):
    """A row was invalid, so nothing at all was written. `result` says what and where."""

    def __init__(self, result: Result) -> None:
        super().__init__(_("Nothing was imported, because some rows are invalid."))
        self.result = result


def check_rows(checker: Checker, sources: Iterable[SourceRow], progress: Progress) -> Result:
    """Check all rows and write nothing."""
    result = Result()
    for rows in checker.check(sources):
        for row in rows:
            result.add(row)
        progress(result.total)
    return result


def write_rows(
    checker: Checker, sources: Iterable[SourceRow], progress: Progress, *, skip_invalid: bool
) -> Result:
    """Check and write in one transaction; the check decides even if there was one before.

    Raises NothingImported when a row is invalid, unless invalid rows are to be left out; and
    PermissionDenied when the user may not add pages there. Then nothing is written.
    """
    _require_may_add(checker.parent, checker.user)
    result = Result()
    with transaction.atomic():
        parent = Page.objects.select_for_update().get(pk=checker.parent.pk)
        for rows in checker.check(sources):
            for row in rows:
                if not result.problems or skip_invalid:
                    _write(row, parent, checker)
                result.add(row)
                progress(result.total)
        if result.problems and not skip_invalid:
            raise NothingImported(result)
    return result


def _require_may_add(parent: Page, user: AbstractBaseUser | None) -> None:
    if user is not None and not parent.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied(_("You may not add offerings under “%s”.") % parent.title)


def _write(row: CheckedRow, parent: Page, checker: Checker) -> None:
    if row.status not in (Status.NEW, Status.CHANGED):
        return
    try:
        # Wagtail would index references anew for each child row; once for each page is enough.
        with transaction.atomic(), disable_reference_index_auto_update():
            checker.taxonomy.register(row.values.get("skills", []))
            offering = (
                _create(row, parent, checker) if row.status == Status.NEW else _revise(row, checker)
            )
            ReferenceIndex.create_or_update_for_object(offering)
            ImportedValues.objects.update_or_create(
                offering_id=offering.pk, defaults={"values": row.values}
            )
    except (ValidationError, IntegrityError) as error:
        sentences = getattr(error, "messages", [str(error)])
        why = BadValue("refused", " ".join(sentences), _("Correct the row, and import again."))
        checker.reader.refuse(row, {"reference": row.reference}, "reference", why)
        row.status = Status.INVALID
        checker.taxonomy = Taxonomy()  # skills saved with this row went with it


def _create(row: CheckedRow, parent: Page, checker: Checker) -> Offering:
    model = PAGE_TYPES[row.values["kind"]]
    offering: Any = model(live=False, reference=row.reference)
    fill(offering, row.values, checker.taxonomy)
    if not offering.slug and not slugify(offering.title, allow_unicode=True):
        offering.slug = slugify(f"offering-{row.reference}")
    parent.add_child(instance=offering)
    log(instance=offering, action="wagtail.create", user=checker.user, content_changed=True)
    offering.save_revision(user=checker.user, clean=False, log_action=True)
    return offering


def _revise(row: CheckedRow, checker: Checker) -> Offering:
    page = PAGE_TYPES[row.values["kind"]].objects.get(reference=row.reference)
    draft = page.get_latest_revision_as_object()
    if differs(draft, changed_values(row), checker.taxonomy):
        draft.save_revision(user=checker.user, clean=False, log_action=True)
    return page
