"""One page to read a published version: what it changed against the one before it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView

from credentials.admin.trails import AdminPage, Trail
from credentials.models import PublishedVersion
from workflows.proposals.redline import redline


class VersionView(AdminPage, DetailView):
    """Shows a version to those who may read the register."""

    queryset = PublishedVersion.objects.select_related(
        "offering", "approval", "supersedes__approval"
    )
    context_object_name = "version"
    template_name = "workflows/admin/version.html"
    page_title = gettext_lazy("Published version")
    header_icon = "history"

    def get_page_subtitle(self) -> str:
        return str(self.object.offering.get_admin_display_title())

    def trail(self) -> Trail:
        return [(reverse("credentials_publishedversion_modeladmin_index"), _("Published versions"))]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("credentials.view_publishedversion"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version = self.object
        before = version.supersedes
        then = before.approval.frozen_content if before else {}
        model = version.offering.specific_class
        return {
            **super().get_context_data(**kwargs),
            "head": before,
            "nothing_changed": _("Its content is the same as the one before it."),
            "rows": list(redline(model, then, version.approval.frozen_content)),
        }
