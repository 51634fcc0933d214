"""Writing a version of the procedure and its letters, as long as it is a draft (AP-2)."""

from typing import Any, ClassVar

from django.contrib import messages as flashes
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import ObjectList
from wagtail.log_actions import log

from appeals.admin.procedure_forms import PANELS, NewDraftForm
from appeals.admin.procedure_pages import NAMESPACE, ProcedurePage
from appeals.adopting import draft_from
from appeals.letter_text import NEEDED, PLACEHOLDERS, allowed
from appeals.models import LetterTemplate, Procedure
from credentials.admin.panel_form import PanelForm


class DraftPage(ProcedurePage):
    """A page that writes. `drafts_only` ones refuse a version that was brought into force."""

    drafts_only: ClassVar[bool] = True

    def check_draft(self) -> None:
        """Raise PermissionDenied when the version can no longer change.

        Inside a transaction the version is held, so that nobody adopts it meanwhile.
        """
        if connection.in_atomic_block:
            Procedure.objects.select_for_update().get(pk=self.procedure.pk)
        adopted = Procedure.objects.adopted().filter(pk=self.procedure.pk)
        if self.drafts_only and adopted.exists():
            raise PermissionDenied(
                _(
                    "“%(label)s” was brought into force and never changes. Begin a new draft "
                    "from it."
                )
                % {"label": self.procedure.label}
            )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page."""
        self.check_draft()
        return super().get(request, *args, **kwargs)


class PanelPage(PanelForm, DraftPage):
    """A form made of Wagtail's panels, over the draft or a letter of it."""

    def get_back_url(self) -> str:
        return self.version_url


class EditView(PanelPage):
    """The draft with its grounds and steps."""

    def get_page_subtitle(self) -> str:
        return _("Edit %(label)s") % {"label": self.procedure.label}

    def get_panel(self) -> Any:
        return PANELS.bind_to_model(Procedure)

    def get_object(self) -> Procedure:
        return get_object_or_404(Procedure, pk=self.kwargs["pk"])

    def get_success_message(self) -> str:
        return _("The draft was saved. See its effect with “Preview dates”.")


class EditLetterView(PanelPage):
    """The texts of one letter of the draft."""

    template_name = "appeals/admin/procedure/letter.html"

    def get_panel(self) -> Any:
        return ObjectList(LetterTemplate.panels).bind_to_model(LetterTemplate)

    @cached_property
    def letter(self) -> LetterTemplate:
        """The letter that the address names, of this version, or 404."""
        return get_object_or_404(
            LetterTemplate, pk=self.kwargs["letter_pk"], procedure_id=self.kwargs["pk"]
        )

    def get_object(self) -> LetterTemplate:
        return self.letter

    def get_page_subtitle(self) -> str:
        return str(self.letter)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = self.letter.kind
        needed = NEEDED.get(kind, frozenset())
        names = [name for name in PLACEHOLDERS if name in allowed(kind)]
        placeholders = [(f"{{{name}}}", PLACEHOLDERS[name], name in needed) for name in names]
        return {**super().get_context_data(**kwargs), "placeholders": placeholders}

    def get_success_message(self) -> str:
        return _("The letter “%(letter)s” was saved.") % {"letter": self.letter}


class NewDraftView(DraftPage):
    """Begin the next version as a copy of this one."""

    template_name = "credentials/admin/plain_form.html"
    page_subtitle = gettext_lazy("New draft")
    drafts_only = False

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", NewDraftForm())
        return {
            **super().get_context_data(**kwargs),
            "introduction": _(
                "The draft begins as “%(label)s” is, with its grounds, steps and letters. It "
                "applies to no case until you bring it into force and its day has come."
            )
            % {"label": self.procedure.label},
            "submit_label": _("Begin the draft"),
            "back_url": self.version_url,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Copy the version."""
        form = NewDraftForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        draft = draft_from(self.procedure, request.user, label=form.cleaned_data["label"])
        flashes.success(request, _("The draft “%(label)s” was begun.") % {"label": draft.label})
        return redirect(f"{NAMESPACE}:version", draft.pk)


class DeleteDraftView(DraftPage):
    """Give a draft up. Asks first."""

    template_name = "credentials/admin/confirm.html"
    page_subtitle = gettext_lazy("Delete draft")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "question": _("Delete the draft “%(label)s”?") % {"label": self.procedure.label},
            "consequence": _("Its grounds, steps and letters go with it."),
            "confirm_label": _("Delete the draft"),
            "back_url": self.version_url,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Delete it."""
        self.check_draft()
        label = self.procedure.label
        if self.procedure.successors.exists():
            messages.error(request, _("Other drafts are based on this one. Delete them first."))
            return redirect(self.version_url)
        with transaction.atomic():
            self.check_draft()
            log(instance=self.procedure, action="wagtail.delete", user=request.user, deleted=True)
            self.procedure.delete()
        flashes.success(request, _("The draft “%(label)s” was deleted.") % {"label": label})
        return redirect(f"{NAMESPACE}:index")
