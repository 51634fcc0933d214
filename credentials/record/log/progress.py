"""How the log stands: how much is sealed, when last, and since when something waits."""

import datetime

from django.utils import timezone

from credentials.record.log.entries import Checkpoint, QueuedFact

LATE_AFTER = datetime.timedelta(minutes=10)


def sealed_count() -> int:
    """How many facts are sealed. One query."""
    newest = Checkpoint.objects.newest()
    return newest.size if newest else 0


def unsealed_since() -> datetime.datetime | None:
    """Since when the oldest fact waits to be sealed; None when all are. One query."""
    return QueuedFact.objects.order_by("pk").values_list("at", flat=True).first()


def is_late(now: datetime.datetime | None = None) -> bool:
    """Whether a fact has waited too long: sealing does not work. One query."""
    since = unsealed_since()
    return since is not None and since + LATE_AFTER < (now or timezone.now())


def checkpoint_now() -> str | None:
    """The newest checkpoint's note, to be printed in what is kept on paper; None without one."""
    newest = Checkpoint.objects.newest()
    return newest.note if newest else None
