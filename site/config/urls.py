"""URLs of the site. Order matters: Wagtail's catch-all for pages comes last."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from credentials.authoring import writing_api
from credentials.doors.public_media import public_media
from workflows.api.contract import api as workflow_api

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v1/", include("credentials.api.urls")),
    path("api/v3/", writing_api.urls),
    path("api/workflow/v1/", workflow_api.urls),
    path("health/", include("workflows.jobs.urls")),
    path("governance/", include("workflows.urls")),
    path("credentials/", include("credentials.urls")),
    path("appeals/", include("appeals.urls")),
    path("record/", include("credentials.record.log.urls")),
]

if settings.SERVE_MEDIA:
    urlpatterns += [path("media/<path:path>", public_media)]

urlpatterns += [
    path("", include("home.urls")),
    path("", include(wagtail_urls)),
]
