"""Published offerings come up for review at their interval (CP-4, SH-3, MC-8)."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.choices import Kind
from credentials.policy.findings import Gap, Place
from credentials.policy.months import months_after
from credentials.policy.rule import Uses, rule
from credentials.policy.terms import PolicyTerms, RuleTerms
from credentials.policy.view import OfferingView

KEY = "review-due"


@dataclass(frozen=True)
class NextReview:
    """When a review is due, under which clause, at which interval, and counted from which day."""

    due_on: datetime.date
    clause: str
    months: int
    counted_from: datetime.date


def interval_of(view: OfferingView, months: int) -> int:
    """The interval in months; a certificate program's own goes before the clause's (CP-4)."""
    if view.kind == Kind.CERTIFICATE_PROGRAM and view.review_interval_months:
        return view.review_interval_months
    return months


def review_due_on(view: OfferingView, months: int) -> datetime.date | None:
    """When its next review is due. None where nothing was published and reviewed yet.

    A day set when the last review was concluded goes before the interval; a day by which a review
    is wanted counts where it comes sooner.
    """
    if not view.is_published or view.reviewed_on is None:
        return None
    due = view.next_review_on or months_after(view.reviewed_on, interval_of(view, months))
    return min(due, view.review_wanted_on or due)


def next_review(view: OfferingView, policy: PolicyTerms) -> NextReview | None:
    """What a policy version says about the next review; the soonest of several clauses."""
    found = [
        NextReview(due, terms.clause, interval_of(view, terms.number or 0), view.reviewed_on)
        for terms in policy.rules
        if terms.rule == KEY
        and (not terms.kinds or view.kind in terms.kinds)
        and _is_reviewed_here(view, terms)
        and (due := review_due_on(view, terms.number or 0)) is not None
        and view.reviewed_on is not None
    ]
    return min(found, key=lambda item: item.due_on, default=None)


def _is_reviewed_here(view: OfferingView, terms: RuleTerms) -> bool:
    return view.is_governed_here and view.is_published and view.reviewed_on is not None


@rule(
    KEY,
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
            % {"day": date_format(due, "DATE_FORMAT")},
            Place("title"),
        )
