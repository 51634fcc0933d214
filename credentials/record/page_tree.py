"""Which offerings on record stand below a page, and whether everybody can open a place.

An offering on record keeps an address that answers: offered or retired it shows its page, and
withdrawn it says so (laws 1 and 7).
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction, Site

from credentials.exceptions import PageStillNeeded
from credentials.record.ledger import PublishedVersion, PublishedVersionQuerySet


def heads() -> PublishedVersionQuerySet:
    """The newest version of each offering on record, with its offering."""
    newest: PublishedVersionQuerySet = PublishedVersion.objects.filter(superseded_by__isnull=True)
    return newest.select_related("offering").defer("document")


def public_heads() -> PublishedVersionQuerySet:
    """The newest versions of offerings that are offered or retired: their pages are live."""
    public: PublishedVersionQuerySet = heads().exclude(event=PublishedVersion.Event.WITHDRAWN)
    return public


def below(*pages: Page) -> Q:
    """What stands at and below pages, as a condition on versions."""
    return reduce(or_, (Q(offering__path__startswith=page.path) for page in pages), Q(pk__in=()))


def hold_online(page: Page) -> None:
    """Raise PageStillNeeded when something published stands at or below a page."""
    if head := public_heads().filter(below(page)).first():
        remedy = _("Withdraw what is published below it first: “Retire or withdraw” in its menu.")
        raise PageStillNeeded(page.title, head.offering.title, remedy)


def hold_in_place(page: Page) -> None:
    """Raise PageStillNeeded when something on record, withdrawn or not, stands at or below it."""
    if head := heads().filter(below(page)).first():
        raise PageStillNeeded(
            page.title,
            head.offering.title,
            _(
                "What was published keeps its page for ever, also once it is withdrawn. To take it "
                "back, use “Retire or withdraw” in its menu and leave the pages above it."
            ),
        )


def hold_move(page: Page, parent_before: Page, parent_after: Page) -> None:
    """Raise PageStillNeeded when a move would take what is on record out of everybody's reach.

    It may go only below a page of the same site that takes such pages, is published and is open
    to everybody, as are all above it.
    """
    head = heads().filter(below(page)).first()
    if head is None or parent_before.pk == parent_after.pk:
        return
    stays = page.is_site_root() or site_of(parent_before) == site_of(parent_after)
    if not stays or closed(parent_after) or not page.specific.can_move_to(parent_after):
        remedy = _(
            "Move it only to a published page of the same site that everybody can open and that "
            "is meant for such pages."
        )
        raise PageStillNeeded(page.title, head.offering.title, remedy)


def hold_sites(before: Iterable[Page], after: Iterable[Page], site: Site) -> None:
    """Raise PageStillNeeded when something on record would belong to no site any more.

    `before` and `after` are the root pages of all sites.
    """
    if head := heads().filter(below(*before)).exclude(below(*after)).first():
        remedy = _(
            "Let a site begin at “%(page)s”, or at a page above it, before you change this one."
        ) % {"page": site.root_page.title}
        raise PageStillNeeded(site.root_page.title, head.offering.title, remedy)


def site_of(page: Page) -> Site | None:
    """The site that a page belongs to: the one that begins nearest above it, or at it."""
    above = [
        site
        for site in Site.objects.select_related("root_page")
        if page.path.startswith(site.root_page.path)
    ]
    return max(above, key=lambda site: len(site.root_page.path), default=None)


def closed(page: Page) -> bool:
    """Whether a page, or one above it, is not published or asks who is there."""
    above = page.get_ancestors(inclusive=True).filter(depth__gt=1)
    asks = page.get_view_restrictions().exclude(restriction_type=PageViewRestriction.NONE)
    return bool(above.filter(live=False).exists() or asks.exists())
