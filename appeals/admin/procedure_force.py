"""Comparing a version with the one in force, and bringing it into force (AP-2)."""

from typing import Any

from django.contrib import messages as flashes
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.admin.procedure_editing import DraftPage
from appeals.admin.procedure_forms import AdoptForm
from appeals.admin.procedure_pages import ProcedurePage
from appeals.admin.procedure_preview import preview
from appeals.admin.procedure_words import differences
from appeals.adopting import bring_into_force, unfinished
from appeals.models import UniversityClosure


class ChangesView(ProcedurePage):
    """What a version would change, or changed, against the one in force."""

    template_name = "appeals/admin/procedure/changes.html"
    page_subtitle = gettext_lazy("Compare with the version in force")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = self.in_force
        return {
            **super().get_context_data(**kwargs),
            "procedure": self.procedure,
            "in_force": known,
            "differences": differences(known, self.procedure) if known else [],
        }


class AdoptView(DraftPage):
    """Bring a draft into force: says what that means and does to dates, and asks for the day."""

    template_name = "appeals/admin/procedure/adopt.html"
    page_subtitle = gettext_lazy("Bring into force")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", AdoptForm(initial={"in_force_from": timezone.localdate()}))
        return {
            **super().get_context_data(**kwargs),
            "procedure": self.procedure,
            "in_force": self.in_force,
            "differences": differences(self.in_force, self.procedure) if self.in_force else [],
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

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Bring it into force."""
        self.check_draft()
        form = AdoptForm(request.POST)
        if form.is_valid():
            day = form.cleaned_data["in_force_from"]
            try:
                bring_into_force(self.procedure, day, request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                flashes.success(
                    request,
                    _("“%(label)s” takes force on %(date)s.")
                    % {"label": self.procedure.label, "date": date_format(day, "DATE_FORMAT")},
                )
                return redirect(self.version_url)
        return self.render_to_response(self.get_context_data(form=form))
