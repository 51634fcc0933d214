"""“OSAP to send”, on the Department's home page (MC-5)."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from credentials.academic_year import AcademicYear
from credentials.models import OsapEvent, OsapRecord
from credentials.osap.keepers import keeps_osap
from credentials.osap.new_records import not_carried_forward

MOST = 8  # a home page is no register


class OsapPanel(Component):
    """Records to prepare, changes to report, and last year's approvals without a successor."""

    name = "osap_to_send"
    template_name = "credentials/osap/home_panel.html"
    order = 75

    def __init__(
        self,
        to_prepare: list[OsapRecord],
        to_report: list[OsapRecord],
        to_carry: list[OsapRecord],
    ) -> None:
        self.to_prepare, self.to_report, self.to_carry = to_prepare, to_report, to_carry

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The three lists, each of the first few, and how many there are to prepare."""
        return {
            "to_prepare": self.to_prepare[:MOST],
            "count": len(self.to_prepare),
            "to_report": self.to_report[:MOST],
            "to_carry": self.to_carry[:MOST],
        }


def add_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Add the panel for the Department when something waits. Two queries."""
    if not keeps_osap(request.user):
        return
    today = timezone.localdate()
    year = AcademicYear.of(today)
    standing = OsapRecord.objects.with_standing().filter(year__begins_in__gte=year.begins_in)
    records = list(standing.select_related("offering", "year"))
    to_prepare = [record for record in records if record.state == OsapRecord.State.TO_PREPARE]
    to_report = [r for r in records if getattr(r, "last_act", "") == OsapEvent.Act.DEPARTED]
    to_carry = not_carried_forward(today)
    if to_prepare or to_report or to_carry:
        panels.append(OsapPanel(to_prepare, to_report, to_carry))
