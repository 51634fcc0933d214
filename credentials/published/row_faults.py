"""Where the rows of offerings part from the ledger: what nothing could refuse is noticed.

What the public reads comes from the ledger, so a row that differs makes nothing public; but its
page can be gone while the catalogue names it, and its editor shows words that nobody decided on
(laws 1 and 7).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from django.db.models import Q, prefetch_related_objects
from wagtail.models import Page, PageViewRestriction, Site

from credentials.compliance.standings import chunks_of_keys, rows_of
from credentials.models.offerings.offering import Offering
from credentials.models.page_types import PAGE_TYPES
from credentials.record.content import freeze
from credentials.record.ledger import PublishedVersion

PLACES = 256  # parent pages whose faults are remembered
RESTORE = "Run `manage.py restore_rows`."
MEND_TREE = "Run `manage.py fixtree`."
MEND_URLS = "Run `manage.py set_url_paths`."
ASKS = Q(view_restrictions__isnull=False) & ~Q(
    view_restrictions__restriction_type=PageViewRestriction.NONE
)
# What content names beside what the policy's views read: read for a chunk at once.
ALSO_CONTENT = ("sessions", "offering_skills__skill", "academic_unit", "image")


def row_faults(tick: Callable[[], None] = lambda: None) -> Iterator[str]:
    """Compare every offering's row, its parts and its place with the ledger.

    Yields a sentence for each difference, with what mends it; what is wrong with a page above is
    said once. Memory stays the same however many there are: they are read in chunks. `tick` is
    called for each offering.
    """
    Site.clear_site_root_paths_cache()  # it outlives a change behind Wagtail's back
    place_at = lru_cache(maxsize=PLACES)(_place_at)
    sites = SimpleNamespace()
    said: frozenset[str] = frozenset()
    for key, row, head in compared():
        tick()
        if row is None:
            yield f"Offering {key} has lost the part of its row that says what kind it is."
            continue
        named = f"“{row.title}” (page {key})"
        yield from (f"{named} {fault}" for fault in differences(row, head))
        if head is None:
            continue
        place = place_at(row.path[: -row.steplen])
        yield from (f"{named} {fault}" for fault in _faults_in(place, row, sites))
        yield from (f"{named}, like all there, {fault}" for fault in place.faults - said)
        said |= place.faults


def compared() -> Iterator[tuple[int, Offering | None, PublishedVersion | None]]:
    """Every offering's key, its row with its parts, and its newest version if it has any.

    The row is None where the table of its kind lacks it.
    """
    for keys in chunks_of_keys(Offering.objects.all()):
        heads = heads_of(keys)
        rows = {row.pk: row for row in rows_of(_of_a_kind(keys))}
        prefetch_related_objects(list(rows.values()), *ALSO_CONTENT)
        for key in keys:
            yield key, rows.get(key), heads.get(key)


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
    return version.says(freeze(content))


def heads_of(keys: list[int]) -> dict[int, PublishedVersion]:
    """The newest version of each of these offerings that has one."""
    heads = PublishedVersion.objects.filter(offering__in=keys, superseded_by__isnull=True)
    return {head.offering_id: head for head in heads.defer("document")}


def _of_a_kind(keys: list[int]) -> set[int]:
    found: set[int] = set()
    for model in PAGE_TYPES.values():
        found.update(model.objects.filter(pk__in=keys).values_list("pk", flat=True))
    return found


@dataclass(frozen=True)
class _Place:
    """Where pages stand: the address of the page above them, and what keeps visitors from there."""

    url_path: str
    faults: frozenset[str]


def _place_at(path: str) -> _Place:
    steps = range(Page.steplen, len(path) + 1, Page.steplen)
    above = list(Page.objects.filter(path__in=[path[:end] for end in steps]).order_by("path"))
    if len(above) != len(steps):
        return _Place("", frozenset([f"stands below a page that does not exist. {MEND_TREE}"]))
    return _Place(above[-1].url_path, frozenset(_faults_of(above)))


def _faults_of(above: list[Page]) -> Iterator[str]:
    """What is wrong with the pages from the tree's root down to a place."""
    asking = Page.objects.filter(pk__in=[page.pk for page in above]).filter(ASKS)
    for page in asking.distinct():
        yield f"stands below “{page.title}”, which not everybody may open. Make that page public."
    for page in above:
        if page.depth > 1 and not page.live:
            yield f"stands below “{page.title}”, which is not published. Publish that page."
        if page.numchild != _children(page):
            yield f"stands below “{page.title}”, which miscounts what is below it. {MEND_TREE}"
    for parent, page in pairwise(above):
        if page.url_path != f"{parent.url_path}{page.slug}/":
            yield f"stands below “{page.title}”, whose address does not fit its place. {MEND_URLS}"


def _children(page: Page) -> int:
    below = Page.objects.filter(path__startswith=page.path, depth=page.depth + 1)
    return int(below.count())


def _faults_in(place: _Place, row: Offering, sites: Any) -> Iterator[str]:
    """What is wrong with a row where it stands."""
    if row.get_url_parts(sites) is None:
        yield "belongs to no site, so it has no address. Let a site begin above it, or move it."
    if place.url_path and row.url_path != f"{place.url_path}{row.slug}/":
        yield f"has an address that does not fit its place. {MEND_URLS}"
    if Page.objects.filter(ASKS, pk=row.pk).exists():
        yield "asks who is there. Make the page public."
