"""The jobs of this app: run by `manage.py run_due_jobs`."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from credentials.jobs import FAILED, HOUR, MINUTE, Counts, Job
from workflows.committee.results import close_due_motions
from workflows.jobs.retention import prune_log
from workflows.notices.outbox import send_digests, send_unsent, unsent
from workflows.proposals.gates import release_all_gates, release_decided
from workflows.reviews.due_reviews import open_due_reviews
from workflows.reviews.early_reviews import open_triggered_reviews
from workflows.reviews.reminders import send_review_reminders


def _close_votes(now: datetime.datetime) -> Counts:
    return {"closed": close_due_motions()}


def _pass_gates(now: datetime.datetime) -> Counts:
    return {"passed": release_all_gates() + release_decided()}


def _send_messages(now: datetime.datetime) -> Counts:
    return {"sent": send_unsent(), FAILED: len(unsent())}


def _send_digests(now: datetime.datetime) -> Counts:
    return {"sent": send_digests()}


def _open_reviews(now: datetime.datetime) -> Counts:
    day = timezone.localdate(now)
    return {"opened": open_due_reviews(day), "called": open_triggered_reviews(day)}


def _remind_of_reviews(now: datetime.datetime) -> Counts:
    return {"reminded": send_review_reminders(timezone.localdate(now))}


def scheduled_jobs() -> list[Job]:
    """What governance needs done."""
    return [
        Job(
            name="close-votes",
            title=_("Closes electronic votes whose time has run out"),
            run=_close_votes,
            counts={"closed": _("votes closed")},
            every=5 * MINUTE,
        ),
        Job(
            name="pass-gates",
            title=_("Lets proposals pass gates whose clauses are met"),
            run=_pass_gates,
            counts={"passed": _("gates passed")},
            every=15 * MINUTE,
        ),
        Job(
            name="open-reviews",
            title=_("Opens reviews ahead of their due date, and those that something calls for"),
            run=_open_reviews,
            counts={"opened": _("reviews opened"), "called": _("reviews called for")},
            every=HOUR,
        ),
        Job(
            name="remind-of-reviews",
            title=_("Reminds of reviews at six, three and one months, and when overdue"),
            run=_remind_of_reviews,
            counts={"reminded": _("reviews reminded of")},
            every=HOUR,
        ),
    ]


def messages_and_upkeep() -> list[Job]:
    """What comes last: to tell of what the other jobs did, and to tidy up."""
    return [
        Job(
            name="messages",
            title=_("Sends messages that could not be sent before"),
            run=_send_messages,
            counts={"sent": _("messages sent")},
            every=5 * MINUTE,
        ),
        Job(
            name="digests",
            title=_("Sends the digests that are due"),
            run=_send_digests,
            counts={"sent": _("digests sent")},
            every=15 * MINUTE,
        ),
        Job(
            name="prune-job-log",
            title=_("Forgets old runs of jobs"),
            run=prune_log,
            counts={"pruned": _("runs forgotten")},
            at=datetime.time(3),
        ),
    ]
