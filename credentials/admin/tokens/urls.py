"""Addresses of API tokens in the admin, and the way to them from the account."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _

from credentials.admin.tokens import pages
from credentials.admin.tokens.register import RevokeAnyView

_ADDRESSES = [
    path("", pages.OwnTokensView.as_view(), name="index"),
    path("new/", pages.MakeTokenView.as_view(), name="make"),
    path("<key:pk>/revoke/", pages.RevokeOwnView.as_view(), name="revoke"),
    path("all/<key:pk>/revoke/", RevokeAnyView.as_view(), name="revoke_any"),
]


def register_urls() -> list[URLResolver]:
    """Addresses below the admin's own."""
    namespace = pages.NAMESPACE
    return [path("your-tokens/", include((_ADDRESSES, namespace), namespace=namespace))]


def account_item(request: HttpRequest) -> dict[str, Any]:
    """“Your API tokens”, on everybody's account page."""
    return {
        "url": reverse(f"{pages.NAMESPACE}:index"),
        "label": _("Your API tokens"),
        "help_text": _("Let programs read or act in your name."),
    }
