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
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, ListView, TemplateView, UpdateView
from wagtail.admin import messages

from credentials.admin.trails import AdminPage, Trail, for_readers
from workflows.admin.committees.motion_detail import may_read_motions
from workflows.admin.meetings.forms import ItemForm, MeetingForm
from workflows.agendas.meeting_events import OPEN
from workflows.choices import AgendaPart, MeetingState
from workflows.committee_seats.seats import presides
from workflows.meetings.call import notice_missing
from workflows.meetings.plan import change_meeting, plan_meeting
from workflows.models import Committee, Meeting, SeatTerm

READ = "workflows.view_meeting"


class MeetingsTrail(AdminPage):
    """Pages that the list of meetings leads to."""

    page_title: Any = gettext_lazy("Meetings")
    header_icon = "calendar-alt"

    def trail(self) -> Trail:
        return for_readers(self.request.user, READ, "governance:meetings", _("Meetings"))


class MeetingsView(MeetingsTrail, ListView):
    """Meetings to come, and those that were."""

    queryset = Meeting.objects.select_related("committee")
    paginate_by = 30
    template_name = "workflows/admin/meetings.html"
    context_object_name = "meetings"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(READ):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "next_meeting": Meeting.objects.all().to_come().first(),
            "may_plan": _own_committees(self.request).exists(),
        }


def _named(meeting: Meeting) -> str:
    """The committee and the day, as the reader writes days."""
    day = date_format(timezone.localtime(meeting.starts_at), "DATE_FORMAT")
    return f"{meeting.committee}, {day}"


def _step(meeting: Meeting) -> tuple[str, str]:
    return reverse("governance:meeting", args=[meeting.pk]), _named(meeting)


def _own_committees(request: HttpRequest) -> Any:
    terms = SeatTerm.objects.on().presiding().held_by(request.user)
    return Committee.objects.filter(pk__in=terms.values("seat__committee"))


class _PlanningPage(MeetingsTrail):
    """What planning and changing share."""

    request: HttpRequest
    form_class: Any = MeetingForm
    model: Any = Meeting
    template_name: Any = "workflows/admin/meeting_form.html"

    def keep(self, form: Any) -> Meeting:
        """Do what the form asks. Raises DecisionRefused."""
        raise NotImplementedError

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["committee"].queryset = _own_committees(self.request)
        return form

    def form_valid(self, form: Any) -> Any:
        try:
            meeting = self.keep(form)
        except PermissionDenied as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        address = reverse("governance:meeting", args=[meeting.pk])
        return done(self.request, _("The meeting is saved."), address)


class NewMeetingView(_PlanningPage, CreateView):
    """The chair or the secretary plans a meeting."""

    page_title = gettext_lazy("Plan a meeting")

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
            "back_url": reverse("governance:meetings"),
        }


class EditMeetingView(_PlanningPage, UpdateView):
    """Changes a meeting, until it is under way."""

    page_title = gettext_lazy("Change the meeting")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        meetings = Meeting.objects.select_related("committee")
        self.meeting = meeting = get_object_or_404(meetings, pk=kwargs["pk"])
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

    def get_page_subtitle(self) -> str:
        return _named(self.meeting)

    def trail(self) -> Trail:
        return [*super().trail(), _step(self.meeting)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "tells_members": self.meeting.state == MeetingState.CALLED,
            "back_url": reverse("governance:meeting", args=[self.meeting.pk]),
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


class MeetingPage(MeetingMixin, MeetingsTrail):
    """A page of one meeting."""

    page_title = gettext_lazy("Meeting")

    def get_page_subtitle(self) -> str:
        return _named(self.meeting)

    def trail(self) -> Trail:
        return [*super().trail(), _step(self.meeting)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seats = SeatTerm.objects.on().held_by(self.request.user)
        return {
            **super().get_context_data(**kwargs),
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


class MeetingView(MeetingPage, TemplateView):
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
