"""A proposal as the public would read it: the frozen document, on the public page (law 2)."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.generic import View

from credentials.record.document import document_of
from workflows.admin.proposals.page import ProposalMixin


class ProposedPageView(ProposalMixin, View):
    """The very words that are decided on; before submission those that the draft has now."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it, marked as a preview."""
        request.is_preview = True  # type: ignore[attr-defined]
        frozen = self.frozen.document
        document = json.loads(frozen) if frozen else document_of(self.draft)
        document = {"osap_eligible": self.draft.is_osap_approved} | document
        context = self.page.get_context(request, document=document)
        return TemplateResponse(request, self.page.public_template, context)
