"""The rows of the record's benchmark: published offerings, internal facts, all of it sealed."""

from collections import deque

from django.core.management import call_command
from django.db import connection
from wagtail.models import Page

from bench.history import in_bulk
from bench.loading import load
from credentials.models import Contribution, LogEntry, PublishedVersion
from credentials.record.log.batches import seal_all


def add(size: int, facts: int) -> str:
    """Add so many offerings and internal facts, and seal them; says how many there are now."""
    if "auth_user" not in connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    deque(load(Page.objects.get(slug="catalogue"), size), maxlen=0)
    first = Contribution.objects.count()
    in_bulk(
        Contribution,
        (
            Contribution(offering_id=1, since=number, user_key="0", user_name="Benchmark")
            for number in range(first, first + facts)
        ),
    )
    seal_all()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    versions, internal = PublishedVersion.objects.count(), Contribution.objects.count()
    return f"{versions:,} offerings, {internal:,} facts, {LogEntry.objects.count():,} entries"


def verify() -> None:
    """The command, as it is run each night. Exits with 1 when something is wrong."""
    call_command("verify_record")
