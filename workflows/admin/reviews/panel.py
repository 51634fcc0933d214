"""Reviews on the admin's home page: those due for whoever runs them, revisions asked for."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from credentials.models import Approval, Contribution, Offering
from credentials.people.actors import Person
from workflows.choices import ReviewResult
from workflows.models import ReviewCycle, ReviewOutcome
from workflows.reviews.status import reviews_run_by

MOST = 10


class ReviewsPanel(Component):
    """Reviews under way and overdue, and revisions that a review has asked for."""

    name = "governance_reviews"
    template_name = "workflows/admin/panel_reviews.html"
    order = 57

    def __init__(self, cycles: list[ReviewCycle], revisions: list[ReviewOutcome]) -> None:
        self.cycles, self.revisions = cycles, revisions

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Both lists."""
        return {"cycles": self.cycles, "revisions": self.revisions}


def add_reviews(request: HttpRequest, panels: list[Any]) -> None:
    """Add the panel when there is something in it."""
    cycles = list(reviews_run_by(request.user).under_way()[:MOST])
    revisions = list(revisions_of(request.user)[:MOST])
    if cycles or revisions:
        panels.append(ReviewsPanel(cycles, revisions))


def revisions_asked() -> "QuerySet[ReviewOutcome]":
    """Outcomes that ask for a revision, until other governed content is approved or it ends."""
    approved_since = Approval.objects.filter(
        offering=OuterRef("offering"),
        action=Approval.Action.PUBLISH,
        decided_at__gt=OuterRef("decision__decided_at"),
    ).exclude(governed_hash=OuterRef("decision__governed_hash"))
    return (
        ReviewOutcome.objects.filter(~Exists(approved_since), result=ReviewResult.REVISE)
        .select_related("offering", "decision")
        .order_by("-reviewed_on")
    )


def revisions_of(person: Person) -> "QuerySet[ReviewOutcome]":
    """Outcomes that ask for a revision of what this person has written or owns."""
    written = Contribution.objects.filter(user_key=str(person.pk)).values("offering")
    return revisions_asked().filter(Q(offering__in=written) | Q(offering__owner=person.pk))


def tell_of_revision(request: HttpRequest, page: Page) -> None:
    """Say in the editor what a review asks for, until a revision is approved."""
    if request.method != "GET" or not issubclass(page.specific_class or Page, Offering):
        return
    outcome = revisions_asked().filter(offering=page.pk).first()
    if outcome is not None:
        reasons = outcome.decision.comment
        messages.info(request, _("Its review asks for a revision: %(text)s") % {"text": reasons})
