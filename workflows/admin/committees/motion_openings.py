"""Putting a motion to the committee, in the admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from credentials.admin.trails import AdminPage, Trail
from credentials.keys import key_in
from credentials.models import Offering
from workflows.admin.committees.motion_forms import MotionForm
from workflows.choices import Purpose
from workflows.committee.motions import open_motion, open_retirement_motion
from workflows.committee.reconsideration import motion_to_reconsider, movers
from workflows.committee_seats.seats import presides
from workflows.deciding.position import earlier_stages
from workflows.deciding.stage_reading import draft_of
from workflows.exceptions import DecisionRefused
from workflows.models import Meeting, Motion, RetirementRequest
from workflows.models.routes import stages_of
from workflows.proposals.retirement import deciding_stage
from workflows.stages.current_stage import stage_state_of


class OpenMotionView(AdminPage, FormView):
    """The chair or the secretary puts a proposal to the committee."""

    form_class = MotionForm
    template_name = "workflows/admin/motion_open.html"
    page_title = gettext_lazy("Put to the committee")
    header_icon = "group"
    purposes: tuple[str, ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            self.prepare()
        except DecisionRefused as refused:
            messages.error(request, str(refused))
            return redirect(self.back_url)
        assert self.committee is not None  # prepare has found it
        if not presides(request.user, self.committee):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def prepare(self) -> None:
        """Find the proposal, its stage and the committee. Raises Http404 or DecisionRefused."""
        self.page = get_object_or_404(Offering, pk=self.kwargs["page_id"])
        self.back_url = reverse("governance:proposal", args=[self.page.pk])
        self.state = stage_state_of(self.page)
        stage = self.state.task.specific if self.state else None
        self.committee = stage.committee if stage is not None else None
        if stage is None or self.committee is None or stage.acts:  # acts: it is only informed
            raise DecisionRefused(_("No committee decides on this proposal now."))
        self.purposes = (stage.purpose, Purpose.REQUEST_CHANGES)
        self.title = self.page.get_admin_display_title()

    def get_page_subtitle(self) -> str:
        return self.title

    def trail(self) -> Trail:
        return [(self.back_url, self.title)]

    def stages(self) -> list[Any]:
        """Earlier stages of the route, to which changes can be asked for."""
        state = self.state
        assert state is not None  # prepare has found it
        route = stages_of(state.workflow_state.workflow)
        return earlier_stages(route, state.task_id, draft_of(state))

    @cached_property
    def meeting(self) -> Meeting | None:
        """The meeting that it is put to, when one is named."""
        key = key_in(self.request.GET.get("meeting", ""))
        return Meeting.objects.filter(pk=key).first() if key else None

    @cached_property
    def defeated(self) -> Motion | None:
        """The defeated motion on the same content that this one would reconsider."""
        state = getattr(self, "state", None)
        if state is None:
            return None
        return motion_to_reconsider(self.page.pk, str(state.task_id), state.content_hash)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "committee": self.committee,
            "stages": self.stages(),
            "purposes": list(self.purposes),
            "movers": movers(self.defeated) if self.defeated else [],
        }

    def open(self, form: MotionForm) -> Motion:
        """Open what the form says. Raises DecisionRefused or PolicyNotMet."""
        reconsiders = self.defeated
        if form.cleaned_data["purpose"] == Purpose.REQUEST_CHANGES:
            reconsiders = None
        question = form.question(meeting=self.meeting, reconsiders=reconsiders)
        assert self.state is not None  # prepare has found it
        return open_motion(self.state, self.request.user, question)

    def form_valid(self, form: MotionForm) -> HttpResponse:
        try:
            motion = self.open(form)
        except PermissionDenied as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, _("The motion is open; members can vote on it."))
        return redirect(reverse("governance:motion", args=[motion.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "committee": self.committee,
            "meeting": self.meeting,
            "defeated": self.defeated,
            "rules": self.committee.rules.order_by("number").last() if self.committee else None,
            "back_url": self.back_url,
        }


class OpenRetirementMotionView(OpenMotionView):
    """Opens a motion on a request to retire or withdraw."""

    purposes = (Purpose.RETIRE,)

    def prepare(self) -> None:
        """Find the request and the committee that decides on it. Raises as above."""
        self.retirement = get_object_or_404(RetirementRequest, pk=self.kwargs["pk"])
        self.back_url = reverse("governance:retirement", args=[self.retirement.pk])
        self.page, self.state = self.retirement.offering, None
        self.committee = deciding_stage(self.page).committee
        if self.committee is None:
            raise DecisionRefused(_("No committee decides on this request."))
        self.title = str(self.retirement)

    def stages(self) -> list[Any]:
        """A request is approved or not."""
        return []

    def open(self, form: MotionForm) -> Motion:
        """Open what the form says. Raises DecisionRefused."""
        question = form.question(meeting=self.meeting)
        return open_retirement_motion(self.retirement, self.request.user, question)
