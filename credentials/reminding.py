"""Reminders that go out once, however often the job runs (PO-1, MC-6)."""

from collections.abc import Callable

from django.db import transaction

from credentials.models import Reminder


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
