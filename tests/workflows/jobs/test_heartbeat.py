"""Whether the jobs run is said on a page, on the home page, and to monitoring."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from credentials.jobs import HOOK
from credentials.models import QueuedFact
from credentials.record.log.batches import seal_all
from workflows.jobs.heartbeat import heartbeat
from workflows.jobs.lease import NAME, Lease
from workflows.models import JobLease, JobRun

pytestmark = pytest.mark.django_db

HEALTH = "/health/jobs"
SECRET = "jane@example.org"


@pytest.fixture(autouse=True)
def registered(job: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two jobs: one of every five minutes, one of each day. All that is on record is sealed."""
    seal_all()
    ours = [job(every=datetime.timedelta(minutes=5)), job("nightly")]
    monkeypatch.setattr("workflows.jobs.heartbeat.registered_jobs", lambda: ours)
    with hooks.register_temporarily(HOOK, lambda: ours):
        yield


def passed(minutes_ago: int) -> None:
    moment = timezone.now() - datetime.timedelta(minutes=minutes_ago)
    JobLease.objects.update_or_create(name=NAME, defaults={"passed_at": moment})


def ran(name: str, minutes_ago: int, state: str = JobRun.State.DONE, **facts: Any) -> JobRun:
    start = timezone.now() - datetime.timedelta(minutes=minutes_ago)
    facts = {"counts": {"swept": 3}, "ended_at": start, **facts}
    return JobRun.objects.create(job=name, started_at=start, state=state, **facts)


def standings() -> dict[str, str]:
    return {beat.job.name: beat.standing.value for beat in heartbeat().beats}


def test_all_is_well_while_each_job_runs_when_it_is_due(client: Client) -> None:
    passed(minutes_ago=3)
    ran("sweep", 3)
    ran("nightly", 600)
    assert standings() == {"sweep": "well", "nightly": "well"}
    answer = client.get(HEALTH)
    assert answer.status_code == 200
    assert answer.json()["status"] == "ok"
    assert "no-store" in answer["Cache-Control"]


def test_the_heartbeat_is_late_when_no_pass_ended_for_an_hour(client: Client) -> None:
    passed(minutes_ago=61)
    answer = client.get(HEALTH)
    assert answer.status_code == 503
    assert answer.json()["status"] == "late"


def test_a_pass_that_takes_long_is_not_late(client: Client) -> None:
    passed(minutes_ago=600)
    with Lease():
        assert not heartbeat().is_late


def test_a_job_is_overdue_an_hour_after_it_was_due(client: Client) -> None:
    passed(minutes_ago=3)
    ran("sweep", 64)
    ran("nightly", 60 * 26)
    assert standings() == {"sweep": "well", "nightly": "overdue"}
    assert client.get(HEALTH).status_code == 503


def test_a_job_that_hangs_is_overdue() -> None:
    passed(minutes_ago=3)
    ran("sweep", 5, JobRun.State.RUNNING, ended_at=None)
    ran("nightly", 70, JobRun.State.RUNNING, ended_at=None)
    assert standings() == {"sweep": "running", "nightly": "overdue"}


def test_health_says_that_a_job_failed_and_no_more(client: Client) -> None:
    passed(minutes_ago=3)
    ran("sweep", 3, JobRun.State.FAILED, error="LookupError, people.py:7")
    answer = client.get(HEALTH)
    assert answer.status_code == 503
    assert answer.json()["status"] == "failing"
    assert set(answer.json()["jobs"][0]) == {"name", "status", "last_run", "next_due"}
    assert "LookupError" not in answer.content.decode()


def test_a_fact_that_waits_ten_minutes_to_be_sealed_is_an_alarm(client: Client) -> None:
    passed(minutes_ago=3)
    now = timezone.now()
    waiting = QueuedFact.objects.create(
        table="x", row=1, at=now - datetime.timedelta(minutes=9, seconds=50)
    )
    assert client.get(HEALTH).json()["record"] == "sealed"
    QueuedFact.objects.filter(pk=waiting.pk).update(at=now - datetime.timedelta(minutes=11))
    answer = client.get(HEALTH)
    assert answer.status_code == 503
    assert answer.json()["record"] == "unsealed"
    assert "seal_record" in heartbeat().sentence


def test_the_page_says_in_words_how_each_job_stands(
    people: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.force_login(people["department"])
    passed(minutes_ago=3)
    ran("sweep", 3, JobRun.State.PARTLY, counts={"swept": 3, "failed": 1})
    with django_assert_max_num_queries(20):
        page = client.get(reverse("governance:jobs")).content.decode()
    for words in ("Failed, and will be tried again", "Swept: 3. Failed: 1.", "Has not run yet"):
        assert words in page
    assert "every 5 minutes" in page


def test_the_home_page_warns_those_who_can_have_it_mended(people: Any, client: Client) -> None:
    home = reverse("wagtailadmin_home")
    for name, sees_it in (("department", True), ("superuser", True), ("editor", False)):
        client.force_login(people[name])
        assert ("run_due_jobs" in client.get(home).content.decode()) is sees_it
    passed(minutes_ago=3)
    client.force_login(people["department"])
    assert "scheduled-jobs" not in client.get(home).content.decode().split("<main")[-1]


def test_the_log_is_filtered_and_exported_and_closed_to_others(people: Any, client: Client) -> None:
    ran("sweep", 3)
    ran("nightly", 3, JobRun.State.FAILED)
    log = reverse("workflows_jobrun_modeladmin_index")
    client.force_login(people["department"])
    assert "nightly" in client.get(log).content.decode()
    export = client.get(log, {"state__exact": "done", "export": "csv"})
    lines = b"".join(export.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "swept: 3" in lines[1]
    client.force_login(people["editor"])
    assert client.get(log).status_code == 302
    assert client.get(reverse("governance:jobs")).status_code == 302
