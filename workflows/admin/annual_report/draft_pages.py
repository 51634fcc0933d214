"""What the Department does with an annual report: writes it, presents it, corrects it."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from credentials.admin.trails import Trail
from credentials.choices import Category
from credentials.record.log.progress import sealed_count
from workflows.admin.annual_report.forms import (
    AddendumForm,
    AwardFormSet,
    NarrativeFormSet,
    PresentForm,
)
from workflows.admin.annual_report.pages import ReportPage
from workflows.annual_report.draft import delete_draft, keep_draft, may_write, stamp_of
from workflows.annual_report.presentation import (
    Occasion,
    add_addendum,
    as_it_would_be_kept,
    check_may_be_presented,
    present,
)
from workflows.annual_report.report import read
from workflows.annual_report.report_document import report_document
from workflows.exceptions import DecisionRefused
from workflows.models import AnnualReport

COUNCIL = "Academic Council"
SIZE = forms.IntegerField(min_value=0, max_value=2**63 - 1)
TOO_LATE = gettext_lazy("This report was presented and stays as it is. Correct it by an addendum.")
TOO_EARLY = gettext_lazy("This report is still a draft: mend the draft itself.")


class WriterPage(ReportPage):
    """For the Department, and only before or only after a report was presented."""

    is_after = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_write(request.user):
            raise PermissionDenied
        self.subject = self.report
        if self.subject.is_presented != self.is_after:
            messages.warning(request, str(TOO_EARLY if self.is_after else TOO_LATE))
            return self.back()
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.subject)

    def trail(self) -> Trail:
        page = reverse("governance:annual_report", args=[self.subject.pk])
        return [*super().trail(), (page, self.get_page_subtitle())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "report": self.subject}

    def back(self) -> HttpResponse:
        """To the report."""
        return redirect(reverse("governance:annual_report", args=[self.subject.pk]))


class WriteView(WriterPage, TemplateView):
    """Narrative and awards, on one page."""

    template_name = "workflows/admin/annual_report_write.html"
    page_title = gettext_lazy("Write the annual report")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep both, or neither."""
        narrative = NarrativeFormSet(request.POST, prefix="narrative")
        awards = AwardFormSet(request.POST, prefix="awards")
        if not (narrative.is_valid() and awards.is_valid()):
            messages.error(request, _("Nothing was kept: mend what is marked, and save again."))
            context = self.get_context_data(narrative=narrative, awards=awards)
            return self.render_to_response(context)
        try:
            keep_draft(
                self.subject,
                request.user,
                [form.cleaned_data for form in _kept_in_order(narrative)],
                awards.cleaned_data,
                seen=request.POST.get("seen", ""),
            )
        except DecisionRefused as refused:
            messages.error(request, str(refused))
            self.subject.refresh_from_db()
            context = self.get_context_data(narrative=narrative, awards=awards)
            return self.render_to_response(context | {"seen": stamp_of(self.subject)})
        messages.success(request, _("The draft is kept."))
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "seen": self.request.POST.get("seen") or stamp_of(self.subject),
            "narrative": kwargs.get("narrative")
            or NarrativeFormSet(initial=self.subject.narrative, prefix="narrative"),
            "awards": kwargs.get("awards")
            or AwardFormSet(initial=_awards_of(self.subject), prefix="awards"),
        }


class DeleteDraftView(WriterPage, TemplateView):
    """Asks once more before a draft is given up."""

    template_name = "credentials/admin/confirm.html"
    page_title = gettext_lazy("Delete the draft")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Delete it."""
        try:
            delete_draft(self.subject, request.user)
        except DecisionRefused as refused:
            messages.error(request, str(refused))
            return self.back()
        messages.success(
            request, _("The draft of the report on %(year)s was deleted.") % {"year": self.subject}
        )
        return redirect("governance:annual_reports")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "question": _("Delete the draft of the report on %(year)s?") % {"year": self.subject},
            "consequence": _(
                "Its narrative and the figures that were entered go with it. What it counts is on "
                "record elsewhere and stays, so the report can be begun anew."
            ),
            "confirm_label": _("Delete the draft"),
            "back_url": reverse("governance:annual_report", args=[self.subject.pk]),
        }


class PresentView(WriterPage, FormView):
    """Asks once more before the report is frozen, with what it will say."""

    form_class = PresentForm
    template_name = "workflows/admin/annual_report_present.html"
    page_title = gettext_lazy("Present the annual report")

    def get_initial(self) -> dict[str, Any]:
        return {"body": COUNCIL, "meeting_on": timezone.localdate()}

    def form_valid(self, form: PresentForm) -> HttpResponse:
        """Freeze it. What was seen must be what is frozen."""
        facts = form.cleaned_data
        occasion = Occasion(facts["body"], facts["meeting_on"], facts["reference"])
        seen = self.request.POST.get("seen", "")
        try:
            present(self.subject, self.request.user, occasion, seen, self._sealed())
        except DecisionRefused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, _("The report is presented. It will not change any more."))
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        sealed = sealed_count()
        _text, content_hash = as_it_would_be_kept(self.subject, sealed)
        document = report_document(read(self.subject, self.request.user), 0)
        return {
            **context,
            "content_hash": content_hash,
            "sealed": sealed,
            "figures": document["sections"][0],
            "refusal": self._refusal(),
            "has_narrative": bool(self.subject.narrative),
            "has_awards": self.subject.awards.exists(),
        }

    def _sealed(self) -> int:
        """The size that the page named; what is no size was never on it."""
        try:
            return SIZE.clean(self.request.POST.get("sealed", "0"))
        except ValidationError:
            return 0

    def _refusal(self) -> str:
        try:
            check_may_be_presented(self.subject, timezone.localdate())
        except DecisionRefused as refused:
            return str(refused)
        return ""


class AddendumView(WriterPage, FormView):
    """Corrects a presented report."""

    form_class = AddendumForm
    template_name = "workflows/admin/annual_report_addendum.html"
    page_title = gettext_lazy("Add an addendum")
    is_after = True

    def form_valid(self, form: AddendumForm) -> HttpResponse:
        """Add it to the record."""
        facts = form.cleaned_data
        try:
            add_addendum(self.subject.presented, self.request.user, facts["heading"], facts["text"])
        except DecisionRefused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, _("The addendum is added, with today’s date."))
        return self.back()


def _kept_in_order(formset: Any) -> list[Any]:
    """Filled forms that are not to be deleted, by the order given; those without one come last."""
    return [form for form in formset.ordered_forms if form.cleaned_data.get("heading")]


def _awards_of(report: AnnualReport) -> list[dict[str, Any]]:
    standing = {row.category: row for row in report.awards.all()}
    return [
        {
            "category": category,
            "number": standing[category].number if category in standing else None,
            "source": standing[category].source if category in standing else "",
        }
        for category in Category.values
    ]
