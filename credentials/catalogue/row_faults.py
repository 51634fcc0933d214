"""Where the rows of offerings part from the ledger: what nothing could refuse is noticed.

What the public reads comes from the ledger, so a row that differs makes nothing public; but its
page can be gone while the catalogue names it, and its editor shows words that nobody decided on
(laws 1 and 7).
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from wagtail.models import Page, PageViewRestriction, Site

from credentials.catalogue.ledger import PublishedVersion
from credentials.compliance.standing import chunks_of_keys, rows_of
from credentials.content import freeze
from credentials.models.offering import Offering
from credentials.models.page_types import PAGE_TYPES

PLACES = 256  # parent pages whose faults are remembered
RESTORE = "Run `manage.py restore_rows`."
MEND_TREE = "Run `manage.py fixtree`."
MEND_URLS = "Run `manage.py set_url_paths`."


def row_faults() -> Iterator[str]:
    """Compare every offering's row, its parts and its place with the ledger.

    Yields a sentence for each difference, with what mends it. Memory stays the same however many
    there are: they are read in chunks.
    """
    Site.clear_site_root_paths_cache()  # it outlives a change behind Wagtail's back
    place_faults = lru_cache(maxsize=PLACES)(_place_faults)
    sites = SimpleNamespace()
    for keys in chunks_of_keys(Offering.objects.all()):
        typed = _of_a_type(keys)
        for key in sorted(set(keys) - typed):
            yield f"Offering {key} has lost the part of its row that says what kind it is."
        heads = heads_of(typed)
        for row in rows_of(typed):
            named = f"“{row.title}” (page {row.pk})"
            head = heads.get(row.pk)
            yield from (f"{named} {fault}" for fault in differences(row, head))
            if head is not None:
                parent = row.path[: -row.steplen]
                yield from (f"{named} {fault}" for fault in place_faults(parent))
                yield from (f"{named} {fault}" for fault in _own_place_faults(row, sites))


def differences(row: Offering, head: PublishedVersion | None) -> Iterator[str]:
    """In what a row, with its parts, differs from the newest version; what `restore_rows` mends."""
    if row.alias_of_id:
        yield "is an alias, and an offering has one page. Delete it, or convert it in its menu."
    if head is None or not head.is_public:
        if row.live:
            word = "was withdrawn" if head else "was never published"
            yield f"is live, and the ledger says that it {word}. {RESTORE}"
        return
    if not row.live:
        yield f"is not live, and the ledger says that it is public. {RESTORE}"
    if not says_the_same(row, head):
        yield f"holds other content than version {head.number} of the ledger. {RESTORE}"


def says_the_same(content: Offering, version: PublishedVersion) -> bool:
    """Whether a row or a draft, with its parts, holds the content of a version."""
    return freeze(content).content_hash == version.content_hash


def heads_of(keys: set[int]) -> dict[int, PublishedVersion]:
    """The newest version of each of these offerings that has one."""
    heads = PublishedVersion.objects.filter(offering__in=keys, superseded_by__isnull=True)
    return {head.offering_id: head for head in heads.defer("document")}


def _of_a_type(keys: list[int]) -> set[int]:
    found: set[int] = set()
    for model in PAGE_TYPES.values():
        found.update(model.objects.filter(pk__in=keys).values_list("pk", flat=True))
    return found


def _place_faults(path: str) -> tuple[str, ...]:
    """What keeps visitors from whatever stands below a place of the tree."""
    steps = range(Page.steplen, len(path) + 1, Page.steplen)
    above = list(Page.objects.filter(path__in=[path[:end] for end in steps]).order_by("path"))
    if len(above) != len(steps):
        return (f"stands below a page that does not exist. {MEND_TREE}",)
    asking = PageViewRestriction.objects.filter(page__in=above).exclude(
        restriction_type=PageViewRestriction.NONE
    )
    return (
        *(
            f"stands below “{page.title}”, which is not published. Publish that page."
            for page in above[1:]
            if not page.live
        ),
        *(
            f"stands below “{page.title}”, which not everybody may open. Make that page public."
            for page in Page.objects.filter(view_restrictions__in=asking).distinct()
        ),
        *(
            f"stands below “{page.title}”, which miscounts the pages below it. {MEND_TREE}"
            for page in above
            if page.numchild != _children(page)
        ),
        *(
            f"stands below “{page.title}”, whose address does not fit its place. {MEND_URLS}"
            for parent, page in pairwise(above)
            if page.url_path != f"{parent.url_path}{page.slug}/"
        ),
    )


def _children(page: Page) -> int:
    below = Page.objects.filter(path__startswith=page.path, depth=page.depth + 1)
    return int(below.count())


def _own_place_faults(row: Offering, sites: Any) -> Iterator[str]:
    if row.get_url_parts(sites) is None:
        yield "belongs to no site, so it has no address. Let a site begin above it, or move it."
    if not row.url_path.endswith(f"/{row.slug}/"):
        yield f"has an address that does not fit its place. {MEND_URLS}"
    if row.view_restrictions.exclude(restriction_type=PageViewRestriction.NONE).exists():
        yield "asks who is there. Make the page public."
