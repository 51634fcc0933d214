"""What deciders and authors do to a proposal beside deciding, each on a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.documents import get_document_model
from wagtail.permissions import policy_registry

from workflows import acting
from workflows.admin import act_forms
from workflows.admin.proposal import ProposalMixin
from workflows.choices import Act, Office
from workflows.exceptions import DecisionRefused
from workflows.field_comments import comment_on_field
from workflows.models import ProposalEvent
from workflows.redline import field_names

Carry = Callable[["ActView", dict[str, Any]], Any]


@dataclass(frozen=True)
class ActPage:
    """One act: its heading, what it means, its form, and what it does."""

    heading: Any
    explanation: Any
    form: type[forms.Form]
    carry_out: Carry
    is_final: bool = False


def _record(view: "ActView", data: dict[str, Any]) -> Any:
    view.check_hash(data)
    names = ("body", "decided_on", "reference", "document", "comment")
    facts = acting.OutsideFacts(**{name: data[name] for name in names})
    return acting.record_outside(view.stage, view.request.user, facts)


def _note(view: "ActView", data: dict[str, Any]) -> Any:
    view.check_hash(data)
    return acting.note_received(view.stage, view.request.user, data["comment"])


def _override(view: "ActView", data: dict[str, Any]) -> Any:
    view.check_hash(data)
    return acting.override(view.stage, view.request.user, data["reason"], data["instrument"])


def _answer(view: "ActView", data: dict[str, Any]) -> Any:
    key = view.request.GET.get("question", "")
    asked = ProposalEvent.objects.filter(
        pk=key if key.isdigit() else 0, offering=view.page.pk, kind=Act.COMMENT_ASKED
    ).first()
    if asked is None:
        raise DecisionRefused(_("This question does not exist."))
    return acting.give_comment(asked, view.request.user, data["text"])


ACTS: dict[str, ActPage] = {
    "hold": ActPage(
        gettext_lazy("Put on hold"),
        gettext_lazy("Nothing is decided until it is taken off hold."),
        act_forms.HoldForm,
        lambda view, data: acting.hold(view.stage, view.request.user, data["reason"]),
    ),
    "resume": ActPage(
        gettext_lazy("Take off hold"),
        gettext_lazy("The stage can be decided again."),
        act_forms.ResumeForm,
        lambda view, data: acting.resume(view.stage, view.request.user, data["text"]),
    ),
    "ask_comment": ActPage(
        gettext_lazy("Ask for comment"),
        gettext_lazy("The office is asked; the decision stays where it is."),
        act_forms.AskForm,
        lambda view, data: acting.ask_comment(
            view.stage, view.request.user, Office(data["office"]), data["question"]
        ),
    ),
    "give_comment": ActPage(
        gettext_lazy("Answer"),
        gettext_lazy("Those who decide and the authors read your answer."),
        act_forms.TextForm,
        _answer,
    ),
    "assign": ActPage(
        gettext_lazy("Assign"),
        gettext_lazy("Name the colleague who is to decide."),
        act_forms.AssignForm,
        lambda view, data: acting.assign(view.stage, view.request.user, data["assignee"]),
    ),
    "remark": ActPage(
        gettext_lazy("Say something"),
        gettext_lazy("Everybody who reads the proposal sees it."),
        act_forms.TextForm,
        lambda view, data: acting.remark(view.page, view.request.user, data["text"]),
    ),
    "comment_on_field": ActPage(
        gettext_lazy("Comment on a field"),
        gettext_lazy("Its author finds the comment beside the field in the editor."),
        act_forms.FieldCommentForm,
        lambda view, data: comment_on_field(
            view.page, view.request.user, data["field"], data["text"]
        ),
    ),
    "record": ActPage(
        gettext_lazy("Record the outcome"),
        gettext_lazy("What an outside body decided is written down here, not decided again."),
        act_forms.OutcomeForm,
        _record,
    ),
    "note": ActPage(
        gettext_lazy("Received for information"),
        gettext_lazy("The record says that the committee received it."),
        act_forms.NoteForm,
        _note,
    ),
    "override": ActPage(
        gettext_lazy("Emergency override"),
        gettext_lazy(
            "It passes this stage without the office that should decide. It cannot be undone."
        ),
        act_forms.OverrideForm,
        _override,
        is_final=True,
    ),
    "withdraw": ActPage(
        gettext_lazy("Withdraw the proposal"),
        gettext_lazy("Its way through the offices ends; decisions stay on record."),
        act_forms.WithdrawForm,
        lambda view, data: acting.withdraw(view.page, view.request.user, data["reason"]),
        is_final=True,
    ),
}


class ActView(ProposalMixin, FormView):
    """Explains an act, asks for what it needs, and does it."""

    template_name = "workflows/admin/proposal_act.html"

    @property
    def act(self) -> ActPage:
        """The act that the address names. Raises Http404."""
        if self.kwargs["act"] not in ACTS:
            raise Http404
        return ACTS[self.kwargs["act"]]

    @property
    def stage(self) -> Any:
        """The stage under way. Raises DecisionRefused."""
        if self.state is None:
            raise DecisionRefused(_("This proposal is not under decision."))
        return self.state

    def check_hash(self, data: dict[str, Any]) -> None:
        """Raises DecisionRefused when the proposal is not what was shown (law 2)."""
        if data["content_hash"] != self.frozen.content_hash:
            raise DecisionRefused(
                _("The proposal has changed since you opened it. Read it again, then decide.")
            )

    def get_form_class(self) -> type[forms.Form]:
        return self.act.form

    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = {"content_hash": self.frozen.content_hash}
        if self.kwargs["act"] == "record" and self.state is not None:
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
        messages.success(self.request, _("Done: %(act)s.") % {"act": self.act.heading})
        return redirect(reverse("governance:proposal", args=[self.page.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "page_title": self.act.heading,
            "page_subtitle": self.draft.title,
            "header_icon": "clipboard-list",
            "act": self.act,
            "offering": self.page,
        }
