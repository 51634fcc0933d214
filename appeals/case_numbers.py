"""Numbers of cases: by year, without gaps, never given twice."""

import datetime

from django.utils import timezone

from appeals.models import CaseCounter


def next_number(now: datetime.datetime | None = None) -> str:
    """The next number, such as A-2026-0007. Call in a transaction: the counter stays locked."""
    year = timezone.localdate(now).year
    CaseCounter.objects.get_or_create(year=year)
    counter = CaseCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"A-{year}-{counter.last:04}"
