"""Meetings in the admin: the list, planning, the agenda."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.generic import CreateView, ListView, TemplateView, UpdateView
from wagtail.admin import messages

from workflows.admin.committees.motion_detail import may_read_motions
from workflows.admin.meetings.forms import ItemForm, MeetingForm
from workflows.agendas.events import OPEN
from workflows.choices import AgendaPart, MeetingState
from workflows.committee_seats.seats import presides
from workflows.meetings.call import notice_missing
from workflows.meetings.plan import change_meeting, plan_meeting
from workflows.models import Committee, Meeting, SeatTerm


class MeetingsView(ListView):
    """Meetings to come, and those that were."""

    queryset = Meeting.objects.select_related("committee")
    paginate_by = 30
    template_name = "workflows/admin/meetings.html"
    context_object_name = "meetings"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("workflows.view_meeting"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "page_title": _("Meetings"),
            "header_icon": "calendar-alt",
            "next_meeting": Meeting.objects.all().to_come().first(),
            "may_plan": _own_committees(self.request).exists(),
        }


def _named(meeting: Meeting) -> str:
    """The committee and the day, as the reader writes days."""
    day = date_format(timezone.localtime(meeting.starts_at), "DATE_FORMAT")
    return f"{meeting.committee}, {day}"


def _own_committees(request: HttpRequest) -> Any:
    terms = SeatTerm.objects.on().presiding().held_by(request.user)
    return Committee.objects.filter(pk__in=terms.values("seat__committee"))


class _PlanningMixin:
    """What planning and changing share."""

    request: HttpRequest
    form_class: Any = MeetingForm
    model: Any = Meeting
    template_name: Any = "workflows/admin/meeting_form.html"

    def keep(self, form: Any) -> Meeting:
        """Do what the form asks. Raises DecisionRefused."""
        raise NotImplementedError

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)  # type: ignore[misc]
        form.fields["committee"].queryset = _own_committees(self.request)
        return form

    def form_valid(self, form: Any) -> Any:
        try:
            meeting = self.keep(form)
        except PermissionDenied as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)  # type: ignore[attr-defined]
        address = reverse("governance:meeting", args=[meeting.pk])
        return done(self.request, _("The meeting is saved."), address)


class NewMeetingView(_PlanningMixin, CreateView):
    """The chair or the secretary plans a meeting."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _own_committees(request).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def keep(self, form: MeetingForm) -> Meeting:
        """Plan it."""
        return plan_meeting(form.instance, self.request.user)

    def get_initial(self) -> dict[str, Any]:
        return {"committee": _own_committees(self.request).first()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "page_title": _("Plan a meeting"),
            "header_icon": "calendar-alt",
            "back_url": reverse("governance:meetings"),
        }


class EditMeetingView(_PlanningMixin, UpdateView):
    """The same, until it is under way."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        meeting = get_object_or_404(Meeting, pk=kwargs["pk"])
        if not presides(request.user, meeting.committee):
            raise PermissionDenied
        if meeting.state not in (MeetingState.PLANNED, MeetingState.CALLED):
            messages.error(
                request,
                _("The meeting stands at “%(state)s”, so when and where cannot be changed.")
                % {"state": str(meeting.get_state_display()).lower()},
            )
            return redirect(reverse("governance:meeting", args=[meeting.pk]))
        return super().dispatch(request, *args, **kwargs)

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["committee"].disabled = True
        return form

    def keep(self, form: MeetingForm) -> Meeting:
        """Change it."""
        return change_meeting(form.instance, self.request.user, form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting = Meeting.objects.get(pk=self.object.pk)  # the form may hold other facts by now
        return {
            **super().get_context_data(**kwargs),
            "page_title": _("Change the meeting"),
            "page_subtitle": _named(meeting),
            "header_icon": "calendar-alt",
            "tells_members": meeting.state == MeetingState.CALLED,
            "back_url": reverse("governance:meeting", args=[meeting.pk]),
        }


class MeetingMixin:
    """Finds the meeting, for those who may read what its committee does."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.meeting = get_object_or_404(
            Meeting.objects.select_related("committee"), pk=kwargs["pk"]
        )
        if not may_read_motions(request.user, self.meeting.committee):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seats = SeatTerm.objects.on().held_by(self.request.user)
        return {
            **super().get_context_data(**kwargs),  # type: ignore[misc]
            "page_title": _("Meeting"),
            "page_subtitle": _named(self.meeting),
            "header_icon": "calendar-alt",
            "meeting": self.meeting,
            "presides": presides(self.request.user, self.meeting.committee),
            "votes": seats.filter(
                seat__committee=self.meeting.committee_id, seat__votes=True
            ).exists(),
            "is_member": seats.filter(seat__committee=self.meeting.committee_id).exists(),
            "is_open": self.meeting.state in OPEN,
        }

    def parts(self) -> list[dict[str, Any]]:
        """Parts of the agenda that are not empty, with their items in order."""
        items = list(self.meeting.items.select_related("offering", "bundle"))
        parts = [
            {"key": part.value, "label": part.label, "items": [i for i in items if i.part == part]}
            for part in AgendaPart
        ]
        return [part for part in parts if part["items"]]


class MeetingView(MeetingMixin, TemplateView):
    """The agenda, and what can be done with it before the meeting."""

    template_name = "workflows/admin/meeting.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it."""
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "parts": self.parts(),
            "part_choices": AgendaPart.choices,
            "item_form": ItemForm(),
            "missing_notice": notice_missing(self.meeting),
            "minutes": self.meeting.minutes.first(),
            "cancelled": self.meeting.cancellation(),
        }


def done(request: HttpRequest, text: str, address: str) -> HttpResponse:
    """Say that it is done, and go on."""
    messages.success(request, text)
    return redirect(address)
