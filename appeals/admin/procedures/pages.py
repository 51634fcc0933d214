"""The procedure in the admin: its versions, and one version as people read it (AP-2)."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button

from appeals.access.office import require_office
from appeals.admin.office.pages import OfficePage
from appeals.admin.procedures.words import EXTENSIONS, RECORDS, TIME, differences, facts
from appeals.adoption import PARTS, unfinished
from appeals.models import Procedure
from credentials.admin.policy import versioned_pages
from credentials.admin.policy.versioned_pages import VersionedPage, state_of
from credentials.admin.table_exports import export
from credentials.admin.trails import Trail
from credentials.timeline import Changed

NAMESPACE = "appeal_procedure"


VERSIONS = Procedure.objects.select_related("adoption", "based_on")


class ProcedurePage(VersionedPage, OfficePage):
    """What all pages of the procedure share."""

    namespace = NAMESPACE
    versions = VERSIONS.prefetch_related(*PARTS)
    page_title = gettext_lazy("Appeal procedure")
    header_icon = "clipboard-list"

    @property
    def procedure(self) -> Procedure:
        """The version that the address names, or 404."""
        return self.version

    def differences(self, before: Procedure, after: Procedure) -> list[Changed]:
        return differences(before, after)

    def trail(self) -> Trail:
        found = [(reverse(f"{NAMESPACE}:index"), _("Appeal procedure"))]
        if "pk" in self.kwargs:
            found.append((self.version_url, self.procedure.label))
        return found


class IndexView(versioned_pages.IndexView, ProcedurePage):
    """All versions, newest first."""

    versions = VERSIONS
    template_name = "appeals/admin/procedure/index.html"


class VersionView(ProcedurePage):
    """One version: its times, grounds, steps, extensions, letters and records."""

    template_name = "appeals/admin/procedure/version.html"

    def get_page_subtitle(self) -> str:
        return self.procedure.label

    @cached_property
    def header_buttons(self) -> list[Button]:
        """What can be done with it."""
        if self.procedure.is_adopted:
            buttons = [self.button(_("New draft from this version"), "new_draft", "plus", 10)]
        else:
            buttons = [
                self.button(_("Edit"), "edit", "edit", 10),
                self.button(_("Bring into force"), "adopt", "check", 40),
            ]
        buttons.append(self.button(_("Preview dates"), "preview", "calendar-alt", 20))
        if self.in_force and self.procedure.pk != self.in_force.pk:
            buttons.append(self.button(_("Compare"), "changes", "resubmit", 30))
        buttons.append(self.button(_("History"), "history", "history", 50))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        procedure = self.procedure
        key, state = state_of(procedure, self.in_force)
        return {
            **super().get_context_data(**kwargs),
            "procedure": procedure,
            "state": state,
            "is_in_force": key == "in_force",
            "is_draft": key == "draft",
            "unfinished": list(unfinished(procedure)) if key == "draft" else [],
            "time": facts(procedure, TIME),
            "extensions": facts(procedure, EXTENSIONS),
            "records": facts(procedure, RECORDS),
        }


def versions_export(request: HttpRequest, extension: str) -> HttpResponseBase:
    """All versions as CSV or XLSX."""
    require_office(request.user)
    known = Procedure.objects.in_force().first()
    headings = [
        _("Version"),
        _("State"),
        _("In force from"),
        _("Brought into force by"),
        _("Time to appeal (working days)"),
        _("Counted from"),
        _("Cut-off"),
        _("Based on"),
    ]
    rows = (
        [
            version.label,
            state_of(version, known)[1],
            version.adoption.in_force_from if version.is_adopted else None,
            version.adoption.adopted_by_name if version.is_adopted else None,
            version.time_limit,
            version.get_clock_start_display(),
            f"{version.cut_off:%H:%M}",
            version.based_on.label if version.based_on else None,
        ]
        for version in VERSIONS.all()
    )
    return export("appeal-procedures", extension, [headings, *rows])
