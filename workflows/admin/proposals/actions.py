"""What deciders and authors do to a proposal beside deciding, each on a page of its own."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.documents import get_document_model
from wagtail.permissions import policy_registry

from credentials.keys import key_in
from workflows.admin.proposals import act_forms
from workflows.admin.proposals.act_pages import ACTS, ActPage
from workflows.admin.proposals.page import ProposalPage
from workflows.choices import Act
from workflows.exceptions import DecisionRefused
from workflows.models import ProposalEvent
from workflows.proposals import actions
from workflows.proposals.allowed_actions import allowed_actions, allowed_when_sent_back
from workflows.proposals.redline import field_names


class ActView(ProposalPage, FormView):
    """Explains an act, asks for what it needs, and does it."""

    template_name = "workflows/admin/proposal_act.html"
    header_icon = "clipboard-list"

    def get_page_title(self) -> Any:
        return self.act.heading

    @property
    def act(self) -> ActPage:
        """The act that the address names. Raises Http404."""
        if self.act_name not in ACTS:
            raise Http404
        return ACTS[self.act_name]

    @property
    def act_name(self) -> str:
        """Its name in the address."""
        return str(self.kwargs["act"])

    @property
    def stage(self) -> Any:
        """The stage under way. Raises DecisionRefused."""
        if self.state is None:
            raise DecisionRefused(_("This proposal is not under decision."))
        return self.state

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for what it needs; whoever cannot do it now is led back to the proposal."""
        if not self._is_offered():
            messages.error(
                request,
                _("“%(act)s” is not yours to do, or not now: here is where the proposal stands.")
                % {"act": self.act.heading},
            )
            return redirect(reverse("governance:proposal", args=[self.page.pk]))
        return super().get(request, *args, **kwargs)

    def _is_offered(self) -> bool:
        name, person = self.act_name, self.request.user
        if name == "give_comment":
            asked = self.question()
            return asked is not None and actions.answers_for(person, asked)
        if self.reading is None:
            return name in allowed_when_sent_back(self.page, person)
        return name in allowed_actions(self.reading, person)

    def question(self) -> ProposalEvent | None:
        """The request for comment that the address names, if it is one of this proposal."""
        key = key_in(self.request.GET.get("question", ""))
        asked = ProposalEvent.objects.filter(offering=self.page.pk, kind=Act.COMMENT_ASKED)
        found: ProposalEvent | None = asked.filter(pk=key).first()
        return found

    def check_hash(self, data: dict[str, Any]) -> None:
        """Raises DecisionRefused when the proposal is not what was shown (law 2)."""
        if data["content_hash"] != self.frozen.shown:
            raise DecisionRefused(
                _("The proposal has changed since you opened it. Read it again, then decide.")
            )

    def get_form_class(self) -> type[forms.Form]:
        return self.act.form

    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = {"content_hash": self.frozen.shown}
        if self.act_name == "record" and self.state is not None:
            initial |= {
                "body": getattr(self.state.task.specific, "body", ""),
                "decided_on": self.draft.iqap_date,
                "reference": self.draft.iqap_reference,
                "document": self.draft.iqap_document_id,
            }
        return initial

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        form = self.act.form
        if form is act_forms.OutcomeForm:
            policy = policy_registry.get_by_type(get_document_model())
            kwargs["documents"] = policy.instances_user_has_any_permission_for(
                self.request.user, ["choose", "change"]
            )
        elif form is act_forms.AssignForm and self.state is not None:
            groups = self.state.task.specific.deciders(self.draft)
            people = get_user_model().objects.filter(groups__in=groups, is_active=True)
            kwargs["colleagues"] = people.exclude(pk=self.request.user.pk or 0).distinct()
        elif form is act_forms.FieldCommentForm:
            kwargs["names"] = field_names(type(self.page))
        return kwargs

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.act.carry_out(self, form.cleaned_data)
        except PermissionDenied as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, self.act.done)
        return redirect(reverse("governance:proposal", args=[self.page.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "act": self.act,
            "offering": self.page,
        }
