"""Comparing a version with the one in force, and bringing it into force (AP-2)."""

import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.admin.procedures.draft_pages import ProcedureDraftPage
from appeals.admin.procedures.forms import AdoptForm
from appeals.admin.procedures.pages import ProcedurePage
from appeals.admin.procedures.preview import preview
from appeals.adoption import bring_into_force, unfinished
from appeals.models import UniversityClosure
from credentials.admin.policy import versioned_drafts, versioned_pages


class ChangesView(versioned_pages.ChangesView, ProcedurePage):
    """What a version would change, or changed, against the one in force."""

    template_name = "appeals/admin/procedure/changes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "procedure": self.procedure}


class AdoptView(versioned_drafts.AdoptView, ProcedureDraftPage):
    """Bring a draft into force: says what that means and does to dates, and asks for the day."""

    template_name = "appeals/admin/procedure/adopt.html"
    page_subtitle = gettext_lazy("Bring into force")
    form_class = AdoptForm
    adopted = gettext_lazy("“%(label)s” takes force on %(date)s.")

    def adopt(self, day: datetime.date) -> None:
        bring_into_force(self.procedure, day, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "procedure": self.procedure,
            "unfinished": list(unfinished(self.procedure)),
            "examples": self.examples(),
        }

    def examples(self) -> list[tuple[str, Any]]:
        """A decision received now, under the draft and under the version in force."""
        found = [(_("Under this draft"), self.procedure)]
        if self.in_force:
            found.append((_("Under the version in force"), self.in_force))
        closures = UniversityClosure.objects.all().as_closures()
        examples = []
        for name, procedure in found:
            now = timezone.localtime(timezone=procedure.zone)
            day = now.date()
            decision = {"decided_on": day, "received_on": day, "received_at": now.time()}
            examples.append((name, preview(procedure, name, decision, closures).deadline))
        return examples
