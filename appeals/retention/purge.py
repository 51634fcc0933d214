"""Purging: cases whose time is over go with all that belongs to them; the figures stay (AP-2).

The database decides whether the time is over: its triggers refuse to delete a row before.
"""

import datetime
import logging

from django.db import DatabaseError, transaction
from django.db.models import Max, Model
from django.utils import timezone

from appeals.choices import Act
from appeals.models import (
    Case,
    CaseAccess,
    CaseDocument,
    CaseEvent,
    Delegation,
    FilingDraft,
    FirstInstanceDecider,
    Letter,
    PrivateLink,
    PurgeCertificate,
    Retention,
)

logger = logging.getLogger(__name__)
# In an order in which nothing points to what is gone.
TABLES: tuple[type[Model], ...] = (
    CaseEvent,
    Delegation,
    CaseDocument,
    Letter,
    CaseAccess,
    FirstInstanceDecider,
)


def purge_due(now: datetime.datetime | None = None) -> tuple[int, int]:
    """Purge every case whose time is over; how many were, and how many could not be.

    Each in a transaction of its own, so that what fails holds up nothing else.
    """
    today = (now or timezone.now()).astimezone(datetime.UTC).date()
    due = (
        Retention.objects.values("case")
        .annotate(until=Max("retain_until"))
        .filter(until__lt=today)
        .values_list("case", flat=True)
    )
    done = failed = 0
    for case in Case.objects.filter(pk__in=list(due)).select_related("procedure"):
        try:
            purge(case)
        except (DatabaseError, OSError) as error:
            logger.error("An appeal was not purged: %s", type(error).__name__)
            failed += 1
        else:
            done += 1
    return done, failed


def purge(case: Case) -> PurgeCertificate:
    """Delete a case with its files, and certify what was deleted.

    Raises DatabaseError when its time is not over. Files go first: should anything fail after
    that, the next run finds the rows and ends what was begun.
    """
    with transaction.atomic():
        locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        retention = locked.retentions.order_by("retain_until").last()
        if retention is None:
            raise DatabaseError("no retention date")
        closed = locked.events.get(act=Act.CLOSED)
        files = [document.file for document in locked.documents.all()]
        rows = {"privatelink": PrivateLink.objects.filter(case=locked).delete()[0]}
        for model in TABLES:
            found = model._default_manager.filter(case=locked)
            rows[model._meta.model_name or ""] = found.purge()  # type: ignore[attr-defined]
        number = locked.number
        certificate = PurgeCertificate.objects.create(
            number=number,
            procedure=case.procedure.label,
            closed_on=timezone.localdate(closed.at),
            retained_until=retention.retain_until,
            rule=retention.rule,
            rows=rows,
            files=len(files),
        )
        # The retention goes last: with it goes the leave to delete.
        Case.objects.filter(pk=locked.pk).purge()
        Retention.objects.filter(case=locked.pk).purge()
        for file in files:
            file.storage.delete(str(file.name))
    return certificate


def drop_expired_drafts(now: datetime.datetime | None = None) -> int:
    """Delete appeals that were never filed and whose time to be written is over, with files."""
    count = 0
    for draft in FilingDraft.objects.filter(expires_at__lte=now or timezone.now()):
        files = [upload.file for upload in draft.uploads.all()]
        draft.delete()
        for file in files:
            file.storage.delete(str(file.name))
        count += 1
    return count
