"""The acknowledgement of an appeal that was just filed: for the same browser, for an hour."""

from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.views.generic import View

from appeals.deadlines.deadline import stage_deadline
from appeals.models import Case
from appeals.public.private_page import gone
from appeals.public.told import ground_names
from credentials.private_links import opened
from credentials.private_links.headers import keep_private

ROOM = "appeals_filed"


def remember_filed(session: SessionBase, case: Case) -> None:
    """This browser may read the acknowledgement for an hour."""
    session[ROOM] = {}
    opened.open_for_an_hour(session, ROOM, str(case.pk))


class FiledPage(View):
    """Number, what was filed, and what happens next; made to be printed."""

    http_method_names = ["get"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return keep_private(super().dispatch(request, *args, **kwargs))

    def get(self, request: HttpRequest) -> HttpResponse:
        """The acknowledgement; without one, the answer to a link that does not work."""
        keys = [key for key in request.session.get(ROOM, {}) if key.isdecimal()]
        last = keys[-1] if keys and opened.is_open(request.session, ROOM, keys[-1]) else None
        case = Case.objects.select_related("procedure").filter(pk=last).first() if last else None
        if case is None:
            return gone(request)
        context = {
            "case": case,
            "grounds": ground_names(case),
            "documents": case.documents.filter(part="appellant"),
            "next": stage_deadline(case),
            "zone": case.procedure.zone,
        }
        return TemplateResponse(request, "appeals/private/filed.html", context)
