"""Writing a version of the policy: facts, clauses and rules, as long as it is a draft."""

from typing import Any

from django.contrib import messages as flashes
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import ObjectList
from wagtail.log_actions import log

from credentials.admin.policy import versioned_drafts
from credentials.admin.policy.forms import ClauseForm, FactsForm, NewDraftForm
from credentials.admin.policy.pages import PolicyPage
from credentials.admin.policy.panel_form import PanelForm
from credentials.admin.policy.versioned_drafts import DraftPage
from credentials.admin.trails import Trail
from credentials.compliance.adoption import draft_from
from credentials.models import PolicyClause, PolicyVersion


class OwnerPage(DraftPage, PolicyPage):
    """Pages on which the owner writes."""

    owner_only = True
    refusal = gettext_lazy(
        "“%(label)s” has been adopted and never changes. Begin a new draft from it."
    )

    def trail(self) -> Trail:
        return [*super().trail(), (self.version_url, self.version.label)]


class FactsView(PanelForm, OwnerPage):
    """The facts of a draft."""

    page_subtitle = gettext_lazy("Edit facts")

    def get_panel(self) -> Any:
        panels = ObjectList(PolicyVersion.panels, base_form_class=FactsForm)
        return panels.bind_to_model(PolicyVersion)

    def get_object(self) -> PolicyVersion:
        return self.version

    def get_success_message(self) -> str:
        return _("The facts of “%(label)s” were saved.") % {"label": self.version.label}


class ClausePage(OwnerPage):
    """A page about one clause of a draft."""

    @cached_property
    def clause(self) -> PolicyClause:
        """The clause that the address names, of this version, or 404."""
        return get_object_or_404(
            PolicyClause.objects.select_related("version"),
            pk=self.kwargs["clause_pk"],
            version=self.version,
        )

    def get_page_subtitle(self) -> str:
        return str(self.clause)


class EditClauseView(PanelForm, ClausePage):
    """A clause of a draft, with its rules."""

    def get_panel(self) -> Any:
        panels = ObjectList(PolicyClause.panels, base_form_class=ClauseForm)
        return panels.bind_to_model(PolicyClause)

    def get_object(self) -> PolicyClause:
        return self.clause

    def get_success_message(self) -> str:
        return _("Clause %(number)s was saved.") % {"number": self.clause.number}


class AddClauseView(EditClauseView):
    """A clause more, after the others."""

    action = "wagtail.create"

    @cached_property
    def clause(self) -> PolicyClause:
        last = self.version.clauses.order_by("-position", "-pk").first()
        position = last.position + 1 if last else 0
        return PolicyClause(version=self.version, position=position, part=last.part if last else "")

    def get_page_subtitle(self) -> str:
        return _("Add clause")


class DeleteClauseView(ClausePage):
    """Retire a clause: the draft no longer has it. Asks first."""

    template_name = "credentials/admin/confirm.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "question": _("Delete clause %(clause)s from the draft “%(label)s”?")
            % {"clause": self.clause, "label": self.version.label},
            "consequence": _("Its rules go with it. Versions that are adopted keep theirs."),
            "confirm_label": _("Delete the clause"),
            "back_url": self.version_url,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Delete it."""
        number = self.clause.number
        with transaction.atomic():
            self.check_draft()
            log(instance=self.clause, action="wagtail.delete", user=request.user, deleted=True)
            self.clause.delete()
        flashes.success(request, _("Clause %(number)s was deleted.") % {"number": number})
        return redirect(self.version_url)


class DeleteDraftView(versioned_drafts.DeleteDraftView, OwnerPage):
    """Give a draft up."""

    consequence = gettext_lazy("Its clauses, rules and what-if reports go with it.")


class NewDraftView(versioned_drafts.NewDraftView, OwnerPage):
    """Begin the next version as a copy of this one."""

    form_class = NewDraftForm
    introduction = gettext_lazy(
        "The draft begins with all clauses and rules of “%(label)s”. It asks nothing of "
        "anyone until it is adopted and its day has come."
    )

    def begin(self, label: str) -> PolicyVersion:
        return draft_from(self.version, self.request.user, label=label)
