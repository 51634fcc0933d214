"""Writing a version of the procedure and its letters, as long as it is a draft (AP-2)."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import ObjectList

from appeals.admin.procedures.forms import PANELS, NewDraftForm
from appeals.admin.procedures.pages import ProcedurePage
from appeals.adoption import draft_from
from appeals.models import LetterTemplate, Procedure
from appeals.rules.letter_text import NEEDED, PLACEHOLDERS, allowed
from credentials.admin.policy import versioned_drafts
from credentials.admin.policy.panel_form import PanelForm
from credentials.admin.policy.versioned_drafts import DraftPage


class ProcedureDraftPage(DraftPage, ProcedurePage):
    """A page on which the office writes."""

    refusal = gettext_lazy(
        "“%(label)s” was brought into force and never changes. Begin a new draft from it."
    )


class EditView(PanelForm, ProcedureDraftPage):
    """The draft with its grounds and steps."""

    def get_page_subtitle(self) -> str:
        return _("Edit %(label)s") % {"label": self.procedure.label}

    def get_panel(self) -> Any:
        return PANELS.bind_to_model(Procedure)

    def get_object(self) -> Procedure:
        return get_object_or_404(Procedure, pk=self.kwargs["pk"])

    def get_success_message(self) -> str:
        return _("The draft was saved. See its effect with “Preview dates”.")


class EditLetterView(PanelForm, ProcedureDraftPage):
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


class NewDraftView(versioned_drafts.NewDraftView, ProcedureDraftPage):
    """Begin the next version as a copy of this one."""

    form_class = NewDraftForm
    introduction = gettext_lazy(
        "The draft begins as “%(label)s” is, with its grounds, steps and letters. It "
        "applies to no case until you bring it into force and its day has come."
    )

    def begin(self, label: str) -> Procedure:
        return draft_from(self.procedure, self.request.user, label=label)


class DeleteDraftView(versioned_drafts.DeleteDraftView, ProcedureDraftPage):
    """Give a draft up."""

    consequence = gettext_lazy("Its grounds, steps and letters go with it.")
