"""Whether the clock's work is done: of each job, and of the command that runs them."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.conf import conf
from credentials.jobs import Job, registered_jobs
from credentials.record.log.progress import is_late
from workflows.jobs.lease import NAME
from workflows.jobs.runs import due_at
from workflows.models import JobLease, JobRun

State = JobRun.State


class Standing(models.TextChoices):
    """How a job stands."""

    WELL = "well", gettext_lazy("Up to date")
    RUNNING = "running", gettext_lazy("Under way")
    NEW = "new", gettext_lazy("Has not run yet")
    OVERDUE = "overdue", gettext_lazy("Overdue")
    FAILED = "failed", gettext_lazy("Failed, and will be tried again")


@dataclass(frozen=True)
class Beat:
    """One job: its last run, when it is due next (None: at once), and how it stands."""

    job: Job
    last: JobRun | None
    due: datetime.datetime | None
    standing: Standing

    @property
    def is_well(self) -> bool:
        """Whether nobody need look at it."""
        return self.standing not in (Standing.OVERDUE, Standing.FAILED)

    @property
    def did(self) -> str:
        """What the last run did, in words."""
        return self.job.in_words(self.last.counts) if self.last else ""


@dataclass(frozen=True)
class Heartbeat:
    """All jobs, and when a pass over them ended last (None: never).

    `is_unsealed` when a fact has waited too long to be sealed in the transparency log.
    """

    passed_at: datetime.datetime | None
    is_late: bool
    beats: tuple[Beat, ...]
    is_unsealed: bool = False

    @property
    def is_well(self) -> bool:
        """Whether nobody need look at it."""
        well = all(beat.is_well for beat in self.beats)
        return well and not self.is_late and not self.is_unsealed

    @property
    def sentence(self) -> str:
        """What is the matter and how to mend it; empty when nothing is."""
        if self.is_late:
            return _(
                "The scheduled jobs do not run: reminders, messages and closing votes wait. Ask "
                "whoever runs the server to start the timer of manage.py run_due_jobs."
            )
        names = ", ".join(beat.job.name for beat in self.beats if not beat.is_well)
        if names:
            return _("Some scheduled jobs failed or are overdue: %(names)s.") % {"names": names}
        if self.is_unsealed:
            return _(
                "The record is not being sealed: something has waited for more than ten minutes. "
                "Ask whoever runs the server to run manage.py seal_record, which says why."
            )
        return ""


def heartbeat(now: datetime.datetime | None = None) -> Heartbeat:
    """How all jobs stand at a moment; three queries."""
    moment = now or timezone.now()
    late_after = datetime.timedelta(minutes=conf().JOBS_LATE_AFTER_MINUTES)
    lease = JobLease.objects.filter(name=NAME).first() or JobLease(name=NAME)
    is_held = lease.expires_at is not None and lease.expires_at > moment
    passed_at = lease.passed_at
    last = JobRun.objects.all().latest_of_each()
    return Heartbeat(
        passed_at=passed_at,
        is_late=not is_held and (passed_at is None or passed_at + late_after < moment),
        beats=tuple(
            _beat(job, last.get(job.name), moment - late_after) for job in registered_jobs()
        ),
        is_unsealed=is_late(moment),
    )


def _beat(job: Job, last: JobRun | None, late_since: datetime.datetime) -> Beat:
    due = due_at(job, last)
    return Beat(job, last, due, _standing(last, due, late_since))


def _standing(
    last: JobRun | None, due: datetime.datetime | None, late_since: datetime.datetime
) -> Standing:
    if last is None:
        return Standing.NEW
    if last.state == State.RUNNING:
        return Standing.RUNNING if last.started_at > late_since else Standing.OVERDUE
    if due is not None and due < late_since:
        return Standing.OVERDUE
    if not last.is_well:
        return Standing.FAILED
    return Standing.WELL
