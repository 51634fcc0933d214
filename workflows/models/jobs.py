"""What the clock brought: which process runs the jobs, and the log of their runs."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobLease(models.Model):
    """One row: the process that runs the jobs holds it until a moment, and renews it (ADR 37)."""

    name = models.CharField(primary_key=True, max_length=50)
    holder = models.CharField(_("holder"), max_length=64, blank=True)
    taken_at = models.DateTimeField(_("taken"), null=True)
    expires_at = models.DateTimeField(_("held until"), null=True)
    passed_at = models.DateTimeField(_("last pass ended"), null=True)

    class Meta:
        verbose_name = _("lease of the jobs")
        verbose_name_plural = _("leases of the jobs")

    def __str__(self) -> str:
        return self.name


class JobRunQuerySet(models.QuerySet["JobRun"]):
    """Runs in the words of the heartbeat."""

    def latest_of_each(self) -> "dict[str, JobRun]":
        """The last run of every job, by the job's name."""
        last = self.order_by().values("job").annotate(pk_=models.Max("pk")).values("pk_")
        return {run.job: run for run in self.filter(pk__in=last)}


class JobRun(models.Model):
    """One run of one job. A log, not a record: pruned after a while, and it names no person."""

    class State(models.TextChoices):
        """How it ended."""

        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        PARTLY = "partly", _("Failed in part")
        FAILED = "failed", _("Failed")
        BROKEN_OFF = "broken_off", _("Broken off: its process ended")

    job = models.CharField(_("job"), max_length=50)
    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    state = models.CharField(
        _("outcome"), max_length=10, choices=State.choices, default=State.RUNNING
    )
    counts = models.JSONField(_("figures"), default=dict)
    did_anything = models.BooleanField(_("something was done"), default=False)
    error = models.CharField(
        _("kind of error"),
        max_length=200,
        blank=True,
        help_text=_("The error's class and the place in the code; never its text."),
    )

    objects = JobRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a job")
        verbose_name_plural = _("runs of jobs")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["job", "-id"], name="job_runs_by_job")]

    def __str__(self) -> str:
        return self.job

    @property
    def is_well(self) -> bool:
        """Whether all of it was done."""
        return self.state == self.State.DONE

    @property
    def figures(self) -> str:
        """What it did, such as “sent: 3, failed: 1”."""
        return ", ".join(f"{name}: {count}" for name, count in self.counts.items())

    @property
    def took(self) -> datetime.timedelta | None:
        """How long it took; None while it is under way."""
        return self.ended_at - self.started_at if self.ended_at else None
