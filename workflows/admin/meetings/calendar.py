"""A person's own page for the private address of their calendar: get it, renew it, close it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_admin_base_url

from credentials.admin.trails import AdminPage
from workflows.calendar.dates import close_address, open_address, renew_address
from workflows.models import CalendarFeed, SeatTerm


class CalendarView(AdminPage, TemplateView):
    """Shows the address to its owner alone, and takes what they want done with it."""

    template_name = "workflows/admin/calendar.html"
    page_title = gettext_lazy("My calendar")
    header_icon = "calendar-alt"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do one of the three; renewing and closing were confirmed on the page."""
        acts = {
            "open": (open_address, _("Your calendar has a private address now.")),
            "renew": (renew_address, _("The address is renewed. The old one answers no more.")),
            "close": (close_address, _("The address is closed. It answers no more.")),
        }
        act, said = acts.get(request.POST.get("act", ""), (None, ""))
        if act is None:
            messages.error(request, _("Choose what to do with the address, and try again."))
        else:
            act(request.user)
            messages.success(request, said)
        return redirect(reverse("governance:calendar"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        feed = CalendarFeed.objects.filter(person=self.request.user.pk).first()
        return {
            **super().get_context_data(**kwargs),
            "feed": feed,
            "address": self._address(feed) if feed else "",
            "has_seat": SeatTerm.objects.on().held_by(self.request.user).exists(),
        }

    def _address(self, feed: CalendarFeed) -> str:
        path = reverse("workflows:calendar_feed", args=[feed.token])
        base = get_admin_base_url()
        return f"{base.rstrip('/')}{path}" if base else self.request.build_absolute_uri(path)
