"""What the appellant sees and does: where the appeal stands, answering, adding, withdrawing."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appeals.access.door import note_look_by_link
from appeals.acts.additions import supply_document
from appeals.acts.completeness import supply_information
from appeals.acts.endings import withdraw
from appeals.choices import Act, Looked, Part, Purpose
from appeals.deadlines.deadline import stage_deadline
from appeals.exceptions import CaseRefused
from appeals.letters.document import letter_document, letter_pdf
from appeals.models import Case, CaseDocument, CaseEvent
from appeals.public import told
from appeals.public.private_page import PrivatePage
from appeals.uploads.downloads import as_download
from appeals.uploads.file_kinds import ENDINGS
from appeals.uploads.inspection import LARGEST_MB
from appeals.uploads.intake import MOST_FILES, receive

LONGEST_TEXT = 50_000  # characters


class TextForm(forms.Form):
    """What somebody writes; the page says what it is about."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        error_messages={"required": gettext_lazy("Write something first, then send it.")},
        widget=forms.Textarea({"rows": 10}),
    )

    def clean_text(self) -> str:
        """Not longer than can be read."""
        text: str = self.cleaned_data["text"]
        if len(text) > LONGEST_TEXT:
            raise forms.ValidationError(
                _("This is longer than %(most)s characters. Shorten it, or add a document.")
                % {"most": LONGEST_TEXT}
            )
        return text


class CaseLinkPage(PrivatePage):
    """A page of a case, for the appellant or the original decision-maker."""

    part: ClassVar[Part]

    @cached_property
    def case(self) -> Case:
        """The link's case."""
        case = self.link.case
        assert case is not None
        return case

    @cached_property
    def events(self) -> list[CaseEvent]:
        """All that happened; what is shown of it, `told` says."""
        return list(self.case.events.order_by("number"))

    @property
    def name(self) -> str:
        """Who reads and acts."""
        return self.case.appellant_name

    def may(self, act: Act) -> bool:
        """Whether they can do this now."""
        return told.may(self.part, act, self.case.stage)

    def documents(self) -> Any:
        """The files that they may have."""
        raise NotImplementedError

    def note(self, what: Looked, detail: str = "") -> None:
        """Their look stands in the log as everybody's does."""
        note_look_by_link(self.case, self.name, what, detail)

    def home(self) -> HttpResponse:
        """To the page where the link leads."""
        return redirect("appeals:private_link", self.kwargs["token"])

    def refused(self, reason: str) -> HttpResponse:
        """Say why it cannot be done, on the page where the case stands."""
        messages.error(self.request, reason)
        return self.home()

    def show_case(self, page: str, **context: Any) -> HttpResponse:
        """A page that names the case."""
        case = self.case
        return self.show(page, case=case, zone=case.procedure.zone, **context)


class CaseFilePage(CaseLinkPage):
    """A document that the link's person may have."""

    def get(self, request: HttpRequest, token: str, pk: int) -> Any:
        """The file, for saving."""
        document: CaseDocument = get_object_or_404(self.documents(), pk=pk)
        self.note(Looked.DOCUMENT, str(document.pk))
        return as_download(document)


class AddDocumentsPage(CaseLinkPage):
    """Files that come after filing. Each is an event of its own."""

    template = "add_documents"

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """What is there, and a place for more."""
        return self._page([]) if self.may(Act.DOCUMENT_ADDED) else self._too_late()

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Add those that pass; say of the others why they do not."""
        if not self.may(Act.DOCUMENT_ADDED):
            return self._too_late()
        there = list(self.case.documents.filter(part=self.part))
        received = receive(
            request.FILES.getlist("files"),
            count=len(there),
            size=sum(one.size for one in there),
            title=request.POST.get("title", ""),
        )
        for file in received.files:
            try:
                supply_document(self.part, self.name, self.case, file)
            except CaseRefused as refused:
                return self.refused(str(refused))
            messages.success(request, _("“%(file)s” was added.") % {"file": file.name})
        return self._page(received.refusals) if received.refusals else self.again()

    def _too_late(self) -> HttpResponse:
        return self.refused(_("Nothing can be added to this appeal any more."))

    def _page(self, refusals: list[str]) -> HttpResponse:
        return self.show_case(
            self.template,
            refusals=refusals,
            documents=self.case.documents.filter(part=self.part),
            endings=ENDINGS,
            most=MOST_FILES,
            largest=LARGEST_MB,
        )


class AppellantPage(CaseLinkPage):
    """A page for the appellant."""

    purpose = Purpose.APPELLANT
    part = Part.APPELLANT

    def documents(self) -> Any:
        return told.documents_for_appellant(self.case)


class CasePage(AppellantPage):
    """Where the appeal stands and what is asked."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The page."""
        return self._page(TextForm())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """The answer to what was asked."""
        form = TextForm(request.POST)
        if form.is_valid():
            try:
                supply_information(self.case, form.cleaned_data["text"])
            except CaseRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Your answer has arrived. Your appeal goes on."))
                return self.again()
        return self._page(form)

    def _page(self, form: TextForm) -> HttpResponse:
        self.note(Looked.CASE)
        case = self.case
        means, follows = told.MEANING[case.stage]
        return self.show_case(
            "case",
            form=form,
            means=means,
            follows=follows,
            asked=told.asked_of_appellant(self.events),
            deadline=stage_deadline(case, self.events),
            told=told.told_to_appellant(self.events),
            letters=told.letters_to_appellant(case),
            documents=self.documents(),
            grounds=told.ground_names(case),
            can_add=self.may(Act.DOCUMENT_ADDED),
            can_withdraw=self.may(Act.WITHDRAWN),
        )


class AppellantFilePage(AppellantPage, CaseFilePage):
    """A document of theirs."""


class AppellantDocumentsPage(AppellantPage, AddDocumentsPage):
    """More documents of theirs."""


class AppellantLetterPage(AppellantPage):
    """A letter to them, to read or as PDF."""

    def get(self, request: HttpRequest, token: str, letter: int) -> HttpResponse:
        """The letter's words, or the same by PDF/UA for saving (`?format=pdf`)."""
        found = told.letters_to_appellant(self.case).select_related("case")
        issued = get_object_or_404(found, number=letter)
        self.note(Looked.LETTER, issued.reference)
        if request.GET.get("format") != "pdf":
            return self.show_case("letter", letter=issued, document=letter_document(issued))
        response = HttpResponse(letter_pdf(issued), content_type="application/pdf")
        name = issued.reference.replace("/", "-")
        response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
        response["X-Content-Type-Options"] = "nosniff"
        return response


class WithdrawPage(AppellantPage):
    """Withdrawing: asked once more, for it cannot be undone."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """What it means."""
        if not self.may(Act.WITHDRAWN):
            return self.refused(_("This appeal can no longer be withdrawn."))
        return self.show_case("withdraw")

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Withdraw it."""
        if request.POST.get("step") != "withdraw":
            return self.again()
        try:
            withdraw(self.case, request.POST.get("reason", "")[:LONGEST_TEXT])
        except CaseRefused as refused:
            return self.refused(str(refused))
        messages.success(request, _("Your appeal is withdrawn."))
        return self.home()
