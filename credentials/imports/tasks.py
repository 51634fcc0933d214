"""Background work of imports."""

from django_tasks import task

from credentials.imports import runs


@task()
def write_import(run_id: int) -> None:
    """Write a confirmed import."""
    runs.write(run_id)
