"""The site's own pages and address, changed only where nobody has changed them yet."""

from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from wagtail.models import Site

from home.demo.data_files import read_shared
from home.models import CataloguePage, HomePage

MIGRATION_DEFAULT = ("localhost", 80)


class NoCatalogue(Exception):
    """There is no catalogue page to put the offerings under."""


def prepare_site(base_url: str) -> CataloguePage:
    """Write the introductions, set the site's address, and return the catalogue page.

    Raises NoCatalogue when an editor has deleted the page that the migrations made.
    """
    catalogue = CataloguePage.objects.first()
    if catalogue is None:
        raise NoCatalogue(
            _("There is no catalogue page. Make one below the home page, and load again.")
        )
    texts = read_shared("texts")
    for page in [HomePage.objects.first(), catalogue]:
        if page is not None and not page.latest_revision_id:
            _publish_text(page, texts[type(page).__name__])
    _set_address(base_url)
    return CataloguePage.objects.get(pk=catalogue.pk)


def _publish_text(page: Any, texts: dict[str, str]) -> None:
    """Publish texts on a page that no editor has touched: it has no revision yet."""
    for name, text in texts.items():
        setattr(page, name, " ".join(text.split()))
    page.save_revision().publish()


def _set_address(base_url: str) -> None:
    """Let page addresses be those that the server answers on."""
    site = Site.objects.filter(is_default_site=True).first()
    parts = urlsplit(base_url)
    if site is None or parts.hostname is None:
        return
    address = (parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
    if (site.hostname, site.port) == MIGRATION_DEFAULT and address != MIGRATION_DEFAULT:
        site.hostname, site.port = address
        site.save()
