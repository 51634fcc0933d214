"""The page of one review: where it stands, its self-study, its outcome, and what is to be done."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from credentials.admin.trails import AdminPage, Trail, for_readers
from credentials.people.actors import Person
from workflows.admin.reviews.forms import CallOffForm, ConclusionForm, LeadForm, ReturnForm
from workflows.admin.reviews.study_display import record_of_submission
from workflows.choices import Office, ReviewState, ReviewTrigger
from workflows.committee_seats.seats import presides
from workflows.deciding.offices import is_in_office
from workflows.exceptions import DecisionRefused
from workflows.models import Motion, ReviewCycle, ReviewSubmission
from workflows.reviews.authority import deciding_stage
from workflows.reviews.conclusion import check_may_conclude, conclude
from workflows.reviews.early_reviews import appoint_lead, call_off
from workflows.reviews.people import may_write
from workflows.reviews.self_study import may_return, return_study
from workflows.reviews.study_words import Section, study_sections

READ = "workflows.view_reviewcycle"
REGISTER = "workflows_reviewcycle_modeladmin_index"


def may_read_reviews(person: Person, cycle: ReviewCycle | None = None) -> bool:
    """Whoever may read the record, and who leads this review."""
    if cycle is not None and cycle.lead_id is not None and cycle.lead_id == person.pk:
        return True
    return bool(person.has_perm(READ))  # type: ignore[union-attr]


def reviews_trail(person: Person) -> Trail:
    """To a page about reviews, by way of their register."""
    return for_readers(person, READ, REGISTER, _("Reviews"))


class ReviewPage(AdminPage):
    """A page of one review, for those who may read it."""

    kwargs: dict[str, Any]
    page_title: Any = gettext_lazy("Review")
    header_icon = "rotate"

    def get_page_subtitle(self) -> str:
        return str(self.cycle.offering.get_admin_display_title())

    def trail(self) -> Trail:
        page = reverse("governance:review", args=[self.cycle.pk])
        return [*reviews_trail(self.request.user), (page, self.get_page_subtitle())]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        cycles = ReviewCycle.objects.select_related("offering", "lead", "outcome__decision")
        self.cycle = get_object_or_404(cycles, pk=kwargs["pk"])
        if not may_read_reviews(request.user, self.cycle):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def to_review(self) -> HttpResponse:
        """Back to the review's page."""
        return redirect(reverse("governance:review", args=[self.cycle.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "cycle": self.cycle,
            "reference": self.cycle.reference,
        }


class ReviewView(ReviewPage, TemplateView):
    """Everything about one review, and the buttons of whoever has a part in it."""

    template_name = "workflows/admin/review.html"

    @cached_property
    def submission(self) -> ReviewSubmission | None:
        """The self-study as it was last submitted."""
        submissions = self.cycle.submissions.select_related("version")
        return submissions.order_by("pk").last()

    @cached_property
    def sections(self) -> list[Section]:
        """What the submitted self-study says."""
        return study_sections(self.submission.study) if self.submission else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person, cycle = self.request.user, self.cycle
        stage = deciding_stage(cycle.offering)
        committee = stage.committee
        is_department = is_in_office(person, Office.DEPARTMENT)
        to_decide = cycle.state == ReviewState.WITH_DECIDER
        submission = self.submission
        motions = Motion.objects.filter(review__cycle=cycle).select_related("result")
        open_motion = next((motion for motion in motions if motion.is_open), None)
        return {
            **super().get_context_data(**kwargs),
            "office": stage.office_name,
            "committee": committee,
            "is_overdue": cycle.is_overdue(),
            "submission": submission,
            "sections": self.sections,
            "record": record_of_submission(submission) if submission else None,
            "motions": motions,
            "outcome": getattr(cycle, "outcome", None),
            "earlier": ReviewCycle.objects.filter(offering=cycle.offering_id)
            .exclude(pk=cycle.pk)
            .select_related("outcome")
            .order_by("-number"),
            "may_write": cycle.state == ReviewState.OPEN and may_write(person, cycle),
            "may_open_motion": to_decide
            and committee is not None
            and open_motion is None
            and presides(person, committee),
            "waits_for_committee": to_decide
            and committee is not None
            and open_motion is None
            and not presides(person, committee),
            "may_conclude": to_decide and committee is None and not self._refusal(person),
            "refusal": self._refusal(person) if to_decide and committee is None else "",
            "may_return": to_decide and open_motion is None and may_return(person, cycle),
            "may_appoint": is_department and not cycle.is_closed,
            "may_call_off": is_department
            and not cycle.is_closed
            and cycle.trigger != ReviewTrigger.CLOCK,
        }

    def _refusal(self, person: Person) -> str:
        try:
            check_may_conclude(self.cycle, person)
        except DecisionRefused as refused:
            return str(refused)
        return ""


class ReviewActView(ReviewPage, FormView):
    """One act on a review, by a form of its own; the operation says who may."""

    template_name = "workflows/admin/review_act.html"
    button: Any = ""
    done: Any = ""

    def act(self, form: Any) -> None:
        """Do it. Raises DecisionRefused."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.act(form)
        except PermissionDenied as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return self.to_review()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "button": self.button}


class ConcludeView(ReviewActView):
    """The deciding office concludes the review, with the self-study before it."""

    form_class = ConclusionForm
    page_title = gettext_lazy("Conclude the review")
    button = gettext_lazy("Record my decision")
    done = gettext_lazy("The review is concluded.")

    def get_initial(self) -> dict[str, Any]:
        last = self.cycle.submissions.order_by("pk").last()
        return {
            "study_hash": last.study_hash if last else "",
            "result": last.study["recommendation"] if last else "",
        }

    def act(self, form: ConclusionForm) -> None:
        shown = form.cleaned_data["study_hash"]
        conclude(self.cycle, self.request.user, form.conclusion(), shown_hash=shown)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        last = self.cycle.submissions.order_by("pk").last()
        return {
            **super().get_context_data(**kwargs),
            "sections": study_sections(last.study) if last else [],
            "record": record_of_submission(last) if last else None,
        }


class ReturnStudyView(ReviewActView):
    """Hands a self-study back to its authors."""

    form_class = ReturnForm
    page_title = gettext_lazy("Hand the self-study back")
    button = gettext_lazy("Hand it back")
    done = gettext_lazy("It is back with its authors.")

    def act(self, form: ReturnForm) -> None:
        return_study(self.cycle, self.request.user, form.cleaned_data["reason"])


class CallOffView(ReviewActView):
    """Calls off a review that was called for."""

    form_class = CallOffForm
    page_title = gettext_lazy("Call the review off")
    button = gettext_lazy("Call it off")
    done = gettext_lazy("The review is called off; its interval counts again.")

    def act(self, form: CallOffForm) -> None:
        call_off(self.cycle, self.request.user, form.cleaned_data["reason"])


class LeadView(ReviewActView):
    """Names who leads the review."""

    form_class = LeadForm
    page_title = gettext_lazy("Who leads the review")
    button = gettext_lazy("Keep")
    done = gettext_lazy("Who leads the review is kept.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "cycle": self.cycle}

    def act(self, form: LeadForm) -> None:
        appoint_lead(self.cycle, self.request.user, form.cleaned_data["lead"])
