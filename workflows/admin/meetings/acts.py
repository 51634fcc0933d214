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

from credentials.keys import key_in, keys_in
from workflows.admin.committees.motion_detail import may_read_motions
from workflows.agendas import consent
from workflows.choices import AgendaPart, MeetingState
from workflows.exceptions import DecisionRefused
from workflows.meetings import agenda, call, consent_votes, item_votes, minutes, proceedings
from workflows.models import AgendaItem, Meeting, Seat, SeatTerm

Done = str


class MeetingActView(View):
    """Does one act and goes back to the page it came from."""

    http_method_names = ["get", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.meeting = get_object_or_404(
            Meeting.objects.select_related("committee"), pk=kwargs["pk"]
        )
        if not may_read_motions(request.user, self.meeting.committee):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever had to sign in again arrives here by a link: say that nothing was done."""
        if kwargs["act"] not in ACTS:
            raise Http404
        messages.warning(request, _("Nothing was done. If you still want it, do it again here."))
        is_under_way = self.meeting.state == MeetingState.UNDER_WAY
        return self._back("run_meeting" if is_under_way else "meeting")

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
            if kwargs["act"] == "adjourn":  # which drafts the minutes
                return self._back("minutes")
        return self._back("run_meeting" if request.POST.get("from") == "run" else "meeting")

    def _back(self, name: str) -> HttpResponse:
        """To the page that the act belongs to, or else to this one, there to what was acted on."""
        if self.kwargs["act"] in ("draft", "confirm"):
            name = "minutes"
        place = f"#item-{self.key('item')}" if self.key("item") else ""
        return redirect(reverse(f"governance:{name}", args=[self.meeting.pk]) + place)

    @property
    def item(self) -> AgendaItem:
        """The item that was meant. Raises DecisionRefused when somebody has taken it off."""
        items = self.meeting.items.select_related("meeting__committee", "retirement")
        found: AgendaItem | None = items.filter(pk=self.key("item")).first()
        if found is None:
            raise DecisionRefused(
                _("This item is not on the agenda any more. Here is the agenda as it stands.")
            )
        return found

    def key(self, name: str) -> int:
        """A primary key that was sent; 0 when it is none."""
        return key_in(self.said(name))

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
    keys = keys_in(view.said("order").split(","))
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
    consent.pull_from_consent(view.item, view.request.user, view.said("reason"))
    return _("Moved to discussion.")


def _call(view: MeetingActView) -> Done:
    call.call_meeting(view.meeting, view.request.user)
    return _("The meeting is called.")


def _cancel(view: MeetingActView) -> Done:
    call.cancel_meeting(view.meeting, view.request.user, view.said("reason"))
    return _("The meeting is cancelled.")


def _open(view: MeetingActView) -> Done:
    proceedings.open_meeting(view.meeting, view.request.user)
    return _("The meeting is open.")


def _arrive(view: MeetingActView) -> Done:
    terms = SeatTerm.objects.filter(seat__committee=view.meeting.committee)
    term = get_object_or_404(terms.select_related("seat"), pk=view.key("term"))
    proceedings.record_arrival(view.meeting, view.request.user, term)
    return _("%(name)s is present.") % {"name": term.person_name}


def _leave(view: MeetingActView) -> Done:
    seats = Seat.objects.filter(committee=view.meeting.committee)
    seat = get_object_or_404(seats, pk=view.key("seat"))
    proceedings.record_departure(view.meeting, view.request.user, seat)
    return _("The departure is recorded.")


def _put(view: MeetingActView) -> Done:
    """In the plainest form; the full form is a page of its own."""
    item_votes.put_to_the_vote(view.item, view.request.user)
    return _("The motion is open.")


def _put_consent(view: MeetingActView) -> Done:
    put, refused = item_votes.put_consent(view.meeting, view.request.user)
    for sentence in refused:
        messages.warning(view.request, sentence)
    return _("Motions opened: %(count)s.") % {"count": put}


def _close_consent(view: MeetingActView) -> Done:
    shown = keys_in(view.request.POST.getlist("shown"))
    said = consent_votes.close_consent(view.meeting, view.request.user, shown)
    if not said:
        raise DecisionRefused(
            _("Nothing was closed: the page showed no open motion of the consent part.")
        )
    return " · ".join(said)


def _receive(view: MeetingActView) -> Done:
    proceedings.receive(view.item, view.request.user)
    return _("Received for information.")


def _note(view: MeetingActView) -> Done:
    proceedings.note(view.item, view.request.user, view.said("note"))
    return _("The note is kept.")


def _adjourn(view: MeetingActView) -> Done:
    proceedings.adjourn(view.meeting, view.request.user)
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
    "close_consent": _close_consent,
    "receive": _receive,
    "note": _note,
    "adjourn": _adjourn,
    "draft": _draft,
    "confirm": _confirm,
}
