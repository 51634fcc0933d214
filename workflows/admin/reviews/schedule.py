"""The Department brings reviews forward, many at once: chosen, previewed, then carried out."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from credentials.admin.trails import AdminPage, Trail
from credentials.keys import keys_in
from credentials.models import AcademicUnit, Offering
from workflows.admin.reviews.forms import CallForm
from workflows.admin.reviews.page import REGISTER, reviews_trail
from workflows.choices import ReviewState
from workflows.exceptions import DecisionRefused
from workflows.models import ReviewCycle
from workflows.reviews.early_reviews import Planned, call_for_reviews, check_may_call, preview

MOST = 500  # rows to choose from; a search narrows them down


class ScheduleReviewsView(AdminPage, TemplateView):
    """Choose offerings and a day; see what would happen; do it."""

    template_name = "workflows/admin/review_schedule.html"
    page_title = gettext_lazy("Schedule reviews")
    header_icon = "rotate"

    def trail(self) -> Trail:
        return reviews_trail(self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        check_may_call(request.user)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def form(self) -> CallForm:
        """The day, why, and the reason; kept as they are while somebody looks for offerings."""
        if self.is_looking:
            return CallForm(initial=self.request.POST.dict())
        return CallForm(self.request.POST or None)

    @property
    def is_looking(self) -> bool:
        """Whether the list is to be narrowed down, and nothing else."""
        return "find" in self.request.POST

    def looked_for(self, name: str) -> str:
        """What was typed or chosen to narrow the list down."""
        return str(self.request.POST.get(name) or self.request.GET.get(name, ""))

    @cached_property
    def chosen(self) -> list[Offering]:
        """The offerings that were ticked."""
        keys = keys_in(self.request.POST.getlist("offering"))
        return list(Offering.objects.filter(pk__in=keys).order_by("title"))

    def choices(self) -> "QuerySet[ReviewCycle]":
        """Scheduled reviews that fit what is looked for, the next one first; ticked ones stay."""
        cycles = ReviewCycle.objects.filter(state=ReviewState.SCHEDULED)
        words, unit = self.looked_for("q"), self.looked_for("unit")
        fits = Q()
        if words:
            partners = Q(offering__partners__name__icontains=words)
            fits &= Q(offering__title__icontains=words) | partners
        if unit.isdecimal():
            fits &= Q(offering__academic_unit__in=AcademicUnit.objects.filter(pk=int(unit)))
        cycles = cycles.filter(fits | Q(offering__in=self.chosen)) if fits else cycles
        return cycles.select_related("offering").distinct().order_by("due_on", "pk")[:MOST]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Preview what was chosen, or carry it out once that was confirmed."""
        if self.is_looking:
            return self.render_to_response(self.get_context_data())
        if not self.chosen:
            messages.error(request, _("Choose at least one offering."))
            return self.render_to_response(self.get_context_data())
        if not self.form.is_valid():
            messages.error(request, _("Nothing is scheduled yet: mend what is marked."))
        if not self.form.is_valid() or "confirm" not in request.POST:
            return self.render_to_response(self.get_context_data())
        try:
            moved, refused = call_for_reviews(request.user, self.chosen, self.form.call())
        except DecisionRefused as refusal:
            self.form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data())
        messages.success(
            request,
            ngettext("%(count)s review is scheduled.", "%(count)s reviews are scheduled.", moved)
            % {"count": moved},
        )
        for plan in refused:
            messages.warning(request, f"{plan.offering.title}: {plan.refusal}")
        return redirect(REGISTER)

    def plans(self) -> list[Planned]:
        """What would happen, when the form says enough; else nothing."""
        is_asked = self.chosen and not self.is_looking and self.form.is_valid()
        return preview(self.chosen, self.form.call()) if is_asked else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plans = self.plans()
        return {
            **super().get_context_data(**kwargs),
            "form": self.form,
            "plans": plans,
            "moves": sum(not plan.refusal for plan in plans),
            "cycles": [] if plans else self.choices(),
            "ticked": {offering.pk for offering in self.chosen},
            "units": AcademicUnit.objects.order_by("name"),
            "words": self.looked_for("q"),
            "unit": self.looked_for("unit"),
        }
