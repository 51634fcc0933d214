"""Public holidays on a weekend for which the calendar knows no other day off (AP-2).

The library follows the statutes, which leave some of these days to each employer. The office is
told, and adds the university's own day as a closure.
"""

import datetime
from functools import lru_cache

import holidays

from appeals.rules.working_days import COUNTRY, ONE_DAY, SATURDAY, holidays_of

REACH = 3  # days: from a Saturday's holiday to the Tuesday after it


@lru_cache(maxsize=128)
def not_made_up(province: str, language: str, year: int) -> dict[datetime.date, str]:
    """Holidays of a year on a Saturday or Sunday without a day off in their stead, by day."""
    own_days = holidays.country_holidays(
        COUNTRY, subdiv=province, years=year, expand=False, observed=False
    )
    named = holidays_of(province, language, year)
    free = set(named) - set(own_days)
    gaps = {}
    for day in sorted(found for found in own_days if found.weekday() >= SATURDAY):
        later = (day + number * ONE_DAY for number in range(1, REACH + 1))
        made_up = next((candidate for candidate in later if candidate in free), None)
        if made_up is None:
            gaps[day] = named[day]
        else:
            free.remove(made_up)
    return gaps
