"""The log of every look, for the office to read; nobody can alter it (law 6)."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from appeals.access import open_list, visible_cases
from appeals.admin.pages import TEMPLATES, AppealsPage, Confidential
from appeals.choices import Looked
from appeals.models import CaseAccess
from appeals.office import is_in_office

ON_A_PAGE = 50


class LogFilter(forms.Form):
    """By number of the case and by what was done."""

    number = forms.CharField(label=_("Number"), required=False, max_length=20)
    what = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("Everything")), *Looked.choices]
    )
    superusers = forms.BooleanField(label=_("Only by superusers"), required=False)


class AccessLogView(Confidential, AppealsPage):
    """For the office only: not even those who gave a reason read who else looked."""

    template_name = f"{TEMPLATES}/log.html"
    page_title = _("Access log")
    header_icon = "history"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_in_office(request.user):
            raise Http404
        open_list(request.user, Looked.LOG)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = LogFilter(self.request.GET)
        given = form.cleaned_data if form.is_valid() else {}
        # Who has a conflict does not learn from the log that there is an appeal.
        theirs = visible_cases(self.request.user).values("pk")
        entries = CaseAccess.objects.select_related("case").order_by("-pk")
        entries = entries.filter(case__in=theirs) | entries.filter(case__isnull=True)
        if given.get("number"):
            entries = entries.filter(case__number__iexact=given["number"].strip())
        if given.get("what"):
            entries = entries.filter(what=given["what"])
        if given.get("superusers"):
            entries = entries.filter(is_superuser=True)
        page = Paginator(entries, ON_A_PAGE).get_page(self.request.GET.get("p"))
        query = self.request.GET.copy()
        query.pop("p", None)
        return {
            **super().get_context_data(**kwargs),
            "form": form,
            "page": page,
            "query": query.urlencode(),
        }
