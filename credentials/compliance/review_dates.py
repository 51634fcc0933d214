"""When offerings are due for review: the one place that reads it from the record.

The policy's rule, the findings, the review cycles and the public page all ask here (CP-4, SH-3,
MC-8).
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from credentials.choices import CreditBasis
from credentials.models.offerings.offering import Offering
from credentials.models.page_types import PAGE_TYPES
from credentials.models.reviews import ReviewDate
from credentials.policy.admission import Authority
from credentials.policy.rules.review import NextReview, next_review
from credentials.policy.terms import PolicyTerms
from credentials.policy.view import OfferingView
from credentials.record.approvals import Approval
from credentials.record.ledger import PublishedVersion

ENDED = (PublishedVersion.Event.RETIRED, PublishedVersion.Event.WITHDRAWN)
NAMES = ("approved_at", "concluded_on", "set_on", "wanted_on")
NOBODY = Authority("", "")


@dataclass(frozen=True)
class ReviewFacts:
    """What the record says of one offering's reviews, as `with_review_facts` has read it."""

    approved_on: datetime.date | None
    concluded_on: datetime.date | None
    set_on: datetime.date | None
    wanted_on: datetime.date | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "ReviewFacts":
        """Read a row of values."""
        at = row.get("approved_at")
        return cls(
            timezone.localdate(at) if at else None,
            row.get("concluded_on"),
            row.get("set_on"),
            row.get("wanted_on"),
        )

    @property
    def reviewed_on(self) -> datetime.date | None:
        """The last day on which its governed content was approved, or its review concluded."""
        return max(filter(None, (self.approved_on, self.concluded_on)), default=None)

    @property
    def next_on(self) -> datetime.date | None:
        """The day set by the last conclusion, unless other content was approved since."""
        return self.set_on if self.concluded_on == self.reviewed_on else None


def with_review_facts(offerings: "QuerySet[Offering]") -> "QuerySet[Offering]":
    """Annotate offerings with the NAMES that ReviewFacts reads, within the same query.

    An editorial approval, of a fee or a date, is no review and does not count.
    """
    approvals = Approval.objects.filter(
        Q(against__isnull=True)
        | Q(against__event__in=ENDED)
        | ~Q(against__governed_hash=F("governed_hash")),
        offering=OuterRef("pk"),
        action=Approval.Action.PUBLISH,
    )
    dates = ReviewDate.objects.filter(offering=OuterRef("pk"))
    concluded = dates.concluded()
    return offerings.annotate(
        approved_at=Subquery(approvals.order_by("-pk").values("decided_at")[:1]),
        concluded_on=Subquery(concluded.values("reviewed_on")[:1]),
        set_on=Subquery(concluded.values("due_on")[:1]),
        wanted_on=Subquery(dates.wanted().values("due_on")[:1]),
    )


def next_reviews(
    offerings: "QuerySet[Offering]", policy: PolicyTerms, on: datetime.date
) -> dict[int, NextReview]:
    """When each published offering is due for review, by primary key; one query.

    Those that the policy version asks no review of are left out: drafts, what is for credit or
    contracted. Retired offerings are the caller's to leave out.
    """
    kinds = {model._meta.model_name: kind for kind, model in PAGE_TYPES.items()}
    rows = with_review_facts(
        offerings.filter(live=True, credit_basis=CreditBasis.NAC, contracted_for="")
    ).values(
        "pk",
        "content_type__model",
        "credit_basis",
        "contracted_for",
        "certificateprogram__review_interval_months",
        *NAMES,
    )
    found = {}
    for row in rows:
        facts = ReviewFacts.of(row)
        view = OfferingView(
            key=row["pk"],
            kind=kinds.get(row["content_type__model"], ""),
            category="",
            credit_basis=row["credit_basis"],
            title="",
            today=on,
            authority=NOBODY,
            contracted_for=row["contracted_for"],
            review_interval_months=row["certificateprogram__review_interval_months"],
            is_published=True,
            reviewed_on=facts.reviewed_on,
            next_review_on=facts.next_on,
            review_wanted_on=facts.wanted_on,
        )
        if (due := next_review(view, policy)) is not None:
            found[row["pk"]] = due
    return found
