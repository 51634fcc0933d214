"""Writing a version of the policy: facts, clauses and rules, as long as it is a draft."""

from typing import Any, ClassVar

from django.contrib import messages as flashes
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import ObjectList
from wagtail.log_actions import log

from credentials.admin.panel_form import PanelForm
from credentials.admin.policy_forms import ClauseForm, FactsForm, NewDraftForm
from credentials.admin.policy_pages import PolicyPage
from credentials.compliance.adopting import draft_from
from credentials.models import PolicyClause, PolicyVersion


class OwnerPage(PolicyPage):
    """Pages on which the owner writes. `drafts_only` ones refuse an adopted version."""

    owner_only = True
    drafts_only: ClassVar[bool] = True

    def check_draft(self) -> None:
        """Raise PermissionDenied when the version can no longer change.

        Inside a transaction the version is held, so that nobody adopts it meanwhile.
        """
        if connection.in_atomic_block:
            PolicyVersion.objects.select_for_update().get(pk=self.version.pk)
        adopted = PolicyVersion.objects.adopted().filter(pk=self.version.pk)
        if self.drafts_only and adopted.exists():
            raise PermissionDenied(
                _("“%(label)s” has been adopted and never changes. Begin a new draft from it.")
                % {"label": self.version.label}
            )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page."""
        self.check_draft()
        return super().get(request, *args, **kwargs)

    def trail(self) -> list[tuple[str, str]]:
        return [(self.version_url, self.version.label)]

    @property
    def version_url(self) -> str:
        """Where the version is read."""
        return reverse("policy:version", args=[self.version.pk])


class PanelPage(PanelForm, OwnerPage):
    """A form made of Wagtail's panels, over one object of the draft."""

    def get_back_url(self) -> str:
        return self.version_url


class FactsView(PanelPage):
    """The facts of a draft."""

    page_subtitle = gettext_lazy("Edit facts")

    def get_panel(self) -> Any:
        panels = ObjectList(PolicyVersion.panels, base_form_class=FactsForm)
        return panels.bind_to_model(PolicyVersion)

    def get_object(self) -> PolicyVersion:
        return self.version

    def get_success_message(self) -> str:
        return _("The facts of “%(label)s” were saved.") % {"label": self.version.label}


class EditClauseView(PanelPage):
    """A clause of a draft, with its rules."""

    def get_panel(self) -> Any:
        panels = ObjectList(PolicyClause.panels, base_form_class=ClauseForm)
        return panels.bind_to_model(PolicyClause)

    @cached_property
    def clause(self) -> PolicyClause:
        """The clause that the address names, of this version, or 404."""
        return get_object_or_404(
            PolicyClause.objects.select_related("version"),
            pk=self.kwargs["clause_pk"],
            version=self.version,
        )

    def get_object(self) -> PolicyClause:
        return self.clause

    def get_page_subtitle(self) -> str:
        return str(self.clause)

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


class DeleteClauseView(EditClauseView):
    """Retire a clause: the draft no longer has it. Asks first."""

    template_name = "credentials/admin/confirm.html"

    def get_panel(self) -> None:
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super(PanelForm, self).get_context_data(**kwargs),
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


class DeleteDraftView(OwnerPage):
    """Give a draft up. Asks first."""

    template_name = "credentials/admin/confirm.html"
    page_subtitle = gettext_lazy("Delete draft")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "question": _("Delete the draft “%(label)s”?") % {"label": self.version.label},
            "consequence": _("Its clauses, rules and what-if reports go with it."),
            "confirm_label": _("Delete the draft"),
            "back_url": self.version_url,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Delete it."""
        label = self.version.label
        if self.version.successors.exists():
            messages.error(request, _("Other drafts are based on this one. Delete them first."))
            return redirect(self.version_url)
        with transaction.atomic():
            self.check_draft()
            log(instance=self.version, action="wagtail.delete", user=request.user, deleted=True)
            self.version.delete()
        flashes.success(request, _("The draft “%(label)s” was deleted.") % {"label": label})
        return redirect("policy:index")


class NewDraftView(OwnerPage):
    """Begin the next version as a copy of this one."""

    template_name = "credentials/admin/plain_form.html"
    page_subtitle = gettext_lazy("New draft")
    drafts_only = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", NewDraftForm())
        return {
            **super().get_context_data(**kwargs),
            "introduction": _(
                "The draft begins with all clauses and rules of “%(label)s”. It asks nothing of "
                "anyone until it is adopted and its day has come."
            )
            % {"label": self.version.label},
            "submit_label": _("Begin the draft"),
            "back_url": self.version_url,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Copy the version."""
        form: BaseForm = NewDraftForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        draft = draft_from(self.version, request.user, label=form.cleaned_data["label"])
        flashes.success(request, _("The draft “%(label)s” was begun.") % {"label": draft.label})
        return redirect("policy:version", draft.pk)
