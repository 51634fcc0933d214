"""How an offering answers a visitor: with the published document, never with the row."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from credentials.catalogue.addresses import addresses, named, with_urls
from credentials.catalogue.past import PARAMETER, PastDay, past_day
from credentials.catalogue.stack_display import stack_display
from credentials.context_processors import institution
from credentials.models.osap_flag import is_osap_approved
from credentials.record.document import document_of
from credentials.record.ledger import PublishedVersion
from credentials.record.projection import CatalogueEntry

GONE = 410
NOT_FOUND = 404
UNPROCESSABLE = 422


class PublicPage(Page):
    """Serves the ledger's word on an offering: offered, retired or withdrawn (laws 1, 6, 7)."""

    public_template: ClassVar[str] = "credentials/offering.html"
    withdrawn_template: ClassVar[str] = "credentials/withdrawn.html"
    not_then_template: ClassVar[str] = "credentials/not_then.html"

    class Meta:
        abstract = True

    @property
    def is_osap_approved(self) -> bool:
        """Whether OSAP is approved for this academic year: what the public flag is made of."""
        return is_osap_approved(self)

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find a withdrawn offering's page too: it is not live, but it has something to say."""
        if not path_components and not self.live:
            entry = self._entry(None)
            if entry is not None and entry.event == PublishedVersion.Event.WITHDRAWN:
                return RouteResult(self)
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the published document, as of a past day where `?as_of=` asks for one.

        410 with the reason once it is withdrawn; 404 where it was not published by then; 422 for
        what is no past day. Raises Http404 when nothing was ever published.
        """
        request.is_preview = False  # type: ignore[attr-defined]
        try:
            past = past_day(request.GET.get(PARAMETER, ""))
        except ValueError as error:
            return self._not_then(request, str(error), UNPROCESSABLE)
        entry = self._entry(past)
        if entry is None and past is not None and self._entry(None) is not None:
            return self._not_then(request, "", NOT_FOUND, past)
        if entry is None:
            raise Http404
        context = self.get_context(request, document=entry.document, past=past)
        if entry.event == PublishedVersion.Event.WITHDRAWN:
            return TemplateResponse(request, self.withdrawn_template, context, status=GONE)
        return TemplateResponse(request, self.public_template, context)

    def _not_then(
        self, request: HttpRequest, sentence: str, status: int, past: PastDay | None = None
    ) -> HttpResponse:
        context = {
            **super().get_context(request),
            **institution(request),
            "sentence": sentence,
            "past": past,
        }
        return TemplateResponse(request, self.not_then_template, context, status=status)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show editors and deciders what this draft would publish."""
        request.is_preview = True  # type: ignore[attr-defined]
        document = {**document_of(self), "osap_eligible": self.is_osap_approved}
        context = self.get_context(request, document=document)
        return TemplateResponse(request, self.public_template, context)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `document` (served, or a draft's) and what surrounds it.

        `prerequisites` and `stacks_into` name offerings with `url`, which is empty where there is
        no page to link to; `stack` is what it is made of, drawn and in words. `versions` is the
        ledger's history, newest first, and `approved_in` the version in which what stands now was
        approved: later ones only changed editorial fields, or its standing. Where it is a page of
        a past day, `past` says which, and all of this is as it was then.
        """
        document, past = kwargs["document"], kwargs.get("past")
        stacking = document["stacking"] or {"components": []}
        required = [item["offering"] for item in document["prerequisites"] if item["offering"]]
        catalogue = past.entries() if past else CatalogueEntry.objects.current()
        parents = catalogue.offered().containing(self.uuid)
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
        if past is not None:
            versions = [version for version in versions if version.valid_from <= past.moment]
        found = addresses((item["id"] for item in linked), request, past) if linked else {}
        components = with_urls(stacking["components"], found)
        prerequisites = [
            {**item, "url": found.get((item["offering"] or {}).get("id", ""), "")}
            for item in document["prerequisites"]
        ]
        return {
            **super().get_context(request, *args, **kwargs),
            **institution(request),
            "document": document,
            "stack": stack_display(document, components, prerequisites, catalogue),
            "prerequisites": prerequisites,
            "stacks_into": with_urls(stacks_into, found),
            "versions": versions,
            "approved_in": _approved_in(versions),
            "past": past,
            "past_on": past.day if past else None,
        }

    def _entry(self, past: PastDay | None) -> CatalogueEntry | None:
        """What the ledger says of it, now or at the end of a past day."""
        entries = past.entries() if past else CatalogueEntry.objects.current()
        return entries.defer("search_text").filter(offering_uuid=self.uuid).first()


def _approved_in(versions: list[PublishedVersion]) -> PublishedVersion | None:
    """The oldest of the newest versions that share their governed content."""
    found = None
    for version in versions:
        if found is not None and not version.shares_governed_content(found):
            break
        found = version
    return found
