"""One page to read a proposal and decide on it: route, redline, decisions so far, decision form."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.models import WorkflowState

from credentials.admin.findings_panel import grouped
from credentials.authorship import authors_of
from credentials.catalogue.ledger import PublishedVersion
from credentials.compliance.gates import is_governed_change, report_on
from credentials.content import FrozenContent, freeze
from credentials.models import Offering
from credentials.policy.findings import Report
from workflows.admin.forms import DecisionForm
from workflows.bundles import sharing_reference
from workflows.choices import Outcome
from workflows.deciding import check_may_decide
from workflows.exceptions import DecisionRefused
from workflows.models import Decision
from workflows.models.routes import stages_of
from workflows.ordering import route_of
from workflows.redline import redline


@dataclass(frozen=True)
class StageStanding:
    """A stage of the route and where the proposal stands with it (MC-2)."""

    name: str
    office: str
    standing: str
    is_current: bool


class ProposalView(FormView):
    """Shows a proposal to those who may see it; takes the decision of those who may decide."""

    form_class = DecisionForm
    template_name = "workflows/admin/proposal.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_object_or_404(Offering, pk=kwargs["page_id"]).specific
        if not self._may_read():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def _may_read(self) -> bool:
        """Who may edit it; and, once it was submitted, every office that decides."""
        if self.page.permissions_for_user(self.request.user).can_edit():
            return True
        submitted = self.page.workflow_states.exists()
        return submitted and self.request.user.has_perm("workflows.view_decision")

    @cached_property
    def draft(self) -> Offering:
        """The proposal as it now stands."""
        return self.page.get_latest_revision_as_object()

    @cached_property
    def frozen(self) -> FrozenContent:
        """Its content and hashes, as this request found them."""
        return freeze(self.draft)

    @cached_property
    def report(self) -> Report | None:
        """What the policy asks of the draft; None where only editorial fields changed."""
        return report_on(self.draft) if is_governed_change(self.draft) else None

    @cached_property
    def workflow_state(self) -> WorkflowState | None:
        """The proposal's way through its route, if it was submitted and has not ended."""
        return self.page.current_workflow_state

    @cached_property
    def refusal(self) -> str:
        """Why this person cannot decide now; empty when they can."""
        state = self.page.current_workflow_task_state
        if state is None:
            return _("This proposal is not under decision.")
        try:
            check_may_decide(state, self.request.user)
        except DecisionRefused as refused:
            return str(refused)
        return ""

    def get_initial(self) -> dict[str, Any]:
        return {"content_hash": self.frozen.content_hash}

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        state = self.page.current_workflow_task_state
        action = "approve" if form.cleaned_data["outcome"] == Outcome.APPROVED else "reject"
        try:
            if state is None or self.frozen.content_hash != form.cleaned_data["content_hash"]:
                raise DecisionRefused(
                    _("The proposal has changed since you opened it. Read it again, then decide.")
                )
            state.task.specific.on_action(
                state, self.request.user, action, comment=form.cleaned_data["comment"]
            )
        except PermissionDenied as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, self._confirmation(form.cleaned_data["outcome"]))
        return redirect(reverse("governance:proposal", args=[self.page.pk]))

    def _confirmation(self, outcome: str) -> str:
        page = Offering.objects.get(pk=self.page.pk)
        if outcome == Outcome.CHANGES_REQUESTED:
            return _("Changes requested: “%(title)s” is back with its author.") % {
                "title": page.get_admin_display_title()
            }
        if page.workflow_in_progress:
            return _("Approved: “%(title)s” goes on to its next stage.") % {
                "title": page.get_admin_display_title()
            }
        return _("Approved and published: “%(title)s”.") % {"title": page.title}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        head = PublishedVersion.objects.select_related("approval").head_of(self.page.pk)
        before = head.approval.frozen_content if head else {}
        return {
            **super().get_context_data(**kwargs),
            "page_title": _("Proposal"),
            "page_subtitle": self.draft.title,
            "header_icon": "doc-full-inverse",
            "offering": self.page,
            "draft": self.draft,
            "head": head,
            "rows": list(redline(type(self.page), before, self.frozen.content)),
            "authors": sorted(authors_of(self.page).values()),
            "workflow_state": self.workflow_state,
            "stages": self._stages(),
            "decisions": Decision.objects.filter(offering_id=self.page.pk),
            "refusal": self.refusal,
            "report": self.report,
            "findings": grouped(self.report, self.draft) if self.report else [],
            "together": sharing_reference(self.draft),
        }

    def _stages(self) -> list[StageStanding]:
        state = self.workflow_state
        route = route_of(self.draft)
        workflow = state.workflow if state else (route.workflow if route else None)
        if workflow is None:
            return []
        current = self.page.current_workflow_task_state
        decided = self._decided(state)
        return [
            StageStanding(
                name=task.name,
                office=getattr(task, "office_name", ""),
                standing=_("Under decision")
                if current and current.task_id == task.pk
                else decided.get(str(task.pk), _("To come")),
                is_current=bool(current and current.task_id == task.pk),
            )
            for task in stages_of(workflow)
        ]

    def _decided(self, state: WorkflowState | None) -> dict[str, str]:
        if state is None:
            return {}
        decisions = Decision.objects.on(str(state.pk), self.frozen.content_hash)
        return {d.stage_key: d.get_outcome_display() for d in decisions.order_by("pk")}
