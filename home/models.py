"""Pages that a visitor meets: the home page, and the catalogue under which offerings live."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from credentials.catalogue.addresses import cards
from credentials.choices import Category, Kind
from credentials.models import Branch
from credentials.record.projection import CatalogueEntry
from home.catalogue_search import CatalogueSearch
from home.facets import counts_of

RECENT = 6


@dataclass(frozen=True)
class Text:
    """A text and the language it is in, which need not be the visitor's."""

    text: str
    language: str


class BilingualPage(Branch):
    """A page whose texts an editor may also write in French."""

    introduction = models.TextField(_("introduction"), blank=True)
    title_fr = models.CharField(
        _("title in French"), max_length=255, blank=True, default="", db_default=""
    )
    introduction_fr = models.TextField(
        _("introduction in French"), blank=True, default="", db_default=""
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("title_fr"),
        FieldPanel("introduction"),
        FieldPanel("introduction_fr"),
    ]

    class Meta:
        abstract = True

    @property
    def heading(self) -> Text:
        """The title in the visitor's language, or in the site's where it has none in that one."""
        return self._written("title")

    @property
    def lead(self) -> Text:
        """The introduction, likewise."""
        return self._written("introduction")

    def _written(self, name: str) -> Text:
        french = getattr(self, f"{name}_fr") if get_language() == "fr" else ""
        return Text(french, "fr") if french else Text(getattr(self, name), settings.LANGUAGE_CODE)


class HomePage(BilingualPage):
    """The front door: what continuous learning is here, and ways into the catalogue."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["home.CataloguePage"]
    max_count = 1

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the catalogue, how much of each kind and category it has, and what is newest."""
        recent = (
            CatalogueEntry.objects.current()
            .offered()
            .defer("search_text")
            .order_by("-valid_from", "-pk")[:RECENT]
        )
        return {
            **super().get_context(request, *args, **kwargs),
            "catalogue": CataloguePage.objects.child_of(self).live().first(),
            "kinds": _ways_in(Kind, counts_of("kind")),
            "categories": _ways_in(Category, counts_of("category")),
            "recent": cards(recent, request),
        }


class CataloguePage(BilingualPage):
    """The catalogue: lists and searches published offerings, which are its child pages."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = [
        "credentials.CertificateProgram",
        "credentials.Course",
        "credentials.MicroCredential",
        "credentials.DigitalBadge",
    ]

    class Meta:
        verbose_name = _("catalogue")
        verbose_name_plural = _("catalogues")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the search that the query string asks for, and the page of its results."""
        search = CatalogueSearch(request.GET)
        results = search.page()
        return {
            **super().get_context(request, *args, **kwargs),
            "search": search,
            "results": results,
            "cards": search.cards(results, request),
            "pages": results.paginator.get_elided_page_range(results.number, on_each_side=1),
            "facets": search.facets(),
            "active_filters": search.active_filters(),
            "past": search.past,
        }


def _ways_in(vocabulary: type[models.TextChoices], counts: dict[str, int]) -> list[dict[str, Any]]:
    """The values that are on offer: key, label, how many."""
    return [
        {"key": key, "label": label, "count": counts[key]}
        for key, label in vocabulary.choices
        if counts.get(key)
    ]
