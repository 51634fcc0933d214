"""OSAP records in the admin: what their pages share, one record, and the way to it (MC-5).

Every page is the Department's alone and checks it itself, before anything is read.
"""

from itertools import pairwise
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from credentials.academic_year import AcademicYear
from credentials.admin.trails import AdminPage, Trail
from credentials.models import Offering, OsapRecord
from credentials.osap.eligibility import advice, findings
from credentials.osap.figures import content_asked_for
from credentials.osap.keepers import check_keeps
from credentials.osap.ministry_file import delivery_of
from credentials.osap.new_records import asks_for_osap
from credentials.osap.transitions import departures_since, next_acts

NAMESPACE = "osap"
TEMPLATES = "credentials/osap"
State = OsapRecord.State
LABELS = {field.name: field.verbose_name for field in OsapRecord._meta.fields}


class DepartmentOnly:
    """Refuses everybody outside the Department, superusers included."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        check_keeps(request.user)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class OsapPage(DepartmentOnly, AdminPage, TemplateView):
    """What the pages beside the register share."""

    page_title: Any = gettext_lazy("OSAP")
    header_icon = "form"

    def trail(self) -> Trail:
        return [(reverse(f"{NAMESPACE}:index"), _("OSAP"))]


class RecordPage(OsapPage):
    """A page of one record."""

    @cached_property
    def record(self) -> OsapRecord:
        """The record that the address names, or 404."""
        records = OsapRecord.objects.with_standing().select_related("offering", "year")
        return get_object_or_404(records, pk=self.kwargs["pk"])

    def trail(self) -> Trail:
        record = self.record
        return [*super().trail(), (reverse(f"{NAMESPACE}:record", args=[record.pk]), str(record))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "record": self.record}

    def show_record(self) -> HttpResponse:
        """Back to its page."""
        return redirect(f"{NAMESPACE}:record", self.record.pk)


class RecordView(RecordPage):
    """Where it stands, what is missing, its figures, and what happened to it."""

    template_name = f"{TEMPLATES}/record.html"
    page_title = gettext_lazy("OSAP record")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = self.record
        is_prepared = record.state == State.TO_PREPARE
        asked = content_asked_for(record.offering)
        others = OsapRecord.objects.with_standing().filter(offering=record.offering_id)
        years = {other.year.begins_in for other in others.select_related("year")}
        return {
            **super().get_context_data(**kwargs),
            "is_prepared": is_prepared,
            "is_good": record.state == State.APPROVED,
            "findings": findings(record) if is_prepared else [],
            "advice": advice(record) if is_prepared else [],
            "departures": departures_since(record, asked) if record.is_to_report else [],
            "asks": asks_for_osap(asked),
            "acts": next_acts(record),
            "delivery": delivery_of(record),
            "events": record.events.all(),
            "edits": edits_of(record),
            "others": others.exclude(pk=record.pk).select_related("year"),
            "next_year": record.year.academic_year.following
            if record.year.begins_in + 1 not in years
            and record.year.academic_year.following.last_day >= timezone.localdate()
            and record.offering.live
            else None,
        }


def edits_of(record: OsapRecord) -> list[dict[str, Any]]:
    """Each change of figures, newest first: when, by whom, and {"label", "old", "new"} of each."""
    history = list(record.history.select_related("history_user"))
    edits = []
    for newer, older in pairwise(history):
        fields = {
            change.field: (change.old, change.new) for change in newer.diff_against(older).changes
        }
        if fields:
            edits.append(
                {
                    "at": newer.history_date,
                    "by": newer.history_user,
                    "changes": [
                        {
                            "label": LABELS[name],
                            "old": _plain(old),
                            "new": _plain(new),
                        }
                        for name, (old, new) in fields.items()
                    ],
                }
            )
    return edits


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)


class OfOfferingView(DepartmentOnly, View):
    """From an offering to its record of this year or a later one, or to opening one."""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Send on."""
        try:
            offering = Offering.objects.get(pk=page_id)
        except ObjectDoesNotExist as missing:
            raise Http404 from missing
        year = AcademicYear.of(timezone.localdate())
        records = OsapRecord.objects.filter(
            offering=offering, year__begins_in__gte=year.begins_in
        ).order_by("year__begins_in")
        record = records.first()
        if record is not None:
            return redirect(f"{NAMESPACE}:record", record.pk)
        return redirect(f"{reverse(f'{NAMESPACE}:open')}?offering={offering.pk}")
