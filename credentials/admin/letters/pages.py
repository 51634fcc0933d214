"""Texts of letters and notices in the admin: occasions, versions, and a version as it reads."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import Button, HeaderButton

from credentials.admin.policy import versioned_pages
from credentials.admin.policy.versioned_pages import VersionedPage, state_of
from credentials.admin.trails import AdminPage, Trail
from credentials.changing_records import changes_between
from credentials.message_adoption import require_owner
from credentials.message_templates.bilingual import LANGUAGES
from credentials.message_templates.occasions import Example, Occasion, examples_for, occasions
from credentials.models import MessageTemplate
from credentials.models.message_templates import supplied_text
from credentials.models.message_texts import TEXTS
from credentials.timeline import Changed

NAMESPACE = "letters"
LANGUAGE_NAMES = {"en": gettext_lazy("English"), "fr": gettext_lazy("French")}


class LettersPage(AdminPage, TemplateView):
    """What all pages of the texts share: none is for anybody but their owner."""

    page_title = gettext_lazy("Letters and notices")
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        require_owner(request.user)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def occasion(self) -> Occasion:
        """The occasion that the page is about, or 404."""
        found = occasions().get(self.occasion_key())
        if found is None:
            raise Http404(_("No letter or notice is sent on such an occasion."))
        return found

    def occasion_key(self) -> str:
        """The key of that occasion."""
        return str(self.kwargs["occasion"])

    def occasion_step(self) -> tuple[str, Any]:
        """The occasion in a trail."""
        return reverse(f"{NAMESPACE}:occasion", args=[self.occasion.key]), self.occasion.name


class IndexView(LettersPage):
    """Every occasion with the text in force."""

    template_name = "credentials/letters/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        drafts = {one.occasion: one for one in MessageTemplate.objects.drafts().order_by("number")}
        in_force = MessageTemplate.objects.texts_in_force()
        rows = [(one, in_force[key], drafts.get(key)) for key, one in occasions().items()]
        grouped = groupby(rows, key=lambda row: str(row[0].group))
        groups = [(group, list(of_group)) for group, of_group in grouped]
        return {**super().get_context_data(**kwargs), "groups": groups}

    def trail(self) -> Trail:
        return [(reverse(f"{NAMESPACE}:index"), self.page_title)]


class VersionPage(VersionedPage, LettersPage):
    """What pages about one version share; its occasion is found by it."""

    namespace = NAMESPACE
    versions: ClassVar[Any] = MessageTemplate.objects.select_related("adoption", "based_on")

    def occasion_key(self) -> str:
        return str(self.version.occasion)

    @cached_property
    def in_force(self) -> MessageTemplate:
        """What is said today: a version of this occasion, or its supplied text."""
        return self.versions.text_in_force(self.occasion.key)

    def differences(self, before: MessageTemplate, after: MessageTemplate) -> list[Changed]:
        return list(changes_between(before, after, TEXTS))

    def trail(self) -> Trail:
        steps = [(reverse(f"{NAMESPACE}:index"), self.page_title), self.occasion_step()]
        return [*steps, (self.version_url, self.version.label)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "version": self.version,
            "occasion": self.occasion,
        }


class OccasionView(LettersPage):
    """An occasion's versions, newest first, and what is said today."""

    template_name = "credentials/letters/occasion.html"

    def get_page_subtitle(self) -> str:
        return str(self.occasion.name)

    def trail(self) -> Trail:
        return [(reverse(f"{NAMESPACE}:index"), self.page_title), self.occasion_step()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = VersionPage.versions.of(self.occasion.key)
        in_force = versions.text_in_force(self.occasion.key)
        supplied = supplied_text(self.occasion)
        return {
            **super().get_context_data(**kwargs),
            "occasion": self.occasion,
            "rows": [(version, *state_of(version, in_force)) for version in versions],
            "in_force": in_force,
            "supplied": supplied,
            "readings": list(readings(in_force, self.request.user)),
        }


class VersionView(VersionPage):
    """One version: its texts, and how they read with the facts of an example."""

    template_name = "credentials/letters/version.html"

    def get_page_subtitle(self) -> str:
        return str(self.version)

    @cached_property
    def header_buttons(self) -> list[Button]:
        """What can be done with it."""
        if self.version.is_adopted:
            begin = HeaderButton(
                label=_("New draft from this version"),
                url=reverse(f"{NAMESPACE}:new_draft", args=[self.occasion.key, self.version.pk]),
                icon_name="plus",
                priority=10,
            )
            buttons = [begin]
        else:
            buttons = [
                self.button(_("Edit"), "edit", "edit", 10),
                self.button(_("Adopt"), "adopt", "check", 40),
            ]
        if self.version.pk != self.in_force.pk:
            buttons.append(self.button(_("Compare"), "changes", "resubmit", 30))
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key, state = state_of(self.version, self.in_force)
        return {
            **super().get_context_data(**kwargs),
            "state": state,
            "is_in_force": key == "in_force",
            "is_draft": key == "draft",
            "readings": list(readings(self.version, self.request.user)),
        }


class ChangesView(versioned_pages.ChangesView, VersionPage):
    """What a version would change, or changed, against what is said today."""

    template_name = "credentials/letters/changes.html"


def readings(template: MessageTemplate, user: Any) -> Iterator[dict[str, Any]]:
    """How a text reads with each example, in both languages."""
    made_up = Example(_("With the facts of an example"), occasions()[template.occasion].example)
    for example in (made_up, *examples_for(template.occasion, user)):
        yield {
            "name": example.name,
            "texts": [_reading(template, example, one) for one in LANGUAGES],
        }


def _reading(template: MessageTemplate, example: Example, language: str) -> dict[str, Any]:
    name = str(LANGUAGE_NAMES[language])
    with override(language):
        return {
            "language": language,
            "name": name,
            "subject": template.subject_with(example.facts),
            "sections": template.sections_with(example.facts),
        }
