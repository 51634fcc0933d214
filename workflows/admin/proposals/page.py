"""One page to read a proposal and decide on it: route, redline, decisions so far, decision form."""

import json
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
from wagtail.models import WorkflowState
from wagtail.permissions import page_permission_policy

from credentials.admin.offerings.findings_panel import grouped
from credentials.admin.trails import AdminPage, Trail
from credentials.compliance.gates import report_on
from credentials.compliance.standings import drafts_of
from credentials.models import Approval, Offering
from credentials.osap.departure_warning import notice_for
from credentials.policy.findings import Report
from credentials.published.words import Renaming, renamings
from credentials.record.authorship import authors_of
from credentials.record.content import FrozenContent, by_present_rules, freeze
from credentials.record.ledger import PublishedVersion
from workflows.choices import Outcome
from workflows.deciding.decisions import check_may_decide
from workflows.deciding.forms import DECIDED_HERE, DecisionForm
from workflows.deciding.frozen_proposal import content_at, frozen_proposal
from workflows.deciding.position import earlier_stages, route_of, standing_among
from workflows.deciding.progress import bundle_of
from workflows.exceptions import DecisionRefused
from workflows.models import Decision, Motion
from workflows.models.routes import stages_of
from workflows.proposals.actions import answers_for, approve, request_changes
from workflows.proposals.allowed_actions import allowed_actions, allowed_when_sent_back
from workflows.proposals.bundle_numbers import sharing_reference
from workflows.proposals.dossier import Discussion, discussion_of, motions_on, route_standings
from workflows.proposals.field_comments import open_comments
from workflows.proposals.new_words import renamed_since
from workflows.proposals.permissions import may_read_proposal
from workflows.proposals.proposal_reading import ProposalReading
from workflows.proposals.redline import redline
from workflows.stages.current_stage import under_way
from workflows.stages.stage_state import StageState


class ProposalMixin:
    """Finds the proposal, for those who may read it."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.page = get_object_or_404(Offering, pk=kwargs["page_id"]).specific
        if not may_read_proposal(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    @cached_property
    def draft(self) -> Offering:
        """The proposal as it now stands."""
        (draft,) = drafts_of([self.page])
        return draft

    @cached_property
    def frozen(self) -> FrozenContent:
        """What is decided on: under way what was frozen, else the draft as it stands."""
        if self.state is None or self.workflow_state is None:
            return freeze(self.draft)
        return frozen_proposal(self.workflow_state, self.draft, content_at(self.state, self.draft))

    @cached_property
    def state(self) -> StageState | None:
        """The stage under way, if there is one."""
        current = self.workflow_state.current_task_state if self.workflow_state else None
        state = under_way(current)
        if state is None:
            return None
        state.workflow_state = self.workflow_state
        state.task = next((s for s in self.stages if s.pk == state.task_id), state.task)
        return state

    @cached_property
    def reading(self) -> ProposalReading | None:
        """What is read of that stage, each fact once."""
        if self.state is None:
            return None
        return ProposalReading(self.state, draft=self.draft, **self.known())

    def known(self) -> dict[str, Any]:
        """Facts of the reading that the page has read in its own way."""
        return {}

    @cached_property
    def stages(self) -> list[Any]:
        """The stages of its route, whether or not they apply to it."""
        if self.workflow_state is not None:
            return stages_of(self.workflow_state.workflow)
        route = route_of(self.draft)
        return route.stages if route else []

    @cached_property
    def workflow_state(self) -> WorkflowState | None:
        """The proposal's way through its route, if it was submitted and has not ended."""
        found: WorkflowState | None = self.page.current_workflow_state
        return found


class ProposalPage(ProposalMixin, AdminPage):
    """A page about one proposal."""

    page_title: Any = gettext_lazy("Proposal")
    header_icon = "doc-full-inverse"

    def get_page_subtitle(self) -> str:
        return self.draft.title

    def trail(self) -> Trail:
        return [(reverse("governance:proposal", args=[self.page.pk]), self.draft.title)]


