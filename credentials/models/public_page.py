"""How an offering answers a visitor: with the published document, never with the row."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from credentials.catalogue.addresses import addresses, named, with_urls
from credentials.catalogue.document import document_of
from credentials.catalogue.ledger import PublishedVersion
from credentials.catalogue.projection import CatalogueEntry
from credentials.catalogue.stack_display import stack_display
from credentials.context_processors import institution

GONE = 410


class PublicPage(Page):
    """Serves the ledger's word on an offering: offered, retired or withdrawn (laws 1, 6, 7)."""

    public_template: ClassVar[str] = "credentials/offering.html"
    withdrawn_template: ClassVar[str] = "credentials/withdrawn.html"

    class Meta:
        abstract = True

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find a withdrawn offering's page too: it is not live, but it has something to say."""
        if not path_components and not self.live:
            entry = self._current_entry()
            if entry is not None and entry.event == PublishedVersion.Event.WITHDRAWN:
                return RouteResult(self)
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the published document; 410 with the reason once it is withdrawn.

        Raises Http404 when nothing was ever published.
        """
        request.is_preview = False  # type: ignore[attr-defined]
        entry = self._current_entry()
        if entry is None:
            raise Http404
        context = self.get_context(request, document=entry.document)
        if entry.event == PublishedVersion.Event.WITHDRAWN:
            return TemplateResponse(request, self.withdrawn_template, context, status=GONE)
        return TemplateResponse(request, self.public_template, context)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show editors and deciders what this draft would publish."""
        request.is_preview = True  # type: ignore[attr-defined]
        context = self.get_context(request, document=document_of(self))
        return TemplateResponse(request, self.public_template, context)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `document` (served, or a draft's) and what surrounds it.

        `prerequisites` and `stacks_into` name offerings with `url`, which is empty where there is
        no page to link to; `stack` is what it is made of, drawn and in words. `versions` is the
        ledger's history, newest first, and `approved_in` the version in which what stands now was
        approved: later ones only changed editorial fields, or its standing.
        """
        document = kwargs["document"]
        stacking = document["stacking"] or {"components": []}
        required = [item["offering"] for item in document["prerequisites"] if item["offering"]]
        parents = CatalogueEntry.objects.current().offered().containing(self.uuid)
        stacks_into = [
            named(entry)
            for entry in parents.only("offering_uuid", "slug", "title", "kind").order_by("title")
        ]
        linked = [*stacking["components"], *required, *stacks_into]
        versions = list(
            PublishedVersion.objects.filter(offering_id=self.pk)
            .select_related("approval")
            .defer("document", "approval__content")
            .order_by("-number")
        )
        found = addresses((item["id"] for item in linked), request) if linked else {}
        components = with_urls(stacking["components"], found)
        prerequisites = [
            {**item, "url": found.get((item["offering"] or {}).get("id", ""), "")}
            for item in document["prerequisites"]
        ]
        return {
            **super().get_context(request, *args, **kwargs),
            **institution(request),
            "document": document,
            "stack": stack_display(document, components, prerequisites),
            "prerequisites": prerequisites,
            "stacks_into": with_urls(stacks_into, found),
            "versions": versions,
            "approved_in": _approved_in(versions),
        }

    def _current_entry(self) -> CatalogueEntry | None:
        entries = CatalogueEntry.objects.current().defer("search_text")
        return entries.filter(offering_uuid=self.uuid).first()


def _approved_in(versions: list[PublishedVersion]) -> PublishedVersion | None:
    """The oldest of the newest versions that share their governed content."""
    found = None
    for version in versions:
        if found is not None and version.governed_hash != found.governed_hash:
            break
        found = version
    return found
