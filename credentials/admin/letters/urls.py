"""Addresses of the texts of letters and notices in the admin, and their menu item."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from credentials.admin.letters import draft_pages, pages
from credentials.admin.letters.pages import NAMESPACE
from credentials.message_adoption import PERMISSION

OCCASION = "<slug:occasion>/"
VERSION = "versions/<key:pk>/"

_ADDRESSES = [
    path("", pages.IndexView.as_view(), name="index"),
    path(VERSION, pages.VersionView.as_view(), name="version"),
    path(f"{VERSION}changes/", pages.ChangesView.as_view(), name="changes"),
    path(f"{VERSION}edit/", draft_pages.EditView.as_view(), name="edit"),
    path(f"{VERSION}delete/", draft_pages.DeleteDraftView.as_view(), name="delete"),
    path(f"{VERSION}adopt/", draft_pages.AdoptView.as_view(), name="adopt"),
    path(OCCASION, pages.OccasionView.as_view(), name="occasion"),
    path(f"{OCCASION}draft/", draft_pages.NewDraftView.as_view(), name="new_draft_supplied"),
    path(f"{OCCASION}draft/<key:pk>/", draft_pages.NewDraftView.as_view(), name="new_draft"),
]


class LettersMenuItem(MenuItem):
    """Shown to the office that owns the texts."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


def register_urls() -> list[URLResolver]:
    """Addresses below the admin's own."""
    return [path("letters/", include((_ADDRESSES, NAMESPACE), namespace=NAMESPACE))]


def menu_item() -> MenuItem:
    """“Letters and notices”, in the settings menu."""
    return LettersMenuItem(
        _("Letters and notices"),
        reverse_lazy(f"{NAMESPACE}:index"),
        name="letters",
        icon_name="mail",
        order=350,
    )
