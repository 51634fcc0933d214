"""Addresses of the catalogue API. Its operations are declared where they are written."""

from django.urls import URLPattern, URLResolver, path, re_path

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
from credentials.api.contract import NAMESPACE, docs, openapi_json
from credentials.api.requests.endpoint import nothing_here, served

app_name = NAMESPACE

urlpatterns: list[URLPattern | URLResolver] = [
    path("offerings", served(offerings.list_offerings), name="offerings"),
    path("offerings/<str:id>", served(offerings.get_offering), name="offering"),
    path("offerings/<str:id>/versions", served(history.list_versions), name="versions"),
    path("offerings/<str:id>/versions/<int:n>", served(history.get_version), name="version"),
    path(
        "offerings/<str:id>/versions/<int:n>/document",
        served(proofs.get_sealed_document),
        name="sealed-document",
    ),
    path("offerings/<str:id>/versions/<int:n>/proof", served(proofs.get_proof), name="proof"),
    path(
        "offerings/<str:id>/versions/<int:a>/diff/<int:b>",
        served(history.compare_versions),
        name="diff",
    ),
    path("offerings/<str:id>/reviews", served(reviews.list_reviews), name="reviews"),
    path("offerings/<str:id>/pathway", served(pathway.get_pathway), name="pathway"),
    path("offerings/<str:id>/page", served(permanent.get_page), name="page"),
    path("facets", served(facets.get_facets), name="facets"),
    path("suggest", served(facets.suggest), name="suggest"),
    path("changes", served(changes.list_changes), name="changes"),
    path("export.ndjson", served(exports.export_ndjson), name="export-ndjson"),
    path("export.csv", served(exports.export_csv), name="export-csv"),
    path("openapi.json", served(openapi_json), name="openapi-json"),
    path("docs", served(docs), name="openapi-view"),
    re_path(r"^(?P<address>.*)$", nothing_here),
]
