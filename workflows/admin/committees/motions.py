"""Motions in the admin: reading and voting on one, closing it, confirming its conditions."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from credentials.admin.trails import AdminPage, Trail
from workflows.admin.committees.motion_detail import (
    MotionReading,
    committee_trail,
    may_read_motions,
)
from workflows.admin.committees.motion_forms import BallotForm, ConditionForm
from workflows.choices import Choice, MeetingState, MotionOutcome
from workflows.committee.ballots import cast_ballot, check_may_vote
from workflows.committee.conditions import confirm_condition, refusal_to_confirm
from workflows.committee.results import close_motion, refusal_to_close
from workflows.committee_seats.seats import presides
from workflows.exceptions import DecisionRefused
from workflows.models import Condition, Motion


class MotionPage(AdminPage):
    """A page of one motion, which its committee leads to."""

    motion: Motion
    header_icon = "group"

    def get_page_subtitle(self) -> str:
        return str(self.motion)

    def trail(self) -> Trail:
        page = reverse("governance:motion", args=[self.motion.pk])
        return [*committee_trail(self.request.user, self.motion.committee), (page, self.motion)]


class MotionView(MotionPage, FormView):
    """A motion, how it stands, and the ballot of whoever may vote."""

    form_class = BallotForm
    template_name = "workflows/admin/motion.html"
    page_title = gettext_lazy("Motion")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        motions = Motion.objects.select_related(
            "committee", "rules", "result", "meeting", "offering", "reconsiders", "retirement"
        )
        self.motion = get_object_or_404(motions, pk=kwargs["pk"])
        if not may_read_motions(request.user, self.motion.committee):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def refusal(self) -> str:
        """Why this person cannot vote now; empty when they can."""
        try:
            check_may_vote(self.motion, self.request.user)
        except DecisionRefused as refused:
            return str(refused)
        return ""

    def get_initial(self) -> dict[str, Any]:
        return {"content_hash": self.motion.content_hash}

    def form_valid(self, form: BallotForm) -> HttpResponse:
        data = form.cleaned_data
        try:
            cast_ballot(
                self.motion,
                self.request.user,
                data["choice"],
                shown_hash=data["content_hash"],
                comment=data["comment"],
            )
        except PermissionDenied as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        if data["choice"] == Choice.RECUSE:
            said = _("You are recused: your seat does not count in this motion.")
        else:
            said = _("Your vote is recorded. You can change it until the end.")
        messages.success(self.request, said)
        meeting = self.motion.meeting
        if meeting is not None and meeting.state == MeetingState.UNDER_WAY:
            place = f"#motion-{self.motion.pk}"  # the next item waits there
            return redirect(reverse("governance:run_meeting", args=[meeting.pk]) + place)
        return redirect(reverse("governance:motion", args=[self.motion.pk]))

    def _may_confirm(self, conditions: list[Condition]) -> bool:
        """Whether this person confirms that conditions are met, of which there are some."""
        if self.motion.is_open or self.motion.result.outcome != MotionOutcome.CARRIED:
            return False
        return bool(conditions) and not refusal_to_confirm(conditions[0], self.request.user)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Said at the top too: the form is far below it."""
        messages.error(self.request, _("Your vote was not recorded. The form below says why."))
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reading = MotionReading(self.motion, self.request.user)
        return {
            **super().get_context_data(**kwargs),
            "motion": self.motion,
            "reading": reading,
            "refusal": self.refusal,
            "presides": presides(self.request.user, self.motion.committee),
            "may_confirm": self._may_confirm(reading.conditions),
        }


class CloseMotionView(MotionPage, TemplateView):
    """Confirms, then closes a motion: it cannot be opened again."""

    template_name = "workflows/admin/motion_close.html"
    page_title = gettext_lazy("Close the motion")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.motion = get_object_or_404(
            Motion.objects.select_related("committee", "rules", "meeting"), pk=kwargs["pk"]
        )
        if not presides(request.user, self.motion.committee):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Close it."""
        try:
            result = close_motion(self.motion, request.user)
        except PermissionDenied as refused:
            messages.error(request, str(refused))
            return redirect(reverse("governance:close_motion", args=[self.motion.pk]))
        messages.success(
            request, _("Closed: %(outcome)s.") % {"outcome": result.get_outcome_display()}
        )
        if self.motion.meeting_id:
            place = f"#motion-{self.motion.pk}"
            return redirect(
                reverse("governance:run_meeting", args=[self.motion.meeting_id]) + place
            )
        return redirect(reverse("governance:motion", args=[self.motion.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "motion": self.motion,
            "reading": MotionReading(self.motion, self.request.user),
            "refusal": refusal_to_close(self.motion, self.request.user),
        }


class ConfirmConditionView(MotionPage, FormView):
    """Confirms that a condition is met."""

    form_class = ConditionForm
    template_name = "workflows/admin/motion_condition.html"
    page_title = gettext_lazy("Confirm a condition")
    header_icon = "check"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        conditions = Condition.objects.select_related("motion__committee")
        self.condition = get_object_or_404(conditions, pk=kwargs["pk"])
        self.motion = self.condition.motion
        if not may_read_motions(request.user, self.motion.committee):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: ConditionForm) -> HttpResponse:
        try:
            confirm_condition(self.condition, self.request.user, form.cleaned_data["note"])
        except PermissionDenied as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, _("The condition is confirmed."))
        return redirect(reverse("governance:motion", args=[self.condition.motion_id]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "condition": self.condition,
            "refusal": refusal_to_confirm(self.condition, self.request.user),
        }
