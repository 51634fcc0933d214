"""Writing the text of a letter or notice as long as it is a draft, and adopting it."""

import datetime
from typing import Any

from django import forms
from django.contrib import messages as flashes
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import ObjectList

from credentials.admin.letters.pages import NAMESPACE, LettersPage, VersionPage
from credentials.admin.policy import versioned_drafts, versioned_forms
from credentials.admin.policy.panel_form import PanelForm
from credentials.admin.policy.versioned_drafts import DraftPage
from credentials.admin.trails import Trail
from credentials.message_adoption import adopt, draft_from
from credentials.message_templates.occasions import Occasion
from credentials.models import MessageTemplate
from credentials.models.message_templates import SUPPLIED, supplied_text


class LetterDraftPage(DraftPage, VersionPage):
    """A page on which the office writes."""

    refusal = gettext_lazy("“%(label)s” was adopted and never changes. Begin a new draft from it.")


class NewDraftView(LettersPage):
    """Begin the next version as a copy of one, or of the supplied text. Asks first."""

    template_name = "credentials/admin/plain_form.html"
    page_subtitle = gettext_lazy("New draft")

    @cached_property
    def origin(self) -> MessageTemplate:
        """The version that is copied, or 404; without a number, the supplied text."""
        key = self.kwargs.get("pk", SUPPLIED)
        if key == SUPPLIED:
            return supplied_text(self.occasion)
        return get_object_or_404(MessageTemplate.objects.of(self.occasion.key), pk=key)

    def trail(self) -> Trail:
        return [self.occasion_step()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        introduction = _(
            "The draft begins as “%(label)s” is. Nothing is written from it until you adopt it."
        )
        return {
            **super().get_context_data(**kwargs),
            "form": forms.Form(),
            "introduction": introduction % {"label": self.origin.label},
            "submit_label": _("Begin the draft"),
            "back_url": self.occasion_step()[0],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Copy it."""
        draft = draft_from(self.origin, request.user)
        flashes.success(request, _("The draft “%(label)s” was begun.") % {"label": draft.label})
        return redirect(f"{NAMESPACE}:edit", draft.pk)


class EditView(PanelForm, LetterDraftPage):
    """The texts of a draft."""

    template_name = "credentials/letters/form.html"

    def get_page_subtitle(self) -> str:
        return _("Edit %(label)s") % {"label": self.version.label}

    def get_panel(self) -> Any:
        return ObjectList(MessageTemplate.panels).bind_to_model(MessageTemplate)

    def get_object(self) -> MessageTemplate:
        return self.version

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "placeholders": placeholders(self.occasion)}

    def get_success_message(self) -> str:
        return _("The draft was saved. Below it reads as it would be sent.")


class DeleteDraftView(versioned_drafts.DeleteDraftView, LetterDraftPage):
    """Give a draft up."""

    consequence = gettext_lazy("What was written in it is lost. Nothing was sent from it.")


class AdoptForm(versioned_forms.AdoptForm):
    """The day on which a text takes force, and that the office knows what that means."""

    day_help = gettext_lazy("Today, or later. What was sent before keeps its words.")


class AdoptView(versioned_drafts.AdoptView, LetterDraftPage):
    """Adopt a draft: says what that means and changes."""

    template_name = "credentials/letters/adopt.html"
    page_subtitle = gettext_lazy("Adopt")
    form_class = AdoptForm
    adopted = gettext_lazy("“%(label)s” was adopted and takes force on %(date)s.")

    def adopt(self, day: datetime.date) -> None:
        adopt(self.version, day, self.request.user)


def placeholders(occasion: Occasion) -> list[tuple[str, Any, bool]]:
    """What a text may use: in braces, what stands for it, and whether it is needed."""
    return [
        (f"{{{name}}}", one.meaning, name in occasion.needed)
        for name, one in occasion.placeholders.items()
    ]
