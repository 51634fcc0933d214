"""The chair or the secretary puts the outcome of a review to the committee."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from workflows.admin.committees.motion_openings import OpenMotionView
from workflows.admin.reviews.forms import ReviewMotionForm
from workflows.choices import ReviewResult
from workflows.committee.motions import open_review_motion
from workflows.models import Motion, ReviewCycle
from workflows.reviews.authority import committee_for


class OpenReviewMotionView(OpenMotionView):
    """To continue, to revise or to retire, on the self-study that was submitted last."""

    form_class = ReviewMotionForm
    purposes = tuple(ReviewResult.values)

    def prepare(self) -> None:
        """Find the review and the committee that decides on it. Raises Http404."""
        cycles = ReviewCycle.objects.select_related("offering")
        self.cycle = get_object_or_404(cycles, pk=self.kwargs["pk"])
        self.page, self.state = self.cycle.offering, None
        self.committee = committee_for(self.page)
        submission = self.cycle.submissions.order_by("pk").last()
        if self.committee is None or submission is None:
            raise PermissionDenied(_("No committee decides on this review now."))
        self.submission = submission
        self.title = str(self.cycle)
        self.back_url = reverse("governance:review", args=[self.cycle.pk])

    def stages(self) -> list[Any]:
        """A review has one stage."""
        return []

    def get_initial(self) -> dict[str, Any]:
        """What its authors recommend."""
        return {"purpose": self.submission.study["recommendation"]}

    def open(self, form: Any) -> Motion:
        """Open what the form says. Raises DecisionRefused."""
        question = form.question(meeting=self.meeting)
        return open_review_motion(self.submission, self.request.user, question)
