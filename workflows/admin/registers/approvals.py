"""One page to read an approval: the facts of the decision, and what exactly was approved."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView

from credentials.admin.trails import AdminPage, Trail
from credentials.models import Approval
from workflows.proposals.redline import redline


class ApprovalView(AdminPage, DetailView):
    """Shows an approval to those who may read the register."""

    queryset = Approval.objects.select_related("offering", "against__approval", "version")
    context_object_name = "approval"
    template_name = "workflows/admin/approval.html"
    page_title = gettext_lazy("Approval")
    header_icon = "success"

    def get_page_subtitle(self) -> str:
        return str(self.object.reference)

    def trail(self) -> Trail:
        return [(reverse("credentials_approval_modeladmin_index"), _("Approvals"))]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("credentials.view_approval"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        approval = self.object
        model = approval.offering.specific_class
        head = approval.against
        before = head.approval.frozen_content if head else {}
        return {
            **super().get_context_data(**kwargs),
            "head": head,
            "rows": list(redline(model, before, approval.frozen_content)),
        }
