"""Addresses of OSAP records in the admin, and the ways that lead to them (MC-5)."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from credentials.admin.osap import acts, pages
from credentials.admin.osap.pages import NAMESPACE
from credentials.admin.osap.register import OsapRegister
from credentials.models import MicroCredential
from credentials.osap.keepers import keeps_osap
from credentials.people.actors import Person

_ADDRESSES = [
    path("", OsapRegister.as_view(), name="index"),
    path("results/", OsapRegister.as_view(results_only=True), name="index_results"),
    path("open/", acts.OpenView.as_view(), name="open"),
    path("submit/", acts.SubmitAllView.as_view(), name="submit_all"),
    path("years/", acts.YearsView.as_view(), name="years"),
    path("years/<key:pk>/", acts.LimitsView.as_view(), name="limits"),
    path("offering/<key:page_id>/", pages.OfOfferingView.as_view(), name="of_offering"),
    path("<key:pk>/", pages.RecordView.as_view(), name="record"),
    path("<key:pk>/edit/", acts.EditView.as_view(), name="edit"),
    path("<key:pk>/figures/", acts.TakeFiguresView.as_view(), name="take_figures"),
    path("<key:pk>/next-year/", acts.CarryForwardView.as_view(), name="carry_forward"),
    path("<key:pk>/<slug:act>/", acts.ActView.as_view(), name="act"),
]


class OsapMenuItem(MenuItem):
    """Shown to the Department."""

    def is_shown(self, request: HttpRequest) -> bool:
        return keeps_osap(request.user)


def register_urls() -> list[URLResolver]:
    """Addresses below the admin's own."""
    return [path("osap/", include((_ADDRESSES, NAMESPACE), namespace=NAMESPACE))]


def menu_item() -> MenuItem:
    """“OSAP”, in the main menu."""
    return OsapMenuItem(
        _("OSAP"), reverse_lazy(f"{NAMESPACE}:index"), name="osap", icon_name="form", order=347
    )


def header_button(page: Page, user: Person, **kwargs: Any) -> Iterator[Button]:
    """“OSAP”, in the header of a micro-credential's editor, for the Department."""
    if issubclass(page.specific_class or Page, MicroCredential) and keeps_osap(user):
        yield Button(
            _("OSAP"),
            reverse(f"{NAMESPACE}:of_offering", args=[page.pk]),
            icon_name="form",
            priority=57,
        )
