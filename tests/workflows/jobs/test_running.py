"""A pass does what is due, each job by itself, and writes down what became of it."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from credentials.jobs import registered_jobs
from workflows.jobs.lease import AnotherPassIsUnderWay, Lease
from workflows.jobs.retention import prune_log
from workflows.jobs.runs import run_due_jobs
from workflows.models import JobLease, JobRun

pytestmark = pytest.mark.django_db

FIVE_MINUTES = datetime.timedelta(minutes=5)
TWO_IN_THE_MORNING = datetime.time(2)


def fails(now: datetime.datetime) -> dict[str, int]:
    raise LookupError("nobody@example.org is not known")


def states() -> list[tuple[str, str]]:
    return list(JobRun.objects.order_by("pk").values_list("job", "state"))


def test_what_never_ran_is_due_and_what_ran_is_not(job: Any, at: Any, times_done: Any) -> None:
    jobs = [job(at=TWO_IN_THE_MORNING)]
    run_due_jobs(jobs=jobs, clock=at())
    run_due_jobs(jobs=jobs, clock=at(seconds=1))
    assert times_done() == 1


def test_a_job_of_every_five_minutes_runs_though_its_timer_fires_a_little_early(
    job: Any, at: Any, times_done: Any
) -> None:
    jobs = [job(every=FIVE_MINUTES)]
    for seconds in (0, 120, 298):
        run_due_jobs(jobs=jobs, clock=at(seconds=seconds))
    assert times_done() == 2


def test_a_nightly_job_runs_once_each_night(job: Any, times_done: Any) -> None:
    zone = timezone.get_current_timezone()
    evening = datetime.datetime(2026, 10, 30, 22, tzinfo=zone)
    jobs = [job(at=TWO_IN_THE_MORNING)]
    for quarter in range(4 * 24 * 3):  # over the end of daylight saving time
        moment = (evening.astimezone(datetime.UTC) + quarter * 3 * FIVE_MINUTES).astimezone(zone)
        run_due_jobs(jobs=jobs, clock=lambda moment=moment: moment)
    started = [timezone.localtime(run.started_at) for run in JobRun.objects.order_by("pk")]
    assert [f"{start:%d %H:%M}" for start in started] == [
        "30 22:00",
        "31 02:00",
        "01 02:00",
        "02 02:00",
    ]


def test_a_job_that_did_not_run_for_a_month_runs_once_and_knows_the_day(
    job: Any, at: Any, times_done: Any
) -> None:
    told: list[datetime.datetime] = []
    sweep = job().run
    jobs = [job(run=lambda now: told.append(now) or sweep(now))]
    run_due_jobs(jobs=jobs, clock=at())
    for minutes in (0, 5):
        run_due_jobs(jobs=jobs, clock=at(days=31, minutes=minutes))
    assert times_done() == 2
    assert told[-1] == at(days=31)()


def test_a_job_that_fails_stops_no_other_and_its_text_is_kept_nowhere(
    job: Any, at: Any, times_done: Any, caplog: pytest.LogCaptureFixture
) -> None:
    runs = run_due_jobs(jobs=[job("broken", run=fails), job()], clock=at())
    assert states() == [("broken", "failed"), ("sweep", "done")]
    assert times_done() == 1
    assert runs[0].error.startswith("LookupError, test_running.py:")
    assert "nobody@example.org" not in caplog.text + runs[0].error


def test_what_failed_is_tried_again_within_the_hour(job: Any, at: Any) -> None:
    jobs = [job("broken", run=fails), job("half", run=lambda now: {"sent": 4, "failed": 1})]
    for minutes in (0, 30, 60):
        run_due_jobs(jobs=jobs, clock=at(minutes=minutes))
    assert states() == [("broken", "failed"), ("half", "partly")] * 2


def test_a_job_asked_for_by_name_runs_though_it_is_not_due(
    job: Any, at: Any, times_done: Any
) -> None:
    jobs = [job(), job("other")]
    run_due_jobs(jobs=jobs, clock=at())
    run_due_jobs(only=["sweep"], jobs=jobs, clock=at(minutes=1))
    assert (times_done(), times_done("other")) == (2, 1)


def test_a_second_pass_is_refused_while_one_is_under_way(
    job: Any, at: Any, times_done: Any
) -> None:
    with Lease(), pytest.raises(AnotherPassIsUnderWay):
        run_due_jobs(jobs=[job()], clock=at())
    run_due_jobs(jobs=[job()], clock=at())
    assert times_done() == 1


def test_a_pass_that_lost_its_lease_begins_no_further_job(
    job: Any, at: Any, times_done: Any
) -> None:
    def stall(now: datetime.datetime) -> dict[str, int]:
        JobLease.objects.update(holder="somebody else")
        return {}

    run_due_jobs(jobs=[job("stalls", run=stall), job()], clock=at())
    assert times_done() == 0
    assert JobLease.objects.get().holder == "somebody else"


def test_old_runs_are_forgotten_but_never_the_last_of_a_job() -> None:
    now = timezone.now()

    def ran(name: str, days: int, did_anything: bool) -> None:
        JobRun.objects.create(
            job=name,
            started_at=now - datetime.timedelta(days=days),
            state=JobRun.State.DONE,
            did_anything=did_anything,
        )

    ran("messages", 500, True)
    ran("messages", 300, True)
    ran("messages", 8, False)
    ran("messages", 6, False)
    ran("yearly", 900, False)
    assert prune_log(now) == {"pruned": 2}
    kept = [(run.job, (now - run.started_at).days) for run in JobRun.objects.order_by("pk")]
    assert kept == [("messages", 300), ("messages", 6), ("yearly", 900)]


def test_all_registered_jobs_can_be_run_and_say_what_they_did(root: Any) -> None:
    runs = run_due_jobs()
    assert [run.job for run in runs] == [job.name for job in registered_jobs()]
    assert [run.job for run in runs if not run.is_well] == []
    for job, run in zip(registered_jobs(), runs, strict=True):
        assert run.counts
        assert all(name in {*job.counts, "failed"} for name in run.counts)
        assert job.in_words(run.counts)
