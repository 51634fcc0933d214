"""When the demonstration's past happened: the process's clock is set back while it is made.

The record writes down the present time itself, and what it wrote cannot be changed afterwards; so
whoever makes a past has to act in it. A management command's process does nothing else meanwhile.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import time_machine
from django.utils import timezone

from credentials.models import PolicyVersion
from credentials.policy.months import months_after

MONTHS = 32  # how far the history goes back; a review falls due three years after an approval
LATEST = datetime.timedelta(days=9)  # since the last publication
A_DAY = datetime.timedelta(days=1)
FRIDAY = 4
MORNING = 9  # o'clock


class Clock:
    """Knows the present, and sets the process's clock to other times; in the present it stands."""

    def __init__(self) -> None:
        self.present = timezone.now()
        self._traveller: time_machine.Traveller | None = None

    @property
    def beginning(self) -> datetime.datetime:
        """When the history begins: some years ago, and under a policy (SC-3)."""
        today = timezone.localdate(self.present)
        first = months_after(today, -MONTHS)
        in_force = PolicyVersion.objects.in_force(today).first()
        if in_force is not None:
            first = max(first, in_force.adoption.in_force_from + A_DAY)
        return _at_work(first)

    def publication(self, place: int, number: int) -> datetime.datetime:
        """When the step at this place, from 0, of so many is published: they follow evenly."""
        until = self.present - LATEST
        since = min(self.beginning + 30 * A_DAY, until)
        moment = since + (until - since) * (place + 1) / number
        return _at_work(timezone.localdate(moment))

    def days_ago(self, days: int) -> datetime.datetime:
        """A moment so many days before the present, or the working day before it."""
        return _at_work(timezone.localdate(self.present) - days * A_DAY)

    @contextmanager
    def at(self, moment: datetime.datetime) -> Iterator[None]:
        """Everything inside happens then, and after it as `wait` and `go_on_to` say."""
        with time_machine.travel(_utc(min(moment, self.present))) as traveller:
            self._traveller = traveller
            try:
                yield
            finally:
                self._traveller = None

    def wait(self, days: int = 0, hours: int = 0) -> None:
        """Let so many working days and hours pass."""
        moment = timezone.now()
        if days:
            moment = after(moment, days)
        self.go_on_to(moment + datetime.timedelta(hours=hours))

    def go_on_to(self, moment: datetime.datetime) -> None:
        """Go on to a moment; never back, nor beyond the present."""
        moment = min(moment, self.present)
        if self._traveller is not None and moment > timezone.now():
            self._traveller.move_to(_utc(moment))


def before(moment: datetime.datetime, days: int) -> datetime.datetime:
    """So many working days earlier, in the morning."""
    return _at_work(_counted(timezone.localdate(moment), -days))


def after(moment: datetime.datetime, days: int) -> datetime.datetime:
    """So many working days later, in the morning."""
    return _at_work(_counted(timezone.localdate(moment), days))


def _utc(moment: datetime.datetime) -> datetime.datetime:
    """With a zone of its own, a moment would set the process's time zone too."""
    return moment.astimezone(datetime.UTC)


def _counted(day: datetime.date, days: int) -> datetime.date:
    step = A_DAY if days > 0 else -A_DAY
    for _number in range(abs(days)):
        day += step
        while day.weekday() > FRIDAY:
            day += step
    return day


def _at_work(day: datetime.date) -> datetime.datetime:
    """A morning of this day, or of the Friday before a weekend; not always at the same hour."""
    while day.weekday() > FRIDAY:
        day -= A_DAY
    time = datetime.time(MORNING + day.day % 4, day.day * 7 % 60)
    return timezone.make_aware(datetime.datetime.combine(day, time))
