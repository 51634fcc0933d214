"""The log of every look, for the office to read and export; nobody can alter it (law 6)."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from appeals.access.door import open_list, visible_cases
from appeals.access.office import is_in_office
from appeals.admin.pages import TEMPLATES, AppealsPage, Confidential
from appeals.choices import Looked
from appeals.models import CaseAccess
from credentials.admin.table_exports import export

ON_A_PAGE = 50
AT_ONCE = 500  # rows that an export holds in memory
EXPORTS = ("csv", "xlsx")


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
        what = Looked.LOG_EXPORT if self.extension else Looked.LOG
        open_list(request.user, what, detail=self.extension)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page, or all that the filter finds as CSV or XLSX (`?export=`)."""
        if self.extension:
            return export("access-log", self.extension, self._rows())
        return super().get(request, *args, **kwargs)

    @cached_property
    def form(self) -> LogFilter:
        """What is asked for."""
        return LogFilter(self.request.GET)

    @property
    def extension(self) -> str:
        """The kind of export that is asked for; empty for the page, or if the filter is wrong."""
        asked = self.request.GET.get("export", "")
        return asked if asked in EXPORTS and self.form.is_valid() else ""

    def entries(self) -> QuerySet[CaseAccess]:
        """What the filter finds, newest first."""
        given = self.form.cleaned_data if self.form.is_valid() else {}
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
        return entries

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self.entries(), ON_A_PAGE).get_page(self.request.GET.get("p"))
        query = self.request.GET.copy()
        for name in ("p", "export"):
            query.pop(name, None)
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "page": page,
            "query": query.urlencode(),
        }

    def _rows(self) -> Iterator[Sequence[Any]]:
        yield (
            _t("When"),
            _t("Who"),
            _t("By a superuser’s right alone"),
            _t("What"),
            _t("Detail"),
            _t("Appeal"),
            _t("Reason"),
        )
        for entry in self.entries().iterator(chunk_size=AT_ONCE):
            yield (
                entry.at,
                entry.by_name or _t("not known"),
                _t("yes") if entry.is_superuser else _t("no"),
                entry.get_what_display(),
                entry.detail,
                entry.case.number if entry.case else None,
                entry.reason,
            )
