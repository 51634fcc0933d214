"""The contract: all operations as Django Ninja knows them, openapi.json, and a page to try them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from credentials.api import (
    changes,
    exports,
    facets,
    history,
    offerings,
    pathway,
    permanent,
    proofs,
    reviews,
)
from credentials.api.documentation import complete
from credentials.api.requests.conditional import CACHE_CONTROL

NAMESPACE = "catalogue_api"


class CatalogueAPI(NinjaAPI):
    """Makes the contract; requests are answered by `serving`, see there."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the OpenAPI 3.1 document, with paths relative to where the API is mounted."""
        document = super().get_openapi_schema(path_prefix="")
        complete(document)
        root = reverse(f"{NAMESPACE}:openapi-json").removesuffix("/openapi.json")
        document["servers"] = [{"url": root}]
        return document

    def get_openapi_operation_id(self, operation: Any) -> str:
        """Name operations as generated clients should call them."""
        return str(operation.view_func.__name__)


api = CatalogueAPI(
    title="Catalogue",
    version="1.0.0",
    description=(
        "The published offerings: certificate programs, courses, micro-credentials and digital "
        "badges. Read-only and public. Within version 1 members and parameters are only added."
    ),
    urls_namespace=NAMESPACE,
)
for module in (offerings, history, proofs, reviews, pathway, permanent, facets, changes, exports):
    api.add_router("", module.router)


def openapi_json(request: HttpRequest) -> HttpResponse:
    """Serve the OpenAPI document."""
    return JsonResponse(api.get_openapi_schema(), headers={"Cache-Control": CACHE_CONTROL})


def docs(request: HttpRequest) -> HttpResponse:
    """Serve the page to try the API; its assets come from this site."""
    return api.docs.render_page(request, api)
