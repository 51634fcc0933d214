"""Keeps the log of jobs short enough to be read."""

import datetime

from credentials.jobs import Counts
from workflows.models import JobRun

IDLE_KEPT_FOR = datetime.timedelta(days=7)
KEPT_FOR = datetime.timedelta(days=400)


def prune_log(now: datetime.datetime) -> Counts:
    """Forget runs that did nothing after a week, others after thirteen months.

    The last run of each job stays: it says when the job is due.
    """
    last = [run.pk for run in JobRun.objects.all().latest_of_each().values()]
    idle = JobRun.objects.filter(did_anything=False, started_at__lt=now - IDLE_KEPT_FOR)
    old = JobRun.objects.filter(started_at__lt=now - KEPT_FOR)
    count, _by_model = (idle | old).exclude(pk__in=last).delete()
    return {"pruned": count}
