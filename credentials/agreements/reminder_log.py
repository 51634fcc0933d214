"""Reminders that go out once, however often the job runs (PO-1, MC-6, CP-4, SH-3, MC-8)."""

import datetime
from collections.abc import Callable

from django.db import transaction

from credentials.models import Reminder
from credentials.policy.months import months_after

MONTHS_BEFORE = (6, 3, 1)
OVERDUE = "overdue"
# In the order in which they fall due.
OCCASIONS = ("6 months", "3 months", "1 month", OVERDUE)


def latest_occasion(due: datetime.date, day: datetime.date) -> str:
    """The last of OCCASIONS that has come for a review; empty while it is far.

    After a pause of the job only this one is sent, not those it overtook.
    """
    if day > due:
        return OVERDUE
    passed = sum(months_after(due, -months) <= day for months in MONTHS_BEFORE)
    return OCCASIONS[passed - 1] if passed else ""


def remind_once(subject: str, occasion: str, send: Callable[[], None]) -> bool:
    """Call `send` unless this subject was reminded on this occasion; whether it was called.

    Subjects such as “policy:3” and occasions such as “3 months” name no persons. When `send`
    raises, nothing is remembered and the error goes on, so that the next run tries again. Two
    jobs at the same moment send once: the second waits for the first one's row.
    """
    with transaction.atomic():
        _reminder, is_new = Reminder.objects.get_or_create(subject=subject, occasion=occasion)
        if is_new:
            send()
    return is_new
