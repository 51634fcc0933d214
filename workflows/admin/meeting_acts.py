"""What is done with a meeting by a button: each act is a POST that says what came of it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from workflows.admin.motion_reading import may_read_motions
from workflows.choices import AgendaPart, Purpose
from workflows.committee.opening import open_motion, open_retirement_motion
from workflows.committee.question import Question
from workflows.exceptions import DecisionRefused
from workflows.meetings import agenda, calling, minutes, running
from workflows.models import AgendaItem, Meeting, Seat, SeatTerm

Done = str


class MeetingActView(View):
    """Does one act and goes back to the page it came from."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.meeting = get_object_or_404(
            Meeting.objects.select_related("committee"), pk=kwargs["pk"]
        )
        if not may_read_motions(request.user, self.meeting.committee):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or say why not."""
        if kwargs["act"] not in ACTS:
            raise Http404
        try:
            said = ACTS[kwargs["act"]](self)
        except PermissionDenied as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, said)
        name = "run_meeting" if request.POST.get("from") == "run" else "meeting"
        if kwargs["act"] in ("draft", "confirm"):
            name = "minutes"
        return redirect(reverse(f"governance:{name}", args=[self.meeting.pk]))

    @property
    def item(self) -> AgendaItem:
        """The item that was meant. Raises Http404."""
        key = self.request.POST.get("item", "")
        items = self.meeting.items.select_related("meeting__committee", "retirement")
        return get_object_or_404(items, pk=key if key.isdigit() else 0)

    def said(self, name: str) -> str:
        """A value that was sent."""
        return self.request.POST.get(name, "")


def _build(view: MeetingActView) -> Done:
    added = agenda.build_agenda(view.meeting, view.request.user)
    return _("Items added: %(count)s.") % {"count": added}


def _add(view: MeetingActView) -> Done:
    part = view.said("part")
    if part not in AgendaPart.values:
        raise DecisionRefused(_("Choose a part of the agenda."))
    agenda.add_item(view.meeting, view.request.user, view.said("title"), part)
    return _("Added.")


def _remove(view: MeetingActView) -> Done:
    agenda.remove_item(view.item, view.request.user)
    return _("Taken off the agenda.")


def _up(view: MeetingActView) -> Done:
    agenda.move(view.item, view.request.user, -1)
    return _("Moved up.")


def _down(view: MeetingActView) -> Done:
    agenda.move(view.item, view.request.user, +1)
    return _("Moved down.")


def _order(view: MeetingActView) -> Done:
    keys = [int(key) for key in view.said("order").split(",") if key.isdigit()]
    part = view.said("part")
    if part not in AgendaPart.values:
        raise DecisionRefused(_("Choose a part of the agenda."))
    agenda.reorder(view.meeting, view.request.user, keys, part)
    return _("The order is kept.")


def _to_part(view: MeetingActView) -> Done:
    part, item = view.said("part"), view.item
    if part not in AgendaPart.values:
        raise DecisionRefused(_("Choose a part of the agenda."))
    keys = list(view.meeting.items.filter(part=part).values_list("pk", flat=True))
    agenda.reorder(view.meeting, view.request.user, [*keys, item.pk], part)
    return _("Moved.")


def _pull(view: MeetingActView) -> Done:
    agenda.pull_from_consent(view.item, view.request.user, view.said("reason"))
    return _("Moved to discussion.")


def _call(view: MeetingActView) -> Done:
    calling.call_meeting(view.meeting, view.request.user)
    return _("The meeting is called.")


def _cancel(view: MeetingActView) -> Done:
    calling.cancel_meeting(view.meeting, view.request.user, view.said("reason"))
    return _("The meeting is cancelled.")


def _open(view: MeetingActView) -> Done:
    running.open_meeting(view.meeting, view.request.user)
    return _("The meeting is open.")


def _arrive(view: MeetingActView) -> Done:
    key = view.said("term")
    terms = SeatTerm.objects.filter(seat__committee=view.meeting.committee)
    term = get_object_or_404(terms.select_related("seat"), pk=key if key.isdigit() else 0)
    running.record_arrival(view.meeting, view.request.user, term)
    return _("%(name)s is present.") % {"name": term.person_name}


def _leave(view: MeetingActView) -> Done:
    key = view.said("seat")
    seats = Seat.objects.filter(committee=view.meeting.committee)
    seat = get_object_or_404(seats, pk=key if key.isdigit() else 0)
    running.record_departure(view.meeting, view.request.user, seat)
    return _("The departure is recorded.")


def _put(view: MeetingActView) -> Done:
    """Put an item to the vote in the plainest form; the full form is a page of its own."""
    item, person = view.item, view.request.user
    if item.retirement is not None:
        question = Question(Purpose.RETIRE, meeting=view.meeting)
        open_retirement_motion(item.retirement, person, question)
        return _("The motion is open.")
    state = agenda.stage_on(item)
    if state is None:
        raise DecisionRefused(_("This item does not wait for a decision any more."))
    purpose = Purpose(getattr(state.task.specific, "purpose", Purpose.APPROVE))
    open_motion(state, person, Question(purpose, meeting=view.meeting))
    return _("The motion is open.")


def _put_consent(view: MeetingActView) -> Done:
    """Put every consent item to the vote."""
    opened = 0
    for item in view.meeting.items.filter(part=AgendaPart.CONSENT):
        state = agenda.stage_on(item)
        if state is None or agenda.motions_on(item).open().exists():
            continue
        purpose = Purpose(getattr(state.task.specific, "purpose", Purpose.APPROVE))
        open_motion(state, view.request.user, Question(purpose, meeting=view.meeting))
        opened += 1
    return _("Motions opened: %(count)s.") % {"count": opened}


def _receive(view: MeetingActView) -> Done:
    running.receive(view.item, view.request.user)
    return _("Received for information.")


def _note(view: MeetingActView) -> Done:
    running.note(view.item, view.request.user, view.said("note"))
    return _("The note is kept.")


def _adjourn(view: MeetingActView) -> Done:
    running.adjourn(view.meeting, view.request.user)
    minutes.draft_minutes(view.meeting, view.request.user)
    return _("The meeting is adjourned; its minutes are drafted.")


def _draft(view: MeetingActView) -> Done:
    minutes.draft_minutes(view.meeting, view.request.user)
    return _("The minutes are drawn from the record again.")


def _confirm(view: MeetingActView) -> Done:
    minutes.confirm_minutes(view.meeting, view.request.user, view.said("reason"))
    return _("The minutes are confirmed.")


ACTS: dict[str, Callable[[MeetingActView], Done]] = {
    "build": _build,
    "add": _add,
    "remove": _remove,
    "up": _up,
    "down": _down,
    "order": _order,
    "to_part": _to_part,
    "pull": _pull,
    "call": _call,
    "cancel": _cancel,
    "open": _open,
    "arrive": _arrive,
    "leave": _leave,
    "put": _put,
    "put_consent": _put_consent,
    "receive": _receive,
    "note": _note,
    "adjourn": _adjourn,
    "draft": _draft,
    "confirm": _confirm,
}
