"""Checks rows against the catalogue, a chunk at a time. Reads only."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState
from wagtail.permissions import page_permission_policy

from credentials.imports.mapping import Mapping
from credentials.imports.offerings import Taxonomy, differs
from credentials.imports.problems import BadValue
from credentials.imports.rows import CheckedRow, RowReader, Status
from credentials.imports.sheets import SourceRow
from credentials.models import PAGE_TYPES, ImportedValues, Offering

CHUNK = 200


class Checker:
    """Says of every row whether it is new, changed, unchanged or invalid.

    `seen` maps references met so far to their line, `slugs` those to their line; both grow.
    With a user, changes to pages that this user may not edit are problems.
    """

    def __init__(
        self,
        headers: list[str],
        mapping: Mapping,
        parent: Page,
        user: AbstractBaseUser | None = None,
        seen: dict[str, int] | None = None,
    ) -> None:
        mapping.require_complete()
        self.reader = RowReader(headers, mapping)
        self.parent = parent
        self.user = user
        self.seen: dict[str, int] = {} if seen is None else seen
        self.slugs: dict[str, int] = {}
        self.taxonomy = Taxonomy()

    def check(self, sources: Iterable[SourceRow]) -> Iterator[list[CheckedRow]]:
        """Yield checked rows in chunks, in the order of the file."""
        remaining = iter(sources)
        while chunk := list(islice(remaining, CHUNK)):
            rows = [self.reader.read(source) for source in chunk]
            self._compare(rows)
            yield rows

    def _compare(self, rows: list[CheckedRow]) -> None:
        known = _Known([row.reference for row in rows if row.reference], self.user)
        taken = self._taken_slugs([row.values["slug"] for row in rows if "slug" in row.values])
        for row in rows:
            checks: dict[str, Any] = {
                "reference": self._check_repeated,
                "academic_unit": self._check_unit,
                "slug": lambda row: self._check_slug(row, taken, known),
                "kind": lambda row: self._match(row, known),
            }
            for name, check in checks.items():
                if row.problems and name == "kind":
                    continue
                try:
                    check(row)
                except BadValue as why:
                    texts = {name: str(row.values.get(name, ""))}
                    self.reader.refuse(
                        row, texts, why.code if why.code == "reference" else name, why
                    )
            if row.problems:
                row.status = Status.INVALID

    def _check_repeated(self, row: CheckedRow) -> None:
        if not row.reference:
            return
        first = self.seen.setdefault(row.reference, row.line)
        if first != row.line:
            raise BadValue(
                "reference",
                _("The reference already stands on line %s.") % first,
                _("Remove one of the two rows, or give this one a reference of its own."),
            )

    def _check_unit(self, row: CheckedRow) -> None:
        code = row.values.get("academic_unit")
        if code and code.casefold() not in self.taxonomy.units:
            raise BadValue(
                "unit",
                _("No academic unit has this code."),
                _("Register the unit first, or write one of: %s.")
                % (", ".join(sorted(self.taxonomy.units)) or _("none is registered")),
            )

    def _taken_slugs(self, slugs: list[str]) -> dict[str, set[int]]:
        """Pages that use each slug: any offering's, or a neighbour's."""
        taken: dict[str, set[int]] = {}
        if slugs:
            pages = Offering.objects.filter(slug__in=slugs).values_list("slug", "pk")
            beside = self.parent.get_children().filter(slug__in=slugs).values_list("slug", "pk")
            for slug, pk in [*pages, *beside]:
                taken.setdefault(slug, set()).add(pk)
        return taken

    def _check_slug(self, row: CheckedRow, taken: dict[str, set[int]], known: "_Known") -> None:
        slug = row.values.get("slug")
        if not slug:
            return
        page = known.pages.get(row.reference)
        others = taken.get(slug, set()) - ({page.pk} if page else set())
        if others or self.slugs.setdefault(slug, row.line) != row.line:
            raise BadValue(
                "slug",
                _("Another offering has this address."),
                _("Choose another, or leave it empty to have one made from the title."),
            )

    def _match(self, row: CheckedRow, known: "_Known") -> None:
        page = known.pages.get(row.reference)
        if page is None:
            row.status = Status.NEW
            return
        row.pk, row.before = page.pk, known.values.get(page.pk)
        model = PAGE_TYPES[row.values["kind"]]
        if page.specific_class is not model:
            raise BadValue(
                "kind_changed",
                _("This reference is already an offering of another kind."),
                _("Keep the kind, or give the row a reference of its own."),
            )
        if not (changes := changed_values(row)):
            row.status = Status.UNCHANGED
            return
        draft = page.specific.get_latest_revision_as_object()
        if not differs(draft, changes, self.taxonomy):
            row.status = Status.UNCHANGED
            return
        known.require_editable(page)
        row.status = Status.CHANGED


def changed_values(row: CheckedRow) -> dict[str, Any]:
    """What the row says differently from the last row imported for its reference.

    So a row that did not change in the spreadsheet never undoes what was edited here since.
    """
    before = row.before or {}
    return {name: value for name, value in row.values.items() if before.get(name) != value}


class _Known:
    """What the catalogue knows of the references of one chunk, in a fixed number of queries."""

    def __init__(self, references: list[str], user: AbstractBaseUser | None) -> None:
        pages = list(Offering.objects.filter(reference__in=references))
        keys = [page.pk for page in pages]
        self.pages: dict[str, Offering] = {str(page.reference): page for page in pages}
        self.values: dict[int, dict[str, Any]] = dict(
            ImportedValues.objects.filter(offering__in=keys).values_list("offering_id", "values")
        )
        self._under_decision = {
            int(pk)
            for pk in WorkflowState.objects.active()
            .filter(
                base_content_type=ContentType.objects.get_for_model(Page),
                object_id__in=[str(pk) for pk in keys],
            )
            .values_list("object_id", flat=True)
        }
        self._editable = self._pages_editable_by(user, keys)

    def _pages_editable_by(self, user: AbstractBaseUser | None, keys: list[int]) -> set[int]:
        if user is None or not keys:
            return set(keys)
        editable = page_permission_policy.instances_user_has_permission_for(user, "change")
        return set(editable.filter(pk__in=keys).values_list("pk", flat=True))

    def require_editable(self, page: Offering) -> None:
        """Raise BadValue when the page is being decided on, locked, or not this user's to edit."""
        if page.pk in self._under_decision:
            raise BadValue(
                "reference",
                _("This offering is being decided on."),
                _("Wait for the decision, or cancel its route, and import again."),
            )
        if page.locked:
            raise BadValue(
                "reference", _("This offering is locked."), _("Unlock it, and import again.")
            )
        if page.pk not in self._editable:
            raise BadValue(
                "reference",
                _("You may not edit this offering."),
                _("Ask for the permission, or leave the row out."),
            )
