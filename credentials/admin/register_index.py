"""Lists of registers: filtered by what they offer, and by nothing else.

Modeladmin applies every lookup that an address names, also across relations, and so would tell what
it never shows: whether a colleague's password hash begins with some letter (law 6).
"""

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail_modeladmin.views import IndexView

from credentials.keys import MOST_DIGITS


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
