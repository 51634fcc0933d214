"""What the office's pages in the admin share. Each is the office's alone and checks it itself."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from appeals.access.office import require_office


class OfficeOnly:
    """Refuses everybody outside the office, superusers included, before anything is read."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require_office(request.user)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class OfficePage(OfficeOnly, WagtailAdminTemplateMixin, TemplateView):
    """A page of the office, with the way back in its breadcrumbs."""

    def trail(self) -> list[tuple[str, str]]:
        """Address and name of the pages on the way to this one."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        steps = [*self.trail(), ("", str(self.get_page_subtitle() or self.get_page_title()))]
        return [*self.breadcrumbs_items, *({"url": url, "label": name} for url, name in steps)]
