"""Published offerings come up for review at their interval (CP-4, SH-3, MC-8)."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.choices import Kind
from credentials.policy.findings import Gap, Place
from credentials.policy.months import months_after
from credentials.policy.rule import Uses, rule
from credentials.policy.terms import RuleTerms
from credentials.policy.view import OfferingView


def review_due_on(view: OfferingView, months: int) -> datetime.date | None:
    """When its next review is due; a certificate program's own interval goes before (CP-4).

    None where nothing was published and reviewed yet.
    """
    if not view.is_published or view.reviewed_on is None:
        return None
    if view.kind == Kind.CERTIFICATE_PROGRAM and view.review_interval_months:
        months = view.review_interval_months
    return months_after(view.reviewed_on, months)


def _is_reviewed_here(view: OfferingView, terms: RuleTerms) -> bool:
    return view.is_governed_here and view.is_published and view.reviewed_on is not None


@rule(
    "review-due",
    gettext_lazy("A published offering is reviewed in time"),
    applies=_is_reviewed_here,
    uses=frozenset({Uses.NUMBER}),
)
def review_due(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """The figure is the interval in months."""
    due = review_due_on(view, terms.number or 0)
    if due is not None and due < view.today:
        yield Gap(
            _(
                "Its review was due on %(day)s. Review competencies, outcomes and assessments, and "
                "submit it again or retire it."
            )
            % {"day": due.isoformat()},
            Place("title"),
        )
