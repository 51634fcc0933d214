"""Processes that run the jobs at the same moment, or die at it: each thing is done once."""

import datetime
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from credentials.jobs import Job
from workflows.jobs.lease import AnotherPassIsUnderWay
from workflows.jobs.runs import run_due_jobs
from workflows.models import JobLease, JobRun

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 30
REFUSED = 75
fork = multiprocessing.get_context("fork")


def processes(count: int, do: Callable[[Any], Any]) -> list[int]:
    """Run it in so many processes at the same moment; their exit codes, in numerical order."""
    connections.close_all()  # a child must not speak on its parent's connection
    start = fork.Barrier(count)

    def in_the_child() -> None:
        try:
            connection.ensure_connection()
            do(start)
        except AnotherPassIsUnderWay:
            os._exit(REFUSED)
        connections.close_all()
        os._exit(0)

    children = [fork.Process(target=in_the_child) for _number in range(count)]
    for child in children:
        child.start()
    for child in children:
        child.join(PATIENCE)
    return sorted(-1 if child.exitcode is None else child.exitcode for child in children)


def slow(job: Job) -> Job:
    """The same, slow enough for others to come meanwhile."""

    def run(now: datetime.datetime) -> Any:
        time.sleep(0.5)
        return job.run(now)

    return Job(name=job.name, title=job.title, run=run)


def test_of_processes_that_start_at_once_one_does_the_work(job: Any, times_done: Any) -> None:
    def do(start: Any) -> None:
        start.wait(PATIENCE)
        run_due_jobs(jobs=[slow(job())])

    assert processes(3, do) == [0, REFUSED, REFUSED]
    assert times_done() == 1


def test_processes_that_come_one_after_the_other_do_it_once(job: Any, times_done: Any) -> None:
    def do(start: Any) -> None:
        start.wait(PATIENCE)
        for _attempt in range(20):
            try:
                run_due_jobs(jobs=[job()])
                return
            except AnotherPassIsUnderWay:
                time.sleep(0.05)

    assert processes(3, do) == [0, 0, 0]
    assert times_done() == 1
    assert JobRun.objects.count() == 1


def die(now: datetime.datetime) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


class TestAProcessThatDied:
    @pytest.fixture(autouse=True)
    def died(self, job: Any) -> None:
        """One job done, another under way when it was killed."""
        codes = processes(1, lambda start: run_due_jobs(jobs=[job("first"), job(run=die)]))
        assert codes == [-signal.SIGKILL]

    def test_holds_the_jobs_until_its_lease_runs_out(self, job: Any, times_done: Any) -> None:
        with pytest.raises(AnotherPassIsUnderWay):
            run_due_jobs(jobs=[job()])
        assert times_done() == 0

    def test_is_taken_over_and_what_it_broke_off_is_done(self, job: Any, times_done: Any) -> None:
        JobLease.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
        run_due_jobs(jobs=[job("first"), job()])
        assert (times_done("first"), times_done()) == (1, 1)
        states = list(JobRun.objects.order_by("pk").values_list("job", "state"))
        assert states == [("first", "done"), ("sweep", "broken_off"), ("sweep", "done")]


def test_a_pass_that_takes_long_keeps_its_lease(
    job: Any, times_done: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflows.jobs.lease.RENEWED_EVERY", datetime.timedelta(milliseconds=1))

    def outlast(now: datetime.datetime) -> dict[str, int]:
        """Work until the lease holds for longer than when it was taken."""
        until = JobLease.objects.get().expires_at
        given_up_at = time.monotonic() + PATIENCE
        while JobLease.objects.get().expires_at <= until and time.monotonic() < given_up_at:
            time.sleep(0.01)
        assert JobLease.objects.get().expires_at > until
        with pytest.raises(AnotherPassIsUnderWay):
            run_due_jobs(jobs=[job()])
        return {}

    run_due_jobs(jobs=[job("long", run=outlast)])
    assert times_done() == 0
    assert JobRun.objects.get().state == JobRun.State.DONE
