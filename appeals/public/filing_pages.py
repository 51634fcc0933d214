"""Writing an appeal: one page for each step, saved whatever comes of it, then the check of all."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from appeals import drafts
from appeals.acts.filing import file_draft
from appeals.choices import Purpose
from appeals.exceptions import CaseRefused
from appeals.models import FilingDraft, Procedure
from appeals.public.filed_page import remember_filed
from appeals.public.filing_forms import DecisionForm, LateForm, StepForm
from appeals.public.filing_steps import (
    BY_SLUG,
    CHECK,
    DOCUMENTS,
    filing_of,
    next_after,
    standings,
)
from appeals.public.private_page import PrivatePage
from appeals.uploads.downloads import as_download
from appeals.uploads.file_kinds import ENDINGS
from appeals.uploads.inspection import LARGEST_MB
from appeals.uploads.intake import MOST_FILES, receive

NO_CONTENT = 204


class DraftPage(PrivatePage):
    """A page of the appeal that is being written."""

    purpose = Purpose.FILING

    @property
    def draft(self) -> FilingDraft:
        """The appeal that is being written; a filed one has no link."""
        draft = self.link.draft
        assert draft is not None
        return draft

    def procedure(self) -> Procedure:
        """The version under which it would be filed now. Raises Http404 without one."""
        procedure = Procedure.objects.in_force().prefetch_related("grounds", "steps").first()
        if procedure is None:
            raise Http404
        return procedure

    def show_step(self, name: str, slug: str, **context: Any) -> HttpResponse:
        """A page with the way through all steps."""
        procedure = context.setdefault("procedure", self.procedure())
        found = context.setdefault("standings", standings(self.draft, procedure))
        return self.show(
            name,
            slug=slug,
            place=next((n for n, one in enumerate(found, 1) if one.step.slug == slug), 0),
            count=len(found),
            last_day=drafts.last_day(self.draft),
            **context,
        )

    def show_saved(self) -> HttpResponse:
        """What to do to come back."""
        return self.show("saved", last_day=drafts.last_day(self.draft))

    def to(self, slug: str) -> HttpResponse:
        """On to a step."""
        token = self.kwargs["token"]
        if slug == CHECK:
            return redirect("appeals:check", token)
        return redirect("appeals:step", token, slug)


class DraftHome(DraftPage):
    """Where the link in the message leads: to the first step in which something is missing."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """On to that step."""
        for standing in standings(self.draft, self.procedure()):
            if not standing.is_complete:
                return self.to(standing.step.slug)
        return self.to(CHECK)

    post = get


class StepPage(DraftPage):
    """One step. What is sent is saved first; then it is said what is missing."""

    def get(self, request: HttpRequest, token: str, slug: str) -> HttpResponse:
        """The step with its answers. What is missing is said only after the step was sent."""
        form = self._form_class(slug)(procedure=self.procedure())
        form.initial = dict(self.draft.answers)
        return self._page(slug, form)

    def post(self, request: HttpRequest, token: str, slug: str) -> HttpResponse:
        """Save, then go on, stay, or leave; the script that saves now and then gets no page."""
        form_class = self._form_class(slug)
        self.link.draft = drafts.save(self.link, self._answers(form_class))
        asked = request.POST.get("step")
        if asked == "autosave":
            return HttpResponse(status=NO_CONTENT)
        if asked == "later":
            return self.show_saved()
        form = form_class(self.draft.answers, procedure=self.procedure())
        return self.to(next_after(slug)) if form.is_valid() else self._page(slug, form)

    def _form_class(self, slug: str) -> type[StepForm]:
        step = BY_SLUG.get(slug)
        if step is None or step.form is None:
            raise Http404
        return step.form

    def _answers(self, form_class: type[StepForm]) -> dict[str, Any]:
        """What was sent for the fields of a form, as it was typed."""
        post = self.request.POST
        answers: dict[str, Any] = {}
        for name in form_class.base_fields:
            if name == "grounds":
                answers[name] = post.getlist(name)
            else:
                answers[name] = post.get(name, "")
        return answers

    def _page(self, slug: str, form: StepForm) -> HttpResponse:
        suggestions = form.suggestions() if isinstance(form, DecisionForm) else []
        return self.show_step(
            "step",
            slug,
            step=BY_SLUG[slug],
            form=form,
            suggestions=suggestions,
            procedure=form.procedure,
        )


class DocumentsPage(DraftPage):
    """Files of the appeal: added, looked at again, removed. Refused ones leave the others."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """What is there."""
        return self._page()

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Add files, remove one, or go on."""
        asked = request.POST.get("step", "")
        if asked == "remove":
            key = request.POST.get("file", "")
            upload = self.draft.uploads.filter(pk=key).first() if key.isdecimal() else None
            if upload is not None:
                drafts.remove_file(upload)
                messages.success(request, _("The file was removed."))
            return self.again()
        chosen = request.FILES.getlist("files")
        if not chosen and asked in ("next", "later"):
            if asked == "later":
                return self.show_saved()
            return self.to(CHECK)
        refusals = self._add(chosen, request.POST.get("title", ""))
        if refusals:
            return self._page(refusals)
        return self.to(CHECK) if asked == "next" else self.again()

    def _add(self, chosen: Any, title: str) -> list[str]:
        there = list(self.draft.uploads.all())
        received = receive(
            chosen, count=len(there), size=sum(one.size for one in there), title=title
        )
        for file in received.files:
            drafts.add_file(self.draft, file)
            messages.success(self.request, _("“%(file)s” was added.") % {"file": file.name})
        self.link.draft = drafts.save(self.link, {})
        return received.refusals

    def _page(self, refusals: list[str] | None = None) -> HttpResponse:
        return self.show_step(
            "documents",
            DOCUMENTS.slug,
            step=DOCUMENTS,
            uploads=self.draft.uploads.all(),
            refusals=refusals or [],
            endings=ENDINGS,
            most=MOST_FILES,
            largest=LARGEST_MB,
        )


