"""Reminds those responsible at six, three and one months, and when overdue (CP-4, SH-3, MC-8)."""

import datetime
import logging

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from credentials.agreements.reminder_log import MONTHS_BEFORE, OCCASIONS, OVERDUE, latest_occasion
from credentials.policy.months import months_after
from workflows.choices import ReviewState, ReviewTrigger
from workflows.models import ReviewCycle
from workflows.notices.outbox import Message, tell
from workflows.reviews.due_reviews import LEEWAY
from workflows.reviews.people import Responsible

_log = logging.getLogger(__name__)


def send_review_reminders(on: datetime.date | None = None) -> int:
    """Write the reminders that have fallen due into the outbox; for how many reviews.

    Each occasion once, however often or late it runs; after a pause only the latest. One query
    when there is nothing to do.
    """
    day = on or timezone.localdate()
    responsible = Responsible()
    reminded = 0
    for key in [row.pk for row in _to_remind(day) if _number(row, day) > row.reminded]:
        try:
            reminded += _remind(key, day, responsible)
        except Exception as error:  # the others are reminded all the same; this one the next time
            _log.error("Review %s: no reminder was written: %s.", key, type(error).__name__)
    return reminded


def _to_remind(day: datetime.date) -> "models.QuerySet[ReviewCycle]":
    """Reviews under way that may lack a reminder; a few days too early now and then."""
    lacking = Q(reminded__lt=len(OCCASIONS), due_on__lt=day)
    for number, months in enumerate(MONTHS_BEFORE, 1):
        lacking |= Q(reminded__lt=number, due_on__lte=months_after(day, months) + LEEWAY)
    return ReviewCycle.objects.under_way().filter(lacking)


def _remind(key: int, day: datetime.date, responsible: Responsible) -> bool:
    with transaction.atomic():
        cycle = (
            ReviewCycle.objects.under_way()
            .select_for_update(of=("self",))
            .select_related("offering")
            .filter(pk=key)
            .first()
        )
        if cycle is None or (number := _number(cycle, day)) <= cycle.reminded:
            return False
        # Past the history: that a reminder went out is in the outbox.
        ReviewCycle.objects.filter(pk=key).update(reminded=number)
        message = _message(cycle, OCCASIONS[number - 1])
        tell(responsible.for_review(cycle, cycle.offering.owner_id), message)
    return True


def _number(cycle: ReviewCycle, day: datetime.date) -> int:
    """How many of the occasions have come; 0 while it is far."""
    occasion = latest_occasion(cycle.due_on, day)
    return OCCASIONS.index(occasion) + 1 if occasion else 0


def _message(cycle: ReviewCycle, occasion: str) -> Message:
    is_early = cycle.trigger != ReviewTrigger.CLOCK
    facts = {
        "title": cycle.offering.title,
        "due": cycle.due_on,
        "clause": cycle.clause,
        "why": cycle.get_trigger_display if is_early else "",
        "note": cycle.trigger_note if is_early else "",
    }
    is_overdue = occasion == OVERDUE
    if cycle.state == ReviewState.WITH_DECIDER:
        told = "review_to_decide_overdue" if is_overdue else "review_to_decide"
    else:
        told = "review_overdue" if is_overdue else "review_due"
    # A review that is brought forward is announced anew for its new day.
    name = f"review:{cycle.pk}:{cycle.due_on.isoformat()}:{occasion}"
    return Message(name, told, facts, reverse("governance:review", args=[cycle.pk]))
