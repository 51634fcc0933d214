"""The procedure in force, explained to those who may appeal (AP-2)."""

from typing import Any

from babel.dates import get_timezone_name
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from appeals.deadlines.clocks import clock_of
from appeals.deadlines.deadline import filing_deadline
from appeals.models import ClockStart, Procedure, UniversityClosure
from credentials.conf import conf
from credentials.message_templates.bilingual import active_language


class ProcedurePage(TemplateView):
    """Who may appeal what and why, until when, how the days are counted, and what happens then."""

    template_name = "appeals/procedure.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All of it from the version in force. Raises Http404 when there is none."""
        parts = Procedure.objects.select_related("adoption").prefetch_related("grounds", "steps")
        procedure = parts.in_force().first()
        if procedure is None:
            raise Http404(_("No appeal procedure is in force."))
        now = timezone.now()
        clock = clock_of(procedure)
        today = clock.local(now).date()
        return {
            **super().get_context_data(**kwargs),
            "procedure": procedure,
            "office": conf().OFFICES["deputy_provost"],
            "from_receipt": procedure.clock_start == ClockStart.RECEIPT,
            "zone": procedure.zone,
            "zone_name": zone_name(procedure),
            "closures": UniversityClosure.objects.filter(last_day__gte=today),
            "now": now,
            "example": filing_deadline(procedure, today, now, clock),
        }


def zone_name(procedure: Procedure) -> str:
    """What the time zone is called, whichever part of the year it is."""
    name: str = get_timezone_name(
        procedure.zone, zone_variant="generic", locale=f"{active_language()}_CA"
    )
    return name
