"""Keeps the addresses in the catalogue true when a page, or a page above it, moves.

The old address goes on working: wagtail.contrib.redirects remembers it.
"""

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_slug_changed, post_page_move

from credentials.catalogue.ledger import LedgerHead, PublishedVersion
from credentials.catalogue.projection import CatalogueEntry, project
from credentials.models.offering import Offering


@receiver(post_page_move)
@receiver(page_slug_changed)
def readdress(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Write the entries of all offerings at or below a page anew, and let every cache know."""
    offerings = Offering.objects.descendant_of(instance, inclusive=True).values("pk")
    versions = PublishedVersion.objects.filter(offering_id__in=offerings).in_order()
    with transaction.atomic():
        if not versions.exists():
            return
        CatalogueEntry.objects.filter(offering_pk__in=offerings).delete()
        for version in versions.select_related("approval", "supersedes"):
            project(version, version.supersedes)
        LedgerHead.advance()
