"""One pass over the jobs: what is due is run, each by itself, and written down."""

import datetime
import logging
import traceback
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from django.db import connection
from django.utils import timezone

from credentials.jobs import FAILED, HOUR, MINUTE, Job, registered_jobs
from workflows.jobs.lease import Lease
from workflows.models import JobRun

TRIED_AGAIN_AFTER = HOUR
SLACK = MINUTE  # of a timer that fires a little early

State = JobRun.State
Clock = Callable[[], datetime.datetime]
_log = logging.getLogger(__name__)


def run_due_jobs(
    only: Collection[str] = (),
    jobs: Sequence[Job] | None = None,
    clock: Clock | None = None,
) -> list[JobRun]:
    """Run what is due and return the runs, in order; jobs named in `only` are run due or not.

    A job that fails stops no other. Raises AnotherPassIsUnderWay.
    """
    now = clock or timezone.now
    runs = []
    with Lease() as lease:
        # Whoever had the lease before is gone, and so is what it was about.
        JobRun.objects.filter(state=State.RUNNING).update(state=State.BROKEN_OFF)
        last = JobRun.objects.all().latest_of_each()
        for job in registered_jobs() if jobs is None else jobs:
            is_wanted = job.name in only if only else is_due(job, last.get(job.name), now())
            if not is_wanted:
                continue
            if not lease.renew():
                _log.error("Another process took over the jobs; this one stops.")
                break
            runs.append(_run(job, now))
            if not connection.in_atomic_block:
                connection.close_if_unusable_or_obsolete()  # a job may have lost it
    return runs


def due_at(job: Job, last: JobRun | None) -> datetime.datetime | None:
    """When it is due next; None at once, as it never ran or was broken off."""
    if last is None or last.state == State.BROKEN_OFF:
        return None
    due = job.due_after(last.started_at)
    if last.state in (State.FAILED, State.PARTLY):
        return min(due, last.started_at + TRIED_AGAIN_AFTER)
    return due


def is_due(job: Job, last: JobRun | None, now: datetime.datetime) -> bool:
    """Whether it is due at a moment. After a pause it is due once, not once for each day missed."""
    due = due_at(job, last)
    return due is None or due <= now + SLACK


def _run(job: Job, now: Clock) -> JobRun:
    """Run a job and write down what became of it."""
    run = JobRun.objects.create(job=job.name, started_at=now())
    try:
        run.counts = dict(job.run(run.started_at))
        run.state = State.PARTLY if run.counts.get(FAILED) else State.DONE
        run.did_anything = any(run.counts.values())
    except Exception as error:
        run.state, run.error, run.did_anything = State.FAILED, _kind_of(error), True
        _log.error("The job %s failed: %s.", job.name, run.error)
    run.ended_at = now()
    run.save()
    return run


def _kind_of(error: Exception) -> str:
    """Class and place, without the text, in which personal data may stand."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f", {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"[:200]
