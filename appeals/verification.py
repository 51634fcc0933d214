"""What of appeals `manage.py verify_record` verifies; its sentences tell of no case but its key."""

import hashlib
from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, Model

from appeals.models import Case, CaseDocument, CaseEvent, PurgeCertificate
from appeals.retention.purge import TABLES
from credentials.models import Seal
from credentials.verification.checks import CHUNK, Check, Tick


def event_faults(tick: Tick) -> Iterator[str]:
    """What happened to each case, one step after another, without gaps."""
    before: CaseEvent | None = None
    for event in CaseEvent.objects.order_by("case", "number").iterator(chunk_size=CHUNK):
        if before is not None and before.case_id != event.case_id:
            before = None
        number, stage = (before.number, before.stage_after) if before else (0, "")
        if event.number != number + 1 or event.stage_before != stage:
            yield f"Event {event.pk} of an appeal does not follow from the one before it."
        if before is not None and event.at < before.at:
            yield f"Event {event.pk} of an appeal is earlier than the one before it."
        before = event
        tick()


def document_faults(tick: Tick) -> Iterator[str]:
    """Files of appeals against their hashes; each is read in pieces."""
    for document in CaseDocument.objects.order_by("pk").iterator(chunk_size=CHUNK):
        try:
            with document.file.storage.open(str(document.file.name)) as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            yield f"The file of document {document.pk} of an appeal is missing."
        else:
            if found != document.sha256:
                yield f"The file of document {document.pk} of an appeal has other bytes."
        tick()


def purge_faults(tick: Tick) -> Iterator[str]:
    """Whether more rows lost their salts than certificates say were purged (AP-2).

    Fewer is in order: what was purged before it was sealed had none.
    """
    certified: Counter[str] = Counter()
    certificates = PurgeCertificate.objects.order_by("pk")
    for rows in certificates.values_list("rows", flat=True).iterator(chunk_size=CHUNK):
        certified.update({str(name): int(count) for name, count in rows.items()})
        certified[str(Case._meta.model_name)] += 1
        tick()
    purged = Seal.objects.filter(salt=None).values_list("table").annotate(number=Count("pk"))
    forgotten = dict(purged.order_by("table"))
    tables: tuple[type[Model], ...] = (*TABLES, Case)
    for model in tables:
        lost = forgotten.get(model._meta.db_table, 0)
        if lost > certified[str(model._meta.model_name)]:
            yield (
                f"{lost} rows of {model._meta.db_table} lost their salts, and certificates of "
                f"purges account for {certified[str(model._meta.model_name)]}."
            )


def record_checks() -> list[Check]:
    """Registered under credentials' hook."""
    return [
        Check("events of appeals", CaseEvent.objects.count, event_faults),
        Check("documents of appeals", CaseDocument.objects.count, document_faults),
        Check("purged appeals", PurgeCertificate.objects.count, purge_faults),
    ]