class DraftFilePage(DraftPage):
    """A file that the appellant gave, to look at again."""

    def get(self, request: HttpRequest, token: str, pk: int) -> Any:
        """The file, for saving."""
        return as_download(get_object_or_404(self.draft.uploads, pk=pk))


class CheckPage(DraftPage):
    """All that was written, the deadline with its arithmetic, and filing."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """What would be filed."""
        form = LateForm(procedure=self.procedure())
        form.initial = dict(self.draft.answers)
        return self._page(form)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Save the reason for lateness; file, unless it was only to be saved."""
        if "late_reason" in request.POST:
            reason = {"late_reason": request.POST["late_reason"]}
            self.link.draft = drafts.save(self.link, reason)
        asked = request.POST.get("step")
        if asked == "autosave":
            return HttpResponse(status=NO_CONTENT)
        if asked == "later":
            return self.show_saved()
        form = LateForm(self.draft.answers, procedure=self.procedure())
        form.is_valid()
        return self._file(form) if asked == "file" else self._page(form)

    def _file(self, form: LateForm) -> HttpResponse:
        filing = filing_of(self.draft, standings(self.draft, form.procedure))
        if filing is None:
            return self._page(form)
        try:
            case = file_draft(self.draft, filing)
        except ValidationError as refused:
            return self._page(form, [str(one) for one in refused.messages])
        except CaseRefused as refused:
            return self._page(form, [str(refused)])
        remember_filed(self.request.session, case)
        return redirect("appeals:filed")

    def _page(self, form: LateForm, refusals: list[str] | None = None) -> HttpResponse:
        procedure = form.procedure
        found = standings(self.draft, procedure)
        filing = filing_of(self.draft, found)
        limit = filing.limit(procedure) if filing else None
        is_late = limit is not None and limit.is_late(timezone.now())
        if not is_late and form.is_bound:
            form = LateForm(procedure=procedure)
        return self.show_step(
            "check",
            CHECK,
            procedure=procedure,
            standings=found,
            filing=filing,
            form=form,
            limit=limit,
            is_late=is_late,
            zone=procedure.zone,
            uploads=self.draft.uploads.all(),
            refusals=refusals or [],
            missing=[one for one in found if not one.is_complete],
        )
