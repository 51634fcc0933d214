"""Until when a closed case is kept, as its procedures say (AP-2)."""

import datetime

from appeals.models import Case
from credentials.policy.months import months_after

MONTHS = 12
ONE_DAY = datetime.timedelta(days=1)


def retain_until(case: Case, closed_on: datetime.date) -> datetime.date:
    """The last day on which a case that is closed on this day is kept.

    One day more than the years: the database counts its days in UTC, which may be a day ahead.
    """
    return months_after(closed_on, MONTHS * case.procedure.retention_years) + ONE_DAY
