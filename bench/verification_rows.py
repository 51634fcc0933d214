"""The rows of the record's benchmark: published offerings, internal facts, all of it sealed."""

from collections import deque

from django.core.management import call_command
from django.db import connection
from wagtail.models import Page

from bench.history import in_bulk
from bench.loading import load
from credentials.models import Approval, Contribution, LogEntry, PublishedVersion
from credentials.record.log.batches import seal_all
from workflows.choices import Outcome
from workflows.models import Decision


def add(size: int, facts: int) -> str:
    """Add so many offerings and internal facts, and seal them; says how many there are now."""
    if "auth_user" not in connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    last = Approval.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    deque(load(Page.objects.get(slug="catalogue"), size), maxlen=0)
    approvals = Approval.objects.filter(pk__gt=last).order_by("pk").iterator(chunk_size=1000)
    in_bulk(Decision, (_decision(approval) for approval in approvals))
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


def _decision(approval: Approval) -> Decision:
    """What the approval rests on: an approval that nobody decided is a fault."""
    return Decision(
        offering_id=approval.offering_id,
        proposal_key=f"past-{approval.pk}",
        stage_key="past",
        stage="Committee",
        route=approval.route,
        office=approval.authority,
        instrument=approval.instrument,
        outcome=Outcome.APPROVED,
        content_hash=approval.content_hash,
        governed_hash=approval.governed_hash,
        document_hash=approval.document_hash,
        policy_version=approval.policy_version,
        decided_by_key=approval.decided_by_key,
        decided_by_name=approval.decided_by_name,
    )


def verify() -> None:
    """The command, as it is run each night. Exits with 1 when something is wrong."""
    call_command("verify_record")
