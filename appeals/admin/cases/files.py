"""Documents and letters of a case, each look at them logged."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import View

from appeals.admin.pages import TEMPLATES, CasePage, Confidential, ThroughTheDoor
from appeals.choices import Looked
from appeals.letters.document import letter_document, letter_pdf
from appeals.models import Letter
from appeals.uploads.downloads import as_download


class DocumentView(Confidential, ThroughTheDoor, View):
    """A document, as a download."""

    what = Looked.DOCUMENT

    def detail(self) -> str:
        return f"#{self.kwargs['pk']}"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The file of this case only; another's is not found."""
        return as_download(get_object_or_404(self.case.documents, pk=kwargs["pk"]))


class LetterView(CasePage):
    """A letter, as it was issued."""

    template_name = f"{TEMPLATES}/letter.html"
    what = Looked.LETTER
    header_icon = "mail"

    def detail(self) -> str:
        return f"#{self.kwargs['place']}"

    @cached_property
    def letter(self) -> Letter:
        """The letter that the address names, or 404."""
        letters = self.case.letters.select_related("case")
        return get_object_or_404(letters, number=self.kwargs["place"])

    @property
    def page_title(self) -> str:
        """Its reference, which has the case's number."""
        return self.letter.reference

    def get_page_subtitle(self) -> str:
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        document = letter_document(self.letter)
        return {**super().get_context_data(**kwargs), "letter": self.letter, "document": document}


class LetterPdfView(LetterView):
    """A letter as an accessible PDF file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file, for saving."""
        response = HttpResponse(letter_pdf(self.letter), content_type="application/pdf")
        name = self.letter.reference.replace("/", "-")
        response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
        return response
