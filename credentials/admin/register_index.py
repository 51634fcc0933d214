"""Lists of registers: filtered by what they offer, and by nothing else; and their exports.

Modeladmin applies every lookup that an address names, also across relations, and so would tell what
it never shows: whether a colleague's password hash begins with some letter (law 6).
"""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail_modeladmin.views import IndexView

from credentials.admin.table_exports import export
from credentials.keys import MOST_DIGITS

AT_ONCE = 500  # rows that an export holds in memory


class RegisterIndexView(IndexView):
    """A list that shows itself whole, with a sentence, when its address cannot be read."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        except IncorrectLookupParameters:
            messages.error(
                request,
                _("This list has no such filter, or not with this value, so you see all of it."),
            )
            return redirect(request.path)
        return response

    def get_filters(self, request: HttpRequest) -> Any:
        """As modeladmin's. Raises IncorrectLookupParameters for what no filter offers."""
        given = [value for values in self.get_filters_params().values() for value in values]
        if any(value.isdigit() and len(value) > MOST_DIGITS for value in given):
            raise IncorrectLookupParameters
        found = super().get_filters(request)
        left_over = found[2]
        if left_over:
            raise IncorrectLookupParameters
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["object_list"] = list(self.model_admin.prepared(context["object_list"]))
        return context

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> HttpResponseBase:
        """The whole list, as filtered, for who asks: text is text in it, and never a formula."""
        rows = self._rows(queryset)
        return export(self.model_admin.export_filename, spreadsheet_format, rows)

    def _rows(self, queryset: "QuerySet[Any]") -> Iterator[list[Any]]:
        register, names = self.model_admin, self.model_admin.list_export
        yield [register.heading(name) for name in names]
        for row in register.prepared(queryset.iterator(chunk_size=AT_ONCE)):
            yield [_told(register.value(name, row)) for name in names]


def _told(value: Any) -> Any:
    """A value as a cell says it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else value
