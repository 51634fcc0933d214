"""A meeting as it runs: attendance, motions, votes; and the consent part voted on at once."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from workflows.admin.committees.motion_detail import MotionReading
from workflows.admin.meetings.forms import ConsentForm
from workflows.admin.meetings.pages import MeetingPage
from workflows.agendas.consent import open_consent_motions
from workflows.agendas.items import motions_on
from workflows.choices import MeetingAct
from workflows.committee.attendance import present_names
from workflows.committee.quorum import standing_quorum
from workflows.committee_seats.seats import seated
from workflows.meetings.consent_votes import consent_lines, vote_on_consent
from workflows.meetings.item_votes import Due, standing_of
from workflows.models import Motion


class RunMeetingView(MeetingPage, TemplateView):
    """One page to run a meeting from; members follow and vote from it."""

    template_name = "workflows/admin/meeting_run.html"
    page_title = gettext_lazy("Proceedings")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {
            **context,
            "seats": self._seats(),
            "quorum": standing_quorum(self.meeting),
            "parts": [self._part(part) for part in self.parts()],
            "open_consent": open_consent_motions(self.meeting),
            "received": set(
                self.meeting.events.filter(kind=MeetingAct.RECEIVED).values_list("item", flat=True)
            ),
            "consent_to_vote": self._consent_to_vote() if context["votes"] else 0,
        }

    def _consent_to_vote(self) -> int:
        """How many motions the page to vote on all of them lists."""
        lines = consent_lines(self.meeting, self.request.user)
        return sum(not line.left_alone for line in lines)

    def _seats(self) -> list[dict[str, Any]]:
        present = present_names(self.meeting)
        return [
            {
                "seat": item.seat,
                "people": [term for term in (item.holder, item.alternate) if term is not None],
                "present": present.get(item.seat.pk, ""),
            }
            for item in seated(self.meeting.committee)
        ]

    def _part(self, part: dict[str, Any]) -> dict[str, Any]:
        items = []
        for item in part["items"]:
            motions = list(motions_on(item).select_related("result", "committee", "rules"))
            standing = standing_of(item)
            items.append(
                {
                    "item": item,
                    "motions": [(motion, self._reading(motion)) for motion in motions],
                    "due": standing.due.value,
                    "reasons": standing.reasons,
                }
            )
        to_put = any(line["due"] == Due.VOTE.value for line in items)
        return {**part, "items": items, "to_put": to_put}

    def _reading(self, motion: Motion) -> MotionReading:
        return MotionReading(motion, self.request.user)


class VoteOnConsentView(MeetingPage, FormView):
    """One vote on the open motions of the consent part on which the member has not voted yet."""

    form_class = ConsentForm
    template_name = "workflows/admin/meeting_consent.html"
    page_title = gettext_lazy("Vote on the consent items")

    def form_valid(self, form: ConsentForm) -> HttpResponse:
        shown, choice = self.request.POST.getlist("shown"), form.cleaned_data["choice"]
        try:
            cast = vote_on_consent(self.meeting, self.request.user, choice, shown)
        except PermissionDenied as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        for sentence in cast.left_alone:
            messages.warning(self.request, sentence)
        if cast.voted_on:
            said = {"n": len(cast.voted_on), "titles": " · ".join(cast.voted_on)}
            messages.success(self.request, _("Your votes are recorded: %(n)s. %(titles)s") % said)
        else:
            messages.error(self.request, _("No vote was recorded. Read the consent part again."))
        return redirect(reverse("governance:run_meeting", args=[self.meeting.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = consent_lines(self.meeting, self.request.user)
        return {
            **super().get_context_data(**kwargs),
            "to_vote": [line for line in lines if not line.left_alone],
            "left_alone": [line for line in lines if line.left_alone],
        }
