"""Asking to retire or withdraw an offering, and deciding on it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from credentials.admin.trails import AdminPage, Trail, for_readers
from credentials.compliance.dependents import Impact, impact_of
from credentials.models import Offering
from workflows.choices import Outcome
from workflows.committee_seats.seats import presides
from workflows.deciding.forms import CommentForm
from workflows.exceptions import DecisionRefused
from workflows.models import RetirementRequest
from workflows.proposals.dossier import retirement_standings
from workflows.proposals.retirement import (
    check_may_decide_on,
    decide_retirement,
    deciding_office,
    deciding_stage,
    may_request,
    request_retirement,
)

READ = "workflows.view_retirementrequest"
REGISTER = "workflows_retirementrequest_modeladmin_index"


class RetirementRequestForm(forms.ModelForm):
    """What is asked for, what the public will read, and why."""

    action = forms.ChoiceField(
        label=gettext_lazy("What is asked for"),
        choices=RetirementRequest.Action.choices,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = RetirementRequest
        fields = ("action", "note", "teach_out", "reason")
        widgets = {
            "note": forms.Textarea(attrs={"rows": 3}),
            "reason": forms.Textarea(attrs={"rows": 3}),
            "teach_out": AdminDateInput,
        }

    def __init__(self, *args: Any, impacts: Sequence[Impact] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        breaks = sum(impact.breaks for impact in impacts)
        if breaks:
            self.fields["breaks_known"] = forms.BooleanField(
                label=ngettext(
                    "I know that this breaks %(count)s offering",
                    "I know that this breaks %(count)s offerings",
                    breaks,
                )
                % {"count": breaks},
                error_messages={
                    "required": _(
                        "Offerings listed above could no longer be completed. Change them first, "
                        "or tick that you know."
                    )
                },
            )


class RetirementDecisionForm(CommentForm):
    """Approve or decline a request."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        choices=[
            (
                Outcome.APPROVED,
                gettext_lazy("Approve: it takes effect at once and stays on record"),
            ),
            (Outcome.CHANGES_REQUESTED, gettext_lazy("Decline")),
        ],
        widget=forms.RadioSelect,
    )

    field_order = ("outcome", "comment")


class RequestRetirementView(AdminPage, FormView):
    """The Department asks."""

    form_class = RetirementRequestForm
    template_name = "workflows/admin/retirement_request.html"
    page_title = gettext_lazy("Retire or withdraw")
    header_icon = "history"

    def get_page_subtitle(self) -> str:
        return self.offering.title

    def trail(self) -> Trail:
        editor = reverse("wagtailadmin_pages:edit", args=[self.offering.pk])
        return [(editor, self.offering.title)]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.offering = get_object_or_404(Offering, pk=kwargs["page_id"]).specific
        if not may_request(request.user, self.offering):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def impacts(self) -> list[Impact]:
        """What would happen to other offerings, asked anew with each request."""
        return impact_of(self.offering)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "impacts": self.impacts}

    def form_valid(self, form: RetirementRequestForm) -> HttpResponse:
        facts = {name: form.cleaned_data[name] for name in form.Meta.fields}
        try:
            made = request_retirement(self.offering, self.request.user, **facts)
        except DecisionRefused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("Sent to the %(office)s for a decision.")
            % {"office": deciding_office(self.offering).official_name},
        )
        return redirect(reverse("governance:retirement", args=[made.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "offering": self.offering,
            "office": deciding_office(self.offering).official_name,
            "impacts": self.impacts,
        }


class DecideRetirementView(AdminPage, FormView):
    """The office that approved the offering decides; others who may see it read."""

    form_class = RetirementDecisionForm
    template_name = "workflows/admin/retirement_decision.html"
    page_title = gettext_lazy("Retirement request")
    header_icon = "history"

    def get_page_subtitle(self) -> str:
        return str(self.retirement.offering.title)

    def trail(self) -> Trail:
        return for_readers(self.request.user, READ, REGISTER, _("Retirement requests"))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("workflows.view_decision"):
            raise PermissionDenied
        self.retirement = get_object_or_404(
            RetirementRequest.objects.select_related("offering", "version__approval"),
            pk=kwargs["pk"],
        )
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def refusal(self) -> str:
        """Why this person cannot decide; empty when they can."""
        try:
            check_may_decide_on(self.retirement, self.request.user)
        except DecisionRefused as refused:
            return str(refused)
        return ""

    def form_valid(self, form: RetirementDecisionForm) -> HttpResponse:
        outcome = Outcome(form.cleaned_data["outcome"])
        try:
            decide_retirement(
                self.retirement, self.request.user, outcome, form.cleaned_data["comment"]
            )
        except PermissionDenied as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, _("Your decision is recorded."))
        return redirect(reverse("governance:retirement", args=[self.retirement.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        decided = getattr(self.retirement, "decision", None)
        decision = decided.decision if decided else None
        stage = deciding_stage(self.retirement.offering)
        return {
            **super().get_context_data(**kwargs),
            "retirement": self.retirement,
            "office": deciding_office(self.retirement.offering).official_name,
            "impacts": [] if decided else impact_of(self.retirement.offering),
            "decision": decision,
            "stages": retirement_standings(self.retirement, stage, decision),
            "refusal": self.refusal,
            "may_open_motion": not decided and self._may_open_motion(),
        }

    def _may_open_motion(self) -> bool:
        committee = deciding_stage(self.retirement.offering).committee
        return committee is not None and presides(self.request.user, committee)
