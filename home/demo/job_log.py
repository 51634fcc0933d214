"""A log of scheduled jobs for the demonstration: two nights, one with a mail server down."""

import datetime

from django.utils import timezone

from credentials.jobs import Job, registered_jobs
from workflows.jobs.lease import NAME
from workflows.models import JobLease, JobRun

MINUTE = datetime.timedelta(minutes=1)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
FAILED = JobRun.State.FAILED
DONE = JobRun.State.DONE
# What a night does, by job; jobs that are not named found nothing to do.
FIGURES = {
    "check-compliance": {"checked": 66},
    "agreement-reminders": {"sent": 2, "failed": 0},
    "messages": {"sent": 3, "failed": 0},
    "digests": {"sent": 1},
}


def make_job_log() -> None:
    """Write it, unless jobs have run here already."""
    if JobRun.objects.exists():
        return
    now = timezone.now()
    jobs = registered_jobs()
    runs = [_run(job, now - DAY - index * MINUTE) for index, job in enumerate(jobs)]
    runs.append(
        JobRun(
            job="agreement-reminders",
            started_at=now - 9 * HOUR,
            ended_at=now - 9 * HOUR + MINUTE,
            state=FAILED,
            did_anything=True,
            error="ConnectionRefusedError, socket.py:836",
        )
    )
    runs += [_run(job, now - MINUTE) for job in jobs]
    JobRun.objects.bulk_create(runs)
    JobLease.objects.update_or_create(name=NAME, defaults={"passed_at": now})


def _run(job: Job, start: datetime.datetime) -> JobRun:
    counts = FIGURES.get(job.name, dict.fromkeys(job.counts, 0))
    return JobRun(
        job=job.name,
        started_at=start,
        ended_at=start + datetime.timedelta(seconds=2),
        state=DONE,
        counts=counts,
        did_anything=any(counts.values()),
    )
