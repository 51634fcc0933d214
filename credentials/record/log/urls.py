"""Addresses of the log. Its readers know them by the prefix under which the site puts them."""

from django.urls import URLPattern, path, re_path

from credentials.record.log import endpoints
from credentials.record.log.page import RecordPage

app_name = "record"

urlpatterns: list[URLPattern] = [
    path("", RecordPage.as_view(), name="page"),
    path("checkpoint", endpoints.checkpoint, name="checkpoint"),
    path("key", endpoints.key, name="key"),
    re_path(r"^tile/(?P<path>[\s\S]*)$", endpoints.tile, name="tile"),
]
