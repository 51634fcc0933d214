"""Addresses of the procedure and the closures in the admin, and their menu items."""

from typing import Any

from django.urls import URLResolver, include, path, re_path, reverse
from django.utils.translation import gettext as _

from appeals.admin.menu import OfficeItem
from appeals.admin.office import closures
from appeals.admin.procedures import draft_pages, force
from appeals.admin.procedures.history import HistoryView
from appeals.admin.procedures.pages import NAMESPACE, IndexView, VersionView, versions_export
from appeals.admin.procedures.preview import PreviewView

VERSION = "versions/<key:pk>/"
PROCEDURE_ADDRESSES = [
    path("", IndexView.as_view(), name="index"),
    re_path(r"^versions\.(?P<extension>csv|xlsx)$", versions_export, name="export"),
    path(VERSION, VersionView.as_view(), name="version"),
    path(f"{VERSION}preview/", PreviewView.as_view(), name="preview"),
    path(f"{VERSION}changes/", force.ChangesView.as_view(), name="changes"),
    path(f"{VERSION}history/", HistoryView.as_view(), name="history"),
    path(f"{VERSION}draft/", draft_pages.NewDraftView.as_view(), name="new_draft"),
    path(f"{VERSION}edit/", draft_pages.EditView.as_view(), name="edit"),
    path(f"{VERSION}delete/", draft_pages.DeleteDraftView.as_view(), name="delete"),
    path(f"{VERSION}force/", force.AdoptView.as_view(), name="adopt"),
    path(
        f"{VERSION}letters/<key:letter_pk>/",
        draft_pages.EditLetterView.as_view(),
        name="letter",
    ),
]
CLOSURE_ADDRESSES = [
    path("", closures.ClosuresView.as_view(), name="index"),
    re_path(r"^all\.(?P<extension>csv|xlsx)$", closures.closures_export, name="export"),
    path("add/", closures.AddClosureView.as_view(), name="add"),
    path("<key:pk>/remove/", closures.RemoveClosureView.as_view(), name="remove"),
]


def register_urls() -> list[URLResolver]:
    """Addresses below the admin's own."""
    return [
        path("appeals/procedure/", include((PROCEDURE_ADDRESSES, NAMESPACE))),
        path("appeals/closures/", include((CLOSURE_ADDRESSES, closures.NAMESPACE))),
    ]


def procedure_item() -> Any:
    """“Procedure”, below “Appeals”."""
    return OfficeItem(
        _("Procedure"), reverse(f"{NAMESPACE}:index"), icon_name="clipboard-list", order=800
    )


def closures_item() -> Any:
    """“Closures”, below “Appeals”."""
    return OfficeItem(
        _("University closures"),
        reverse(f"{closures.NAMESPACE}:index"),
        icon_name="calendar-alt",
        order=810,
    )
