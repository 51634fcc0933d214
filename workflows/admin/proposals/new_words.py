"""Bringing the catalogue up to date: what is published in former words, and proposing new ones."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from credentials.admin.trails import AdminPage
from credentials.keys import key_in
from credentials.models import Offering
from workflows.choices import Office
from workflows.deciding.offices import is_in_office
from workflows.proposals.new_words import bring_up_to_date, outdated_offerings


class NewWordsView(AdminPage, TemplateView):
    """Lists what is published in former words; a POST proposes the present ones."""

    template_name = "workflows/admin/new_words.html"
    page_title = gettext_lazy("Bring the catalogue up to date")
    header_icon = "rotate"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_in_office(request.user, Office.DEPARTMENT):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Propose the present words for the offerings that were chosen."""
        keys = {key_in(text) for text in request.POST.getlist("offering")} - {None}
        offerings = list(Offering.objects.filter(pk__in=keys))
        try:
            bundle = bring_up_to_date(request.user, offerings)
        except PermissionDenied as refused:
            messages.error(request, str(refused))
            return redirect(reverse("governance:new_words"))
        number = len(offerings)
        said = ngettext(
            "%(number)s offering is proposed in present words, on the editorial route.",
            "%(number)s offerings are proposed in present words, on the editorial route.",
            number,
        )
        messages.success(request, said % {"number": number})
        if bundle is not None:
            return redirect(reverse("governance:bundle", args=[bundle.pk]))
        return redirect(reverse("governance:proposal", args=[offerings[0].pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "outdated": list(outdated_offerings()),
        }


class NewWordsItem(MenuItem):
    """Shown to the Department."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy("Bring the catalogue up to date"),
            reverse_lazy("governance:new_words"),
            name="new-words",
            icon_name="rotate",
            order=900,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return is_in_office(request.user, Office.DEPARTMENT)
