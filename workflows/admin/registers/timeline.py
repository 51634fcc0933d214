"""The timeline of an offering in the admin: filtered, in pages, printed, exported."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.widgets import AdminDateInput, Button
from wagtail.models import Page

from credentials.admin.trails import AdminPage, Trail
from credentials.models import Offering
from credentials.people.actors import Person
from credentials.timeline import Entry, Source, sources_for
from workflows.timeline.entries import Wanted, timeline_of

A_PAGE = 50
ALL = "all"


class TimelineForm(forms.Form):
    """What is to be shown; what cannot be read narrows nothing."""

    kind = forms.ChoiceField(label=gettext_lazy("Show"), required=False)
    first = forms.DateField(label=gettext_lazy("From"), required=False, widget=AdminDateInput)
    last = forms.DateField(label=gettext_lazy("Until"), required=False, widget=AdminDateInput)

    def __init__(self, data: Any, sources: list[Source]) -> None:
        super().__init__(data)
        kinds = [(source.kind, source.label) for source in sources]
        self.fields["kind"].choices = [("", _("Everything")), *kinds]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> Wanted:
        """What was asked for, as far as it can be read."""
        self.is_valid()
        given = {name: self.cleaned_data.get(name) for name in ("first", "last")}
        return Wanted(kind=self.cleaned_data.get("kind", ""), **given)


class TimelineView(AdminPage, SpreadsheetExportMixin, TemplateView):
    """For those who may read decisions."""

    template_name = "workflows/admin/timeline.html"
    page_title = gettext_lazy("Timeline")
    header_icon = "history"
    list_export = ["at", "kind", "what", "who", "text", "changes", "policy"]
    export_headings = {
        "at": "at",
        "kind": "kind",
        "what": "what",
        "who": "who",
        "text": "text",
        "changes": "changes",
        "policy": "policy version",
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm("workflows.view_decision"):
            raise PermissionDenied
        self.offering = get_object_or_404(Offering, pk=kwargs["page_id"])
        self.is_export = request.GET.get("export") in self.FORMATS
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it, or export what is shown."""
        if self.is_export:
            rows = [self._row(entry) for entry in self.entries()]
            return self.as_spreadsheet(rows, request.GET["export"])
        return super().get(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.offering.get_admin_display_title())

    def trail(self) -> Trail:
        proposal = reverse("governance:proposal", args=[self.offering.pk])
        return [(proposal, self.get_page_subtitle())]

    def get_filename(self) -> str:
        """Of an export, without its ending."""
        return f"timeline-{slugify(self.offering.title) or self.offering.pk}"

    @cached_property
    def sources(self) -> list[Source]:
        """Those that this person may read."""
        return sources_for(self.request.user)

    @cached_property
    def form(self) -> TimelineForm:
        """The filter."""
        return TimelineForm(self.request.GET, self.sources)

    def entries(self) -> list[Entry]:
        """Entries that were asked for, the newest first."""
        reader = self.request.user
        return timeline_of(self.offering, reader, self.form.wanted, self.sources)

    @staticmethod
    def _row(entry: Entry) -> dict[str, Any]:
        return {
            "at": localtime(entry.at).isoformat(timespec="seconds"),
            "kind": entry.kind,
            "what": entry.what,
            "who": entry.who,
            "text": entry.text,
            "changes": entry.changes_in_words,
            "policy": entry.policy,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.copy()
        entries, page = self.entries(), asked.pop("page", [""])[-1]
        per_page = max(len(entries), 1) if page == ALL else A_PAGE
        return {
            **super().get_context_data(**kwargs),
            "offering": self.offering,
            "form": self.form,
            "asked": asked.urlencode(),
            "entries": Paginator(entries, per_page).get_page(page),
        }


def timeline_button(page: Page, user: Person, **kwargs: Any) -> Iterator[Button]:
    """“Timeline”, beside every offering, for those who may read decisions."""
    is_offering = issubclass(page.specific_class or Page, Offering)
    if is_offering and user.has_perm("workflows.view_decision"):  # type: ignore[union-attr]
        address = reverse("governance:timeline", args=[page.pk])
        yield Button(_("Timeline"), address, icon_name="history", priority=55)
