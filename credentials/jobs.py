"""What the clock brings: each app says here which jobs it has and how often they are due.

An app registers a Wagtail hook, `register_scheduled_jobs`, that returns its jobs; the app
`workflows` runs what is due with `manage.py run_due_jobs`.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks

HOOK = "register_scheduled_jobs"
FAILED = "failed"
DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
MINUTE = datetime.timedelta(minutes=1)

Words = str | Promise
Counts = Mapping[str, int]


@dataclass(frozen=True)
class Job:
    """Something to be done every so often, or each day from a time of day on.

    `run` is given the moment and returns figures by name; `counts` says each name in words. It must
    be safe to repeat, must do after a pause what it missed, and opens its own transactions.
    A figure named "failed" above zero is a failure in part: the job is tried again, and exit
    codes and the health page say so. Figures and names must name no person.
    """

    name: str
    title: Words
    run: Callable[[datetime.datetime], Counts]
    counts: Mapping[str, Words] = field(default_factory=dict)
    every: datetime.timedelta = DAY
    at: datetime.time | None = None

    def due_after(self, start: datetime.datetime) -> datetime.datetime:
        """When it is due next, if it was last run at `start`."""
        if self.at is None:
            return start + self.every
        local = timezone.localtime(start)
        due = datetime.datetime.combine(local, self.at, local.tzinfo)
        if due <= local:
            due = datetime.datetime.combine(local + DAY, self.at, local.tzinfo)
        return due

    @property
    def how_often(self) -> str:
        """Such as “every 5 minutes” or “every day from 02:00 on”."""
        if self.at is not None:
            return _("every day from %(time)s on") % {"time": f"{self.at:%H:%M}"}
        minutes = int(self.every / MINUTE)
        return ngettext("every %(count)s minute", "every %(count)s minutes", minutes) % {
            "count": minutes
        }

    def in_words(self, counts: Counts) -> str:
        """What a run did, such as “Messages sent: 3. Failed: 1.”"""
        labels = {**self.counts, FAILED: gettext_lazy("failed")}
        return " ".join(
            f"{capfirst(str(labels.get(name, name)))}: {count}." for name, count in counts.items()
        )


def registered_jobs() -> list[Job]:
    """Every app's jobs, in the order of their hooks. Raises ValueError when two share a name."""
    jobs: list[Job] = [job for register in hooks.get_hooks(HOOK) for job in register()]
    names = [job.name for job in jobs]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"Two jobs are named {', '.join(twice)}. Rename one of them.")
    return jobs
