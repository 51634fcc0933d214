"""What a version does to dates, day by day, beside the one in force (AP-2)."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.admin.procedures.forms import PreviewForm
from appeals.admin.procedures.pages import ProcedurePage
from appeals.deadlines.clocks import clock_of
from appeals.deadlines.deadline import filing_deadline
from appeals.deadlines.longest_course import StepTime, longest_course
from appeals.models import Procedure, UniversityClosure
from appeals.rules.working_days import Closure, Deadline


@dataclass(frozen=True)
class Preview:
    """What a version makes of a decision: the last moment to appeal it, and the steps after it."""

    procedure: Procedure
    name: str
    deadline: Deadline
    course: list[StepTime]


class PreviewView(ProcedurePage):
    """The last moment to appeal a decision under a version and under the one in force."""

    template_name = "appeals/admin/procedure/preview.html"
    page_subtitle = gettext_lazy("Preview dates")

    @cached_property
    def form(self) -> PreviewForm:
        """The decision that is asked about; one that is received now, if none is."""
        if self.request.GET.get("received_on"):
            return PreviewForm(self.request.GET)
        now = timezone.localtime(timezone=self.procedure.zone)
        return PreviewForm({"received_on": now.date().isoformat(), "received_at": f"{now:%H:%M}"})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "procedure": self.procedure,
            "form": self.form,
            "previews": self.previews() if self.form.is_valid() else [],
        }

    def previews(self) -> list[Preview]:
        """Under this version, and under the one in force where that is another."""
        name = _("Under this version") if self.procedure.is_adopted else _("Under this draft")
        closures = UniversityClosure.objects.all().as_closures()
        decision = self.form.cleaned_data
        found = [preview(self.procedure, name, decision, closures)]
        if self.in_force and self.in_force.pk != self.procedure.pk:
            in_force = _("Under the version in force")
            found.append(preview(self.in_force, in_force, decision, closures))
        return found


def preview(
    procedure: Procedure, name: str, decision: dict[str, Any], closures: tuple[Closure, ...]
) -> Preview:
    """A decision as the form has it (decided_on, received_on, received_at) under a version."""
    clock = clock_of(procedure, closures)
    received = datetime.datetime.combine(
        decision["received_on"], decision["received_at"], tzinfo=clock.zone
    )
    last = filing_deadline(procedure, decision["decided_on"], received, clock)
    course = longest_course(procedure.steps.all(), clock, last.at) if last.at else []
    return Preview(procedure, name, last, course)
