"""What the public is told of an offering's reviews: when they were done, when the next is due.

Who took part, what was said and how it was decided stay internal (law 6).
"""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from credentials.compliance.policies import terms_in_force
from credentials.compliance.review_dates import next_reviews
from credentials.exceptions import NoPolicyInForce
from credentials.models.offerings.offering import Offering
from credentials.models.reviews import ReviewDate
from credentials.record.ledger import PublishedVersion

ENDED = (PublishedVersion.Event.RETIRED, PublishedVersion.Event.WITHDRAWN)


@dataclass(frozen=True)
class ReviewDone:
    """A review that was concluded: the day, and the reference that the record calls it by."""

    reviewed_on: datetime.date
    reference: str


@dataclass(frozen=True)
class PublicReviews:
    """Reviews done, the newest first; the next one's day and clause where one is due."""

    done: tuple[ReviewDone, ...]
    next_due_on: datetime.date | None = None
    clause: str = ""

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed."""
        return self.next_due_on is not None and self.next_due_on < timezone.localdate()


def reviews_done(offering_pk: int, by: datetime.date | None = None) -> tuple[ReviewDone, ...]:
    """Reviews concluded, by a day if one is given; one query."""
    rows = ReviewDate.objects.concluded().filter(offering=offering_pk)
    if by is not None:
        rows = rows.filter(reviewed_on__lte=by)
    return tuple(ReviewDone(*row) for row in rows.values_list("reviewed_on", "reference"))


def public_reviews(offering_pk: int, event: str) -> PublicReviews:
    """As they stand today; three queries. Nothing is due of what is offered no more."""
    done = reviews_done(offering_pk)
    if event in ENDED:
        return PublicReviews(done)
    try:
        policy = terms_in_force()
    except NoPolicyInForce:
        return PublicReviews(done)
    due = next_reviews(Offering.objects.filter(pk=offering_pk), policy, timezone.localdate())
    if (upcoming := due.get(offering_pk)) is None:
        return PublicReviews(done)
    return PublicReviews(done, upcoming.due_on, upcoming.clause)
