"""The jobs of this app: run by `manage.py run_due_jobs`."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.agreements.reminders import send_agreement_reminders
from credentials.compliance.policy_review import remind_of_review
from credentials.compliance.standings import refresh_all
from credentials.jobs import FAILED, MINUTE, Counts, Job
from credentials.osap.clock import lapse_osap
from credentials.private_links.request_limits import forget_old_counts
from credentials.published.going_live import publish_scheduled
from credentials.record.log.batches import seal_all


def _check(now: datetime.datetime) -> Counts:
    return {"checked": refresh_all()}


def _remind_of_agreements(now: datetime.datetime) -> Counts:
    sent, failed = send_agreement_reminders()
    return {"sent": sent, FAILED: failed}


def _remind_of_policy(now: datetime.datetime) -> Counts:
    sent, failed = remind_of_review(timezone.localdate(now))
    return {"sent": sent, FAILED: failed}


def _follow_the_year(now: datetime.datetime) -> Counts:
    done = lapse_osap(timezone.localdate(now))
    return {
        "opened": done.opened,
        "lapsed": done.lapsed,
        "told": done.told,
        FAILED: done.failed,
    }


def _forget(now: datetime.datetime) -> Counts:
    return {"forgotten": forget_old_counts(now)}


def _seal(now: datetime.datetime) -> Counts:
    return {"sealed": seal_all()}


def scheduled_jobs() -> list[Job]:
    """What the ground floor needs done."""
    return [
        Job(
            name="publish-scheduled",
            title=_("Publishes approved content whose day has come, and ends what has expired"),
            run=publish_scheduled,
            counts={"published": _("published"), "expired": _("expired")},
            every=5 * MINUTE,
        ),
        Job(
            name="seal-record",
            title=_("Seals in the transparency log what is new in the record"),
            run=_seal,
            counts={"sealed": _("facts sealed")},
            every=5 * MINUTE,
        ),
        Job(
            name="check-compliance",
            title=_("Judges every offering anew against the policy in force"),
            run=_check,
            counts={"checked": _("offerings checked")},
            at=datetime.time(2),
        ),
        Job(
            name="agreement-reminders",
            title=_("Reminds of agreements that lapse or wait for signatures (MC-6)"),
            run=_remind_of_agreements,
            counts={"sent": _("reminders sent")},
            at=datetime.time(6),
        ),
        Job(
            name="policy-review",
            title=_("Reminds the owner that the policy is due for review (PO-1)"),
            run=_remind_of_policy,
            counts={"sent": _("reminders sent")},
            at=datetime.time(6),
        ),
        Job(
            name="osap-year",
            title=_("Lapses OSAP records at the end of their year, and says so publicly (MC-5)"),
            run=_follow_the_year,
            counts={
                "opened": _("records opened"),
                "lapsed": _("records lapsed"),
                "told": _("offerings whose page says it"),
            },
            at=datetime.time(0, 10),
        ),
        Job(
            name="forget-requests",
            title=_("Forgets how often links and codes were asked for, once no limit needs it"),
            run=_forget,
            counts={"forgotten": _("counts deleted")},
            at=datetime.time(3),
        ),
    ]
