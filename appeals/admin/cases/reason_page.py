"""Where a superuser says why they look: before, and the same for a number that does not exist."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from appeals.access.door import sees_cases
from appeals.admin import reasons
from appeals.admin.pages import NAMESPACE, TEMPLATES, AppealsPage, Confidential
from credentials.admin.trails import Trail

SHORTEST = 15  # characters: more than a word


class ReasonForm(forms.Form):
    """A reason, for the log that the office reads."""

    reason = forms.CharField(
        label=_("Why do you have to look?"),
        min_length=SHORTEST,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a sentence. Name the request or the fault, and no person."),
    )


class ReasonView(Confidential, AppealsPage):
    """For superusers who are of neither office; to everybody else there is no such page."""

    template_name = f"{TEMPLATES}/reason.html"
    page_title = _("This is confidential")
    header_icon = "lock"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_superuser or sees_cases(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def trail(self) -> Trail:
        """No page of appeals opens before the reason is given."""
        return []

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep the reason for an hour, and go on."""
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        number = kwargs.get("number", "")
        if number:
            reasons.remember(request, form.cleaned_data["reason"], number)
            return redirect(f"{NAMESPACE}:case", number)
        reasons.remember(request, form.cleaned_data["reason"])
        return redirect(f"{NAMESPACE}:board")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", ReasonForm())
        return {**super().get_context_data(**kwargs), "number": self.kwargs.get("number", "")}
