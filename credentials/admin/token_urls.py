"""Addresses of API tokens in the admin, and the way to them from the account."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _

from credentials.admin import tokens
from credentials.admin.token_register import RevokeAnyView

_ADDRESSES = [
    path("", tokens.OwnTokensView.as_view(), name="index"),
    path("new/", tokens.MakeTokenView.as_view(), name="make"),
    path("<key:pk>/revoke/", tokens.RevokeOwnView.as_view(), name="revoke"),
    path("all/<key:pk>/revoke/", RevokeAnyView.as_view(), name="revoke_any"),
]


def register_urls() -> list[URLResolver]:
    """Addresses below the admin's own."""
    namespace = tokens.NAMESPACE
    return [path("your-tokens/", include((_ADDRESSES, namespace), namespace=namespace))]


def account_item(request: HttpRequest) -> dict[str, Any]:
    """“Your API tokens”, on everybody's account page."""
    return {
        "url": reverse(f"{tokens.NAMESPACE}:index"),
        "label": _("Your API tokens"),
        "help_text": _("Let programs read or act in your name."),
    }
