"""What the office's pages in the admin share. Each is the office's alone and checks it itself."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.generic import TemplateView

from appeals.access.office import require_office
from credentials.admin.trails import AdminPage


class OfficeOnly:
    """Refuses everybody outside the office, superusers included, before anything is read."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require_office(request.user)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class OfficePage(OfficeOnly, AdminPage, TemplateView):
    """A page of the office."""
