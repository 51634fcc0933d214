"""The procedure in the admin: its versions, and one version as people read it (AP-2)."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import Button, HeaderButton

from appeals.admin.office_pages import OfficePage
from appeals.admin.procedure_words import EXTENSIONS, RECORDS, TIME, facts
from appeals.adopting import PARTS, unfinished
from appeals.models import Procedure
from appeals.models.procedures import ProcedureQuerySet
from appeals.office import require_office
from credentials.admin.table_exports import export

NAMESPACE = "appeal_procedure"


def state_of(procedure: Procedure, in_force: Procedure | None) -> tuple[str, str]:
    """A key and a name for where a version stands: draft, coming, in_force or superseded."""
    if not procedure.is_adopted:
        return "draft", _("Draft")
    if in_force and procedure.pk == in_force.pk:
        return "in_force", _("In force")
    if procedure.adoption.in_force_from > timezone.localdate():
        return "coming", _("Takes force on its date")
    return "superseded", _("Superseded")


def versions() -> ProcedureQuerySet:
    """All versions, newest first, with their adoption."""
    return Procedure.objects.select_related("adoption", "based_on")


class ProcedurePage(OfficePage):
    """What all pages of the procedure share."""

    page_title = gettext_lazy("Appeal procedure")
    header_icon = "clipboard-list"

    @cached_property
    def procedure(self) -> Procedure:
        """The version that the address names, or 404."""
        return get_object_or_404(versions().prefetch_related(*PARTS), pk=self.kwargs["pk"])

    @cached_property
    def in_force(self) -> Procedure | None:
        """The version in force today, if any."""
        return versions().prefetch_related(*PARTS).in_force().first()

    @property
    def version_url(self) -> str:
        """Where the version is read."""
        return reverse(f"{NAMESPACE}:version", args=[self.procedure.pk])

    def trail(self) -> list[tuple[str, str]]:
        found = [(reverse(f"{NAMESPACE}:index"), _("Appeal procedure"))]
        if "pk" in self.kwargs:
            found.append((self.version_url, self.procedure.label))
        return found


class IndexView(ProcedurePage):
    """All versions, newest first."""

    template_name = "appeals/admin/procedure/index.html"

    def trail(self) -> list[tuple[str, str]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [(version, *state_of(version, self.in_force)) for version in versions()]
        return {**super().get_context_data(**kwargs), "rows": rows, "in_force": self.in_force}


class VersionView(ProcedurePage):
    """One version: its times, grounds, steps, extensions, letters and records."""

    template_name = "appeals/admin/procedure/version.html"

    def get_page_subtitle(self) -> str:
        return self.procedure.label

    def trail(self) -> list[tuple[str, str]]:
        return super().trail()[:1]

    @cached_property
    def header_buttons(self) -> list[Button]:
        """What can be done with it."""
        if self.procedure.is_adopted:
            buttons = [self._button(_("New draft from this version"), "new_draft", "plus", 10)]
        else:
            buttons = [
                self._button(_("Edit"), "edit", "edit", 10),
                self._button(_("Bring into force"), "adopt", "check", 40),
            ]
        buttons.append(self._button(_("Preview dates"), "preview", "calendar-alt", 20))
        if self.in_force and self.procedure.pk != self.in_force.pk:
            buttons.append(self._button(_("Compare"), "changes", "resubmit", 30))
        buttons.append(self._button(_("History"), "history", "history", 50))
        return buttons

    def _button(self, label: str, name: str, icon: str, priority: int) -> HeaderButton:
        url = reverse(f"{NAMESPACE}:{name}", args=[self.procedure.pk])
        return HeaderButton(label=label, url=url, icon_name=icon, priority=priority)

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
        for version in versions()
    )
    return export("appeal-procedures", extension, [headings, *rows])
