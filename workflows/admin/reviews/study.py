"""Writing a self-study: pre-filled from the record, saved as a draft, submitted as a whole."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from workflows.admin.reviews.forms import EvidenceFormSet, StudyForm
from workflows.admin.reviews.page import ReviewPage
from workflows.admin.reviews.study_display import record_context
from workflows.exceptions import DecisionRefused
from workflows.models import SelfStudy
from workflows.reviews.authority import deciding_stage
from workflows.reviews.people import may_write
from workflows.reviews.self_study import (
    check_writing,
    save_study,
    stamp_of,
    still_empty,
    submit_study,
)
from workflows.reviews.since_last_review import record_of


class StudyView(ReviewPage, FormView):
    """Beside each question stands what the record says."""

    form_class = StudyForm
    template_name = "workflows/admin/review_study.html"
    page_title = gettext_lazy("Self-study")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; whoever cannot write now is told why on the review's page."""
        try:
            check_writing(self.cycle, request.user)
        except DecisionRefused as refused:
            messages.warning(request, str(refused))
            return self.to_review()
        return super().get(request, *args, **kwargs)

    @cached_property
    def study(self) -> SelfStudy:
        """The draft. What was sent too late is shown again with the reason, so that it is not lost.

        Raises PermissionDenied for whoever may not write it, and before it is opened.
        """
        study = SelfStudy.objects.filter(cycle=self.cycle).first()
        if study is None or not may_write(self.request.user, self.cycle):
            check_writing(self.cycle, self.request.user)
            raise PermissionDenied
        return study

    @cached_property
    def seen(self) -> str:
        """Which saved draft the person began from."""
        return str(self.request.POST.get("seen") or stamp_of(self.study))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": self.study}

    @cached_property
    def evidence(self) -> Any:
        """The rows of evidence."""
        data = self.request.POST if self.request.method == "POST" else None
        return EvidenceFormSet(data, instance=self.study, prefix="evidence")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save what was written; submit it when that was asked for."""
        form = self.get_form()
        if not (form.is_valid() and self.evidence.is_valid()):
            return self.form_invalid(form)
        try:
            with transaction.atomic():
                seen = request.POST.get("seen")
                saved = save_study(self.cycle, request.user, form.cleaned_data, seen=seen)
                self.evidence.save()
        except PermissionDenied as refused:
            self.seen = stamp_of(SelfStudy.objects.get(cycle=self.cycle))
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        if "submit" not in request.POST:
            messages.success(request, _("The draft of the self-study is saved."))
            return redirect(request.path)
        try:
            submit_study(self.cycle, request.user)
        except PermissionDenied as refused:
            messages.warning(request, _("It is saved as a draft, but not submitted."))
            form.add_error(None, str(refused))
            for name in still_empty(saved):
                form.add_error(name, _("Fill this in before you submit."))
            # As saved: the rows that were sent have no keys, and would be added once more.
            self.evidence = EvidenceFormSet(instance=saved, prefix="evidence")
            self.seen = stamp_of(saved)
            return self.form_invalid(form)
        office = deciding_stage(self.cycle.offering).office_name
        messages.success(request, _("Sent to the %(office)s for a decision.") % {"office": office})
        return self.to_review()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "evidence": self.evidence,
            "seen": self.seen,
            "record": record_context(record_of(self.cycle).as_data()),
            "office": deciding_stage(self.cycle.offering).office_name,
        }
