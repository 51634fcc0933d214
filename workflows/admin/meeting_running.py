"""A meeting as it runs: attendance, motions, votes; and the consent part voted on at once."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from workflows.admin.meeting_forms import ConsentForm
from workflows.admin.meetings import MeetingMixin
from workflows.admin.motion_reading import MotionReading
from workflows.choices import MeetingAct
from workflows.committee.attendance import present_names
from workflows.committee.quorum import standing_quorum
from workflows.committee.seating import seated
from workflows.committee.voting import cast_ballot
from workflows.exceptions import DecisionRefused
from workflows.meetings.agenda import motions_on
from workflows.meetings.voting import Due, open_consent_motions, standing_of
from workflows.models import Ballot, Motion


class RunMeetingView(MeetingMixin, TemplateView):
    """One page to run a meeting from; members follow and vote from it."""

    template_name = "workflows/admin/meeting_run.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        open_consent = open_consent_motions(self.meeting)
        return {
            **super().get_context_data(**kwargs),
            "seats": self._seats(),
            "quorum": standing_quorum(self.meeting),
            "parts": [self._part(part) for part in self.parts()],
            "open_consent": open_consent,
            "received": set(
                self.meeting.events.filter(kind=MeetingAct.RECEIVED).values_list("item", flat=True)
            ),
            "consent_to_vote": self._without_own_ballot(open_consent),
        }

    def _without_own_ballot(self, motions: list[Motion]) -> int:
        mine = Ballot.objects.filter(motion__in=motions, cast_by_key=str(self.request.user.pk))
        return len(motions) - mine.values("motion").distinct().count()

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


class VoteOnConsentView(MeetingMixin, FormView):
    """One vote on all open motions of the consent part: a ballot on each, or on none."""

    form_class = ConsentForm
    template_name = "workflows/admin/meeting_consent.html"

    def form_valid(self, form: ConsentForm) -> HttpResponse:
        shown = self.request.POST.getlist("shown")
        motions = {
            f"{motion.pk}:{motion.content_hash}": motion
            for motion in open_consent_motions(self.meeting)
        }
        try:
            if not shown or set(shown) != set(motions):
                raise DecisionRefused(
                    _("The consent part has changed since you opened it. Read it again, then vote.")
                )
            with transaction.atomic():
                for motion in motions.values():
                    cast_ballot(
                        motion,
                        self.request.user,
                        form.cleaned_data["choice"],
                        shown_hash=motion.content_hash,
                    )
        except PermissionDenied as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, _("Your votes are recorded: %(n)s.") % {"n": len(motions)})
        return redirect(reverse("governance:run_meeting", args=[self.meeting.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "page_title": _("Vote on the consent items"),
            "motions": open_consent_motions(self.meeting),
        }
