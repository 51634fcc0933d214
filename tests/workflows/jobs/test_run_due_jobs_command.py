"""The one command of the timer: what it prints, and what its exit codes say."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail import hooks

from credentials.jobs import HOOK
from workflows.jobs.lease import Lease

pytestmark = pytest.mark.django_db


@pytest.fixture
def registered(job: Any) -> Iterator[None]:
    """One job that does its work, and one that fails in part, beside the apps' own."""
    ours = [job(), job("letters", run=lambda now: {"failed": 2})]
    with hooks.register_temporarily(HOOK, lambda: ours):
        yield


def output_of(*arguments: str) -> str:
    printed = StringIO()
    call_command("run_due_jobs", *arguments, stdout=printed)
    return printed.getvalue()


def test_it_says_what_was_done(registered: None) -> None:
    assert output_of("--only", "sweep") == "sweep: Swept: 1.\n"


def test_a_failure_in_part_is_an_exit_code(registered: None) -> None:
    with pytest.raises(CommandError, match="letters") as refused:
        output_of("--only", "letters", "--only", "sweep")
    assert refused.value.returncode == 1


def test_the_list_names_every_job_and_when_it_is_due(registered: None, times_done: Any) -> None:
    output_of("--only", "sweep")
    lines = output_of("--list").splitlines()
    assert "sweep: Sweeps, every 1440 minutes. Due from 20" in " ".join(lines)
    assert any(line.startswith("check-compliance: ") and "Due now." in line for line in lines)
    assert times_done() == 1


def test_an_unknown_name_is_refused_with_the_names_there_are(registered: None) -> None:
    with pytest.raises(CommandError, match=r"no job named swep.*sweep"):
        output_of("--only", "swep")


def test_beside_another_pass_it_does_nothing_and_that_is_no_failure(
    registered: None, times_done: Any
) -> None:
    with Lease():
        assert "Another process runs the jobs" in output_of()
        with pytest.raises(CommandError) as refused:
            output_of("--only", "sweep")
    assert refused.value.returncode == 75
    assert times_done() == 0


def test_two_jobs_of_one_name_are_refused(registered: None, job: Any) -> None:
    with (
        hooks.register_temporarily(HOOK, lambda: [job()]),
        pytest.raises(ValueError, match="named sweep"),
    ):
        output_of("--list")
