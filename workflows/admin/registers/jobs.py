"""The heartbeat of the scheduled jobs, and the log of their runs."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from credentials.admin.registers import exported, listed
from credentials.admin.trails import AdminPage
from workflows.admin.registers.governance import RecordRegister
from workflows.jobs.heartbeat import Heartbeat, heartbeat
from workflows.models import JobRun

PERMISSION = "workflows.view_jobrun"


class HeartbeatView(AdminPage, TemplateView):
    """Shows each job's last run, what it did, when it is due next, and how it stands."""

    template_name = "workflows/admin/jobs.html"
    page_title = gettext_lazy("Scheduled jobs")
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "heartbeat": heartbeat(),
            "log_address": reverse("workflows_jobrun_modeladmin_index"),
        }


class JobRunRegister(RecordRegister):
    """The log: read, filtered, exported."""

    model = JobRun
    menu_label = gettext_lazy("Runs of jobs")
    menu_icon = "history"
    add_to_admin_menu = False
    list_select_related = False
    columns = (
        listed("started_at"),
        "job",
        exported("started_at"),
        exported("ended_at"),
        "state",
        "figures",
        listed("took"),
        "error",
    )
    list_filter = ("state", "did_anything", "started_at", "job")
    search_fields = ("job", "error")


class JobsMenuItem(MenuItem):
    """Shown to those who may see the log."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(PERMISSION))


def jobs_menu_item() -> MenuItem:
    """“Scheduled jobs”, in the settings menu."""
    return JobsMenuItem(
        _("Scheduled jobs"),
        reverse_lazy("governance:jobs"),
        name="scheduled-jobs",
        icon_name="history",
        order=910,
    )


class JobsPanel(Component):
    """That jobs do not run, or fail."""

    name = "scheduled_jobs"
    template_name = "workflows/admin/panel_jobs.html"
    order = 40

    def __init__(self, found: Heartbeat) -> None:
        self.found = found

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """What is the matter."""
        return {"heartbeat": self.found}


def warn_of_jobs(request: HttpRequest, panels: list[Any]) -> None:
    """Put the warning first, when there is one, for those who can have it mended."""
    if not request.user.has_perm(PERMISSION):
        return
    found = heartbeat()
    if not found.is_well:
        panels.insert(0, JobsPanel(found))
