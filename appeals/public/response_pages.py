"""The original decision-maker's side: what is asked, by when, and the response, given once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from appeals.acts.response import respond
from appeals.choices import Act, Looked, Part, Purpose, Stage
from appeals.deadlines.deadline import stage_deadline
from appeals.exceptions import CaseRefused
from appeals.models import FirstInstanceDecider
from appeals.public import told
from appeals.public.case_pages import AddDocumentsPage, CaseFilePage, CaseLinkPage, TextForm


class RespondentPage(CaseLinkPage):
    """A page for who took the decision. Once they responded, the link leads nowhere."""

    purpose = Purpose.RESPONDENT
    part = Part.RESPONDENT

    def leads_somewhere(self) -> bool:
        return self.case.stage == Stage.RESPONSE and self._respondent() is not None

    @property
    def name(self) -> str:
        respondent = self._respondent()
        return respondent.name if respondent else ""

    def may(self, act: Act) -> bool:
        """With the response, their part is done."""
        return self.case.stage == Stage.RESPONSE and super().may(act)

    def documents(self) -> Any:
        return told.documents_for_respondent(self.case)

    def _respondent(self) -> FirstInstanceDecider | None:
        return self.case.first_deciders.filter(email__iexact=self.link.email).first()


class ResponsePage(RespondentPage):
    """The appeal, and the response to it."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """What is asked; thanks, once it is given."""
        form = TextForm()
        form.fields["text"].label = _("Your response")
        return self._page(form)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Take the response."""
        form = TextForm(request.POST)
        form.fields["text"].label = _("Your response")
        if form.is_valid():
            try:
                respond(self.case, self.name, form.cleaned_data["text"])
            except CaseRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Your response has arrived. Thank you."))
                return self.again()
        return self._page(form)

    def _page(self, form: TextForm) -> HttpResponse:
        if self.case.stage != Stage.RESPONSE and not form.errors:
            return self.show_case("responded")
        self.note(Looked.CASE)
        return self.show_case(
            "response",
            form=form,
            deadline=stage_deadline(self.case, self.events),
            documents=self.documents(),
            grounds=told.ground_names(self.case),
            can_add=self.may(Act.DOCUMENT_ADDED),
        )


class RespondentFilePage(RespondentPage, CaseFilePage):
    """A document that was given to both sides."""


class RespondentDocumentsPage(RespondentPage, AddDocumentsPage):
    """What the decision was based on."""
