"""Addresses of agreements in the admin, and the ways that lead to them."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets import Button
from wagtail.models import Page

from credentials.admin.agreements import acts, draft_pages, pages
from credentials.agreements.access import VIEW, may_edit
from credentials.models import Offering
from credentials.people.actors import Person

NAMESPACE = "credentials_agreements"

_ADDRESSES = [
    path("offering/<key:page_id>/", pages.OfferingView.as_view(), name="of_offering"),
    path("new/<key:page_id>/", draft_pages.BeginView.as_view(), name="begin"),
    path("<key:pk>/", pages.AgreementView.as_view(), name="agreement"),
    path("<key:pk>/edit/", draft_pages.EditTermsView.as_view(), name="edit"),
    path("<key:pk>/open/", acts.OpenView.as_view(), name="open"),
    path("<key:pk>/cancel/", acts.CancelView.as_view(), name="cancel"),
    path("<key:pk>/new-version/", acts.NewVersionView.as_view(), name="new_version"),
    path("parties/<key:party_id>/invite/", acts.InviteView.as_view(), name="invite"),
    path("parties/<key:party_id>/sign/", acts.SignView.as_view(), name="sign"),
]


def register_urls() -> list[URLResolver]:
    """Addresses below the admin's own."""
    return [path("agreements/", include((_ADDRESSES, NAMESPACE), namespace=NAMESPACE))]


def header_button(page: Page, user: Person, **kwargs: Any) -> Iterator[Button]:
    """“Agreement”, in the header of an offering's editor (MC-6)."""
    if not issubclass(page.specific_class or Page, Offering):
        return
    if user.has_perm(VIEW) or may_edit(user, page.specific):  # type: ignore[union-attr]
        yield Button(
            _("Agreement"),
            reverse(f"{NAMESPACE}:of_offering", args=[page.pk]),
            icon_name="doc-full-inverse",
            priority=55,
        )
