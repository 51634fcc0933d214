"""`manage.py run_due_jobs`: the one command that a timer runs; it does whatever is due."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from credentials.jobs import Job, registered_jobs
from workflows.jobs.lease import AnotherPassIsUnderWay
from workflows.jobs.runs import due_at, run_due_jobs
from workflows.models import JobRun

TRY_LATER = 75  # what mail systems, too, mean by “temporary failure”


class Command(BaseCommand):
    """Safe to run as often as one likes: never beside itself, and what is done stays done once.

    Exit codes: 0 done, or another pass is under way; 1 a job failed; 75 with `--only`, another
    pass is under way, so what was asked for was not done.
    """

    help = "Do whatever is due. Run it every five minutes; it never runs beside itself."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--only",
            metavar="NAME",
            action="append",
            default=[],
            help="run this job now, due or not; may be given several times",
        )
        parser.add_argument("--list", action="store_true", help="list the jobs and run none")

    def handle(self, *args: Any, **options: Any) -> None:
        """List them, or run what is due and say what was done."""
        jobs = {job.name: job for job in registered_jobs()}
        if options["list"]:
            self._list(jobs.values())
            return
        if unknown := sorted(set(options["only"]) - jobs.keys()):
            raise CommandError(
                f"There is no job named {', '.join(unknown)}. The names are: {', '.join(jobs)}."
            )
        try:
            runs = run_due_jobs(options["only"])
        except AnotherPassIsUnderWay as error:
            sentence = "Another process runs the jobs at this moment; nothing was done here."
            if options["only"]:
                raise CommandError(f"{sentence} Try again.", returncode=TRY_LATER) from error
            self.stdout.write(sentence)
            return
        for run in runs if options["verbosity"] else ():
            self.stdout.write(f"{run.job}: {jobs[run.job].in_words(run.counts)}{run.error}")
        if failed := [run.job for run in runs if not run.is_well]:
            raise CommandError(
                f"Not everything was done: {', '.join(failed)}. It is tried again within the hour; "
                "the page “Scheduled jobs” in the admin says more.",
                returncode=1,
            )

    def _list(self, jobs: Any) -> None:
        last = JobRun.objects.all().latest_of_each()
        for job in jobs:
            self.stdout.write(f"{job.name}: {job.title}, {job.how_often}. {self._when(job, last)}")

    def _when(self, job: Job, last: dict[str, JobRun]) -> str:
        due = due_at(job, last.get(job.name))
        return f"Due from {due:%Y-%m-%d %H:%M %Z} on." if due else "Due now."
