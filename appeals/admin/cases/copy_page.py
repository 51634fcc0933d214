"""A redacted copy of a case: read here first, then saved as PDF. Making one is logged."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from appeals.admin.pages import TEMPLATES, CasePage
from appeals.choices import Looked
from appeals.letters.redacted_copy import redacted_document, redacted_pdf


class CopyForm(forms.Form):
    """What else tells who it was."""

    words = forms.CharField(
        label=_("Also remove"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "A word or phrase on each line, such as a nickname or a place. Names, addresses and "
            "numbers that the case knows are removed already."
        ),
    )


class CopyView(CasePage):
    """By POST, so that the words stand in no address."""

    template_name = f"{TEMPLATES}/copy.html"
    page_title = _("Redacted copy")
    what = Looked.COPY

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The copy again with these words removed, or as PDF."""
        form = CopyForm(request.POST)
        words = form.cleaned_data["words"].splitlines() if form.is_valid() else []
        if "pdf" in request.POST:
            response = HttpResponse(redacted_pdf(self.case, words), content_type="application/pdf")
            response["Content-Disposition"] = 'attachment; filename="appeal.pdf"'
            return response
        return self.render_to_response(self.get_context_data(form=form, words=words))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", CopyForm())
        document = redacted_document(self.case, kwargs.pop("words", []))
        return {**super().get_context_data(**kwargs), "document": document}
