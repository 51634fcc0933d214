"""The site's addresses, with the APIs to compare with beside them."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.api.v3.urls import api as v3

from config.urls import urlpatterns as site_urlpatterns

CONSTANT = b'{"status": "ok", "message": "The ceiling of the stack: a view that does nothing."}'

router = WagtailAPIRouter("bench_v2")
router.register_endpoint("pages", PagesAPIViewSet)


def constant(request: HttpRequest) -> HttpResponse:
    """Answer a small constant JSON: through every middleware, with no work of its own."""
    return HttpResponse(CONSTANT, content_type="application/json")


urlpatterns = [
    path("bench/constant", constant),
    path("bench/v2/", router.urls),
    path("bench/v3/", v3.urls),  # as Wagtail mounts it; the site asks for a token
    *site_urlpatterns,
]
