"""The jobs of appeals: run by `manage.py run_due_jobs`. Their figures name nobody."""

import datetime

from django.utils.translation import gettext_lazy as _

from appeals.reminders import remind_of_deadlines
from appeals.retention.purge import drop_expired_drafts, purge_due
from credentials.jobs import FAILED, Counts, Job


def _remind(now: datetime.datetime) -> Counts:
    sent, failed = remind_of_deadlines(now)
    return {"sent": sent, FAILED: failed}


def _purge(now: datetime.datetime) -> Counts:
    purged, failed = purge_due(now)
    return {"purged": purged, "dropped": drop_expired_drafts(now), FAILED: failed}


def scheduled_jobs() -> list[Job]:
    """What appeals need done."""
    return [
        Job(
            name="appeal-reminders",
            title=_("Reminds of appeals near their limit or overdue (AP-2)"),
            run=_remind,
            counts={"sent": _("reminders sent")},
            at=datetime.time(6),
        ),
        Job(
            name="appeal-purge",
            title=_("Purges appeals whose time to be kept is over, and drafts never filed (AP-2)"),
            run=_purge,
            counts={"purged": _("appeals purged"), "dropped": _("drafts deleted")},
            at=datetime.time(3),
        ),
    ]
