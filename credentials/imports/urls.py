"""What the admin registers: addresses and a menu item."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, re_path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from credentials.imports import views

NAMESPACE = "credentials_imports"

_ADDRESSES = [
    path("", views.IndexView.as_view(), name="index"),
    path("new/", views.NewView.as_view(), name="new"),
    re_path(r"^template\.(?P<extension>csv|xlsx)$", views.template_file, name="template"),
    path("<key:pk>/", views.RunView.as_view(), name="run"),
    path("<key:pk>/columns/", views.ColumnsView.as_view(), name="columns"),
    path("<key:pk>/progress/", views.progress, name="progress"),
    path("<key:pk>/problems.csv", views.problems_csv, name="problems"),
    *(
        path(f"<key:pk>/{step}/", views.StepView.as_view(step=step), name=step)
        for step in ("advance", "confirm", "cancel")
    ),
]


class ImportMenuItem(MenuItem):
    """Shown to those who may import."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(views.PERMISSION)


def register_urls() -> list[URLResolver]:
    """Addresses below the admin's own."""
    return [path("imports/", include((_ADDRESSES, NAMESPACE), namespace=NAMESPACE))]


def menu_item() -> MenuItem:
    """“Import offerings”, in the settings menu."""
    return ImportMenuItem(
        _("Import offerings"),
        reverse_lazy(f"{NAMESPACE}:index"),
        name="import-offerings",
        icon_name="upload",
        order=900,
    )
