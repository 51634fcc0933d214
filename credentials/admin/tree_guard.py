"""Says, in the admin, why a page stays where it is and what to do instead.

The pages are held where they are written (`credentials.published.page_guard`); without a word,
Wagtail would only say that somebody has no permission.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from wagtail.admin import messages
from wagtail.models import Page
from wagtail.sites.views import DeleteView, EditView, SiteViewSet

from credentials.exceptions import PageStillNeeded
from credentials.record.page_tree import hold_in_place, hold_move, hold_online


def keep_online(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before a page is unpublished."""
    return _explained(request, page, lambda: hold_online(page))


def keep_within_reach(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    """Before a page is moved."""
    return _explained(request, page, lambda: hold_move(page, page.get_parent(), destination))


def keep_all(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Before something is done to several pages at once: all of it, or nothing."""
    keep: dict[str, Callable[[Page], HttpResponse | None]] = {
        "delete": lambda page: _explained(request, page, lambda: hold_in_place(page)),
        "unpublish": lambda page: keep_online(request, page),
        "move": lambda page: keep_within_reach(
            request, page, action.cleaned_form.cleaned_data["chooser"]
        ),
    }
    if action_type not in keep:
        return None
    answers = (keep[action_type](page) for page in objects if isinstance(page, Page))
    return next((answer for answer in answers if answer), None)


def _explained(request: HttpRequest, page: Page, hold: Callable[[], None]) -> HttpResponse | None:
    try:
        hold()
    except PageStillNeeded as refusal:
        messages.error(request, str(refusal))
        return redirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))
    return None


class _Explains:
    """A view of one site that says why it is refused."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Write, or say why not and go back to the list."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except PageStillNeeded as refusal:
            messages.error(self.request, str(refusal))  # type: ignore[attr-defined]
            return redirect(reverse("wagtailsites:index"))
        return response


class _SiteEditView(_Explains, EditView):
    pass


class _SiteDeleteView(_Explains, DeleteView):
    pass


class _SiteViewSet(SiteViewSet):
    """Wagtail's own, with two views of ours."""

    edit_view_class = _SiteEditView
    delete_view_class = _SiteDeleteView


def site_urls() -> list[URLPattern]:
    """The two views at Wagtail's addresses; hook them in before Wagtail's."""
    sites = _SiteViewSet("wagtailsites", url_prefix="sites")
    return [
        path(f"sites/edit/<{sites.pk_path_converter}:pk>/", sites.edit_view),
        path(f"sites/delete/<{sites.pk_path_converter}:pk>/", sites.delete_view),
    ]
