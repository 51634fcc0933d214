"""Opens reviews ahead of their due date, each once (CP-4, SH-3, MC-8)."""

import datetime
import logging
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from credentials.agreements.reminder_log import MONTHS_BEFORE
from credentials.exceptions import NoPolicyInForce
from credentials.policy.months import months_after
from workflows.choices import ReviewState
from workflows.models import ReviewCycle, SelfStudy
from workflows.reviews.schedule import schedule_reviews

LEAD_MONTHS = max(MONTHS_BEFORE)  # opened with the first reminder
# A month may end earlier than the one counted from: 28 February and 31 August.
LEEWAY = datetime.timedelta(days=3)

_log = logging.getLogger(__name__)


def open_due_reviews(on: datetime.date | None = None) -> int:
    """Schedule what the catalogue asks for, and open what is due; how many were opened.

    Five queries when there is nothing to do. Safe to repeat, to run late and to run twice at once.
    Without a policy in force nothing falls due.
    """
    day = on or timezone.localdate()
    try:
        schedule_reviews(day)
    except NoPolicyInForce:
        _log.warning("No policy version is in force; no reviews were scheduled.")
    return sum(open_review(cycle, day) for cycle in list(_due(day)))


def open_review(cycle: ReviewCycle, on: datetime.date | None = None) -> bool:
    """Open one review with an empty self-study; whether it was this call that opened it."""
    with transaction.atomic():
        held = ReviewCycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
        if held.state != ReviewState.SCHEDULED:
            return False
        held.state, held.opened_on = ReviewState.OPEN, on or timezone.localdate()
        held.save()
        SelfStudy.objects.create(cycle=held)
    cycle.state, cycle.opened_on = held.state, held.opened_on
    return True


def is_due_to_open(due: datetime.date, day: datetime.date) -> bool:
    """Whether a review that is due then is opened by this day."""
    return months_after(due, -LEAD_MONTHS) <= day


def _due(day: datetime.date) -> Iterator[ReviewCycle]:
    latest = months_after(day, LEAD_MONTHS) + LEEWAY
    scheduled = ReviewCycle.objects.filter(state=ReviewState.SCHEDULED, due_on__lte=latest)
    return (cycle for cycle in scheduled if is_due_to_open(cycle.due_on, day))
