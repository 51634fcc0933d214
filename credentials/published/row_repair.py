"""Putting rows of offerings back to what the ledger says, and its approvals hold (law 1)."""

from collections.abc import Iterator

from django.db import transaction
from wagtail.models import Revision

from credentials.compliance.standings import rows_of
from credentials.models.offerings.offering import Offering
from credentials.published.row_faults import compared, differences, heads_of, says_the_same
from credentials.record.ledger import PublishedVersion


def differing() -> Iterator[tuple[Offering, list[str]]]:
    """The offerings whose row differs from the ledger, each with a sentence for every difference.

    A row that has lost its part of its kind cannot be read, and is left to `row_faults`.
    """
    for _key, row, head in compared():
        if row is not None and (found := list(differences(row, head))):
            yield row, found


def restore(key: int) -> str:
    """Put one row back, with its parts. Returns what was done, or why it could not be.

    Saving asks the ledger as ever, so nothing can become public that was not approved.
    """
    with transaction.atomic():
        Offering.objects.select_for_update().get(pk=key)
        (row,) = rows_of([key])
        head = heads_of([key]).get(key)
        if head is None or not head.is_public:
            row.unpublish()
            return "It was taken offline."
        if says_the_same(row, head):
            row.live = True
            row.save(clean=False)
            return "It was put online again."
        revision = _revision_of(row, head)
        if revision is None:
            return (
                f"It cannot be restored: no revision holds the content of version {head.number} "
                "any more. The public goes on reading that version. Write its words into a draft "
                "and submit it."
            )
        _write(revision)
        return f"The content of version {head.number} was restored from revision {revision.pk}."


def _revision_of(row: Offering, head: PublishedVersion) -> Revision | None:
    """The newest revision that holds what was approved."""
    revisions = row.revisions.order_by("-pk").iterator()
    return next((r for r in revisions if says_the_same(r.as_object(), head)), None)


def _write(revision: Revision) -> None:
    page = revision.as_object()
    page.live = True
    page.live_revision = revision
    page.has_unpublished_changes = revision.pk != page.latest_revision_id
    page.go_live_at = None
    page.expired = False
    page.save(clean=False)