class ProposalView(ProposalPage, FormView):
    """Shows a proposal to those who may see it; takes the decision of those who may decide."""

    form_class = DecisionForm
    template_name = "workflows/admin/proposal.html"

    @cached_property
    def report(self) -> Report | None:
        """What the policy asks of the draft; None where only editorial fields changed."""
        head, hash_ = self.published, self.frozen.governed_hash
        is_editorial = head is not None and head.differs_in_editorial_fields_only(hash_)
        return None if is_editorial else report_on(self.draft)

    @cached_property
    def published(self) -> PublishedVersion | None:
        """What is published of it, if anything."""
        return PublishedVersion.objects.select_related("approval").head_of(self.page.pk)

    @cached_property
    def authors(self) -> dict[str, str]:
        """Who wrote it since then: key to name."""
        head = self.published
        is_content = head is None or head.approval.action == Approval.Action.PUBLISH
        number = head.number if head else 0
        return authors_of(self.page, number if is_content else None)

    @cached_property
    def decisions(self) -> list[Decision]:
        """All decisions on the offering, the newest first."""
        return list(Decision.objects.filter(offering_id=self.page.pk))

    @cached_property
    def discussion(self) -> Discussion:
        """What was said on it, and what happened to it."""
        key = str(self.workflow_state.pk) if self.workflow_state else ""
        return discussion_of(self.page.pk, key)

    def _on_content(self) -> list[Decision]:
        """Decisions on this content of this proposal, the oldest first."""
        key = str(self.workflow_state.pk) if self.workflow_state else ""
        hash_ = self.frozen.content_hash
        found = [d for d in self.decisions if d.proposal_key == key and d.content_hash == hash_]
        return sorted(found, key=lambda decision: decision.pk)

    @cached_property
    def motions(self) -> list[Motion]:
        """Motions on the offering, the newest first."""
        return motions_on(self.page.pk)

    def known(self) -> dict[str, Any]:
        """What the page shows anyway, so that what is allowed asks for nothing once more."""
        assert self.state is not None  # there is nothing to read otherwise
        return {
            "proposers": self.discussion.submitters_of(self.state.workflow_state) | self.authors,
            "hold": self.discussion.hold,
            "decision": standing_among(self._on_content(), self.state),
            "has_open_motion": any(motion.is_open for motion in self.motions),
            "renamed": self.renamed,
            "assignment": self.discussion.assignee_at(self.state),
        }

    @cached_property
    def refusal(self) -> str:
        """Why this person cannot decide now; empty when they can."""
        if self.reading is None:
            return _("This proposal is not under decision.")
        try:
            check_may_decide(self.reading, self.request.user)
        except DecisionRefused as refused:
            return str(refused)
        return ""

    @cached_property
    def actions(self) -> list[str]:
        """Names of what this person may do now."""
        if self.reading is None:
            return allowed_when_sent_back(self.page, self.request.user)
        return allowed_actions(self.reading, self.request.user)

    def get_initial(self) -> dict[str, Any]:
        return {"content_hash": self.frozen.shown, "stage": self._stage_key}

    @property
    def _stage_key(self) -> str:
        """Names the stage under way, so that a decision sent twice does not decide the next one."""
        return str(self.state.pk) if self.state is not None else ""

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if self.state is not None:
            kwargs["earlier"] = earlier_stages(self.stages, self.state.task_id, self.draft)
            kwargs["outcomes"] = self.state.task.specific.acts or DECIDED_HERE
        return kwargs

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        data = form.cleaned_data
        try:
            self._check_shown(data)
            assert self.state is not None  # else it would have been refused
            if data["outcome"] == Outcome.APPROVED:
                approve(self.state, self.request.user, data["comment"])
            else:
                back_to = form.stage_to_return_to
                request_changes(self.state, self.request.user, data["comment"], back_to)
        except PermissionDenied as refused:
            form.add_error(None, str(refused))
            form.show_again(self.frozen.shown, self._stage_key)
            return self.form_invalid(form)
        messages.success(self.request, self._confirmation(data["outcome"], form))
        return redirect(reverse("governance:proposal", args=[self.page.pk]))

    def form_invalid(self, form: Any) -> HttpResponse:
        """Said at the top too: the form is far below it."""
        messages.error(self.request, _("Your decision was not recorded. The form below says why."))
        return super().form_invalid(form)

    def _check_shown(self, data: dict[str, Any]) -> None:
        """Raises DecisionRefused unless stage and content still are what was shown (law 2)."""
        if self.state is None or data["stage"] not in ("", self._stage_key):
            raise DecisionRefused(
                _(
                    "This stage has ended meanwhile, by a decision or a withdrawal. What you sent "
                    "now was not recorded."
                )
            )
        if self.frozen.shown != data["content_hash"]:
            raise DecisionRefused(
                _("The proposal has changed since you opened it. Read it again, then decide.")
            )

    def _confirmation(self, outcome: str, form: DecisionForm) -> str:
        page = Offering.objects.get(pk=self.page.pk)
        title = {"title": page.get_admin_display_title()}
        if outcome == Outcome.CHANGES_REQUESTED:
            if form.stage_to_return_to is not None:
                return _("Changes requested: “%(title)s” is back at an earlier stage.") % title
            return _("Changes requested: “%(title)s” is back with its author.") % title
        if page.workflow_in_progress:
            return _("Approved: “%(title)s” goes on to its next stage.") % title
        return _("Approved and published: “%(title)s”.") % {"title": page.title}

    @cached_property
    def renamed(self) -> list[Renaming]:
        """Records that are called otherwise now than in what is decided on."""
        return renamed_since(json.loads(self.frozen.document)) if self.frozen.document else []

    def _new_words(self) -> list[Renaming]:
        """Other records that the public reads of in other words now than it would."""
        if not self.frozen.document or self.published is None:
            return []
        return renamings(json.loads(self.published.document), json.loads(self.frozen.document))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before = self.published.approval.frozen_content if self.published else {}
        unanswered = self.discussion.unanswered
        return {
            **super().get_context_data(**kwargs),
            "offering": self.page,
            "draft": self.draft,
            "may_edit": page_permission_policy.user_has_permission_for_instance(
                self.request.user, "change", self.page
            ),
            "head": self.published,
            "rows": list(
                redline(
                    type(self.page),
                    before,
                    by_present_rules(self.frozen.content),
                    self.frozen.document,
                )
            ),
            "frozen": self.frozen,
            "new_words": self._new_words(),
            "renamed_since": self.renamed,
            "authors": sorted(self.authors.values()),
            "workflow_state": self.workflow_state,
            "stages": list(
                route_standings(self.draft, self.reading, self.stages, self._on_content())
            ),
            "decisions": self.decisions,
            "motions": self.motions,
            "discussion": self.discussion,
            "to_answer": [e for e in unanswered if answers_for(self.request.user, e)],
            "field_comments": open_comments(self.page),
            "actions": self.actions,
            "refusal": self.refusal,
            "report": self.report,
            "findings": grouped(self.report, self.draft) if self.report else [],
            "osap": notice_for(self.draft, self.request.user),
            "together": sharing_reference(self.draft),
            "bundle": bundle_of(self.page.pk),
        }
