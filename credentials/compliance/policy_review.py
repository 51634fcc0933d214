"""The policy's own review: when it is due, who is told, and that each is told once (PO-1)."""

import datetime
import logging
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from credentials.agreements.reminder_log import OVERDUE, latest_occasion, remind_once
from credentials.message_mail import send
from credentials.models.policies import PolicyVersion

PERMISSION = "credentials.own_policy"
BACKEND = "django.contrib.auth.backends.ModelBackend"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ReviewNotice:
    """That the review is near or overdue, in a sentence with its remedy.

    `occasion` names the last reminder that fell due: "6 months", "3 months", "1 month", "overdue".
    """

    version: PolicyVersion
    occasion: str

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed."""
        return self.occasion == OVERDUE

    @property
    def sentence(self) -> str:
        """For the pages."""
        facts = {
            "label": self.version.label,
            "date": date_format(self.version.review_due_on, "DATE_FORMAT"),
        }
        if self.is_overdue:
            return (
                _(
                    "The policy %(label)s was due for review on %(date)s and is overdue. Draft its "
                    "next version, and adopt it once it is approved. PO-1"
                )
                % facts
            )
        return (
            _(
                "The policy %(label)s is due for review on %(date)s. Draft its next version in "
                "time, and adopt it once it is approved. PO-1"
            )
            % facts
        )


def review_notice(on: datetime.date | None = None) -> ReviewNotice | None:
    """What to say about the review on a day, today by default; None while it is far.

    A version that is adopted already and takes force later has ended the review of this one.
    """
    day = on or timezone.localdate()
    version = PolicyVersion.objects.in_force(day).first()
    if version is None:
        return None
    if PolicyVersion.objects.adopted().filter(adoption__in_force_from__gt=day).exists():
        return None
    occasion = latest_occasion(version.review_due_on, day)
    return ReviewNotice(version, occasion) if occasion else None


def remind_of_review(on: datetime.date | None = None) -> tuple[int, int]:
    """Mail what has fallen due to the owner, each occasion once; how many were sent, and failed.

    After a pause of the job only the latest occasion is sent, not those it overtook.
    """
    sent = failed = 0
    notice = review_notice(on)
    if notice is None:
        return sent, failed
    for key, address in recipients_of(notice.version).items():
        subject = f"policy:{notice.version.pk}:{key}"
        try:
            sent += remind_once(subject, notice.occasion, partial(_send, notice, address))
        except OSError as error:  # what mail servers' refusals are, too
            failed += 1
            _log.error("Reminder %s was not sent: %s.", subject, type(error).__name__)
    return sent, failed


def recipients_of(version: PolicyVersion) -> dict[str, str]:
    """Addresses of the owner's office and of everyone who may write the policy, each once.

    Keys name no person: "office", or the account's number.
    """
    owners = get_user_model()._default_manager.with_perm(
        PERMISSION, is_active=True, include_superusers=False, backend=BACKEND
    )
    found = {"office": version.owner_email}
    found |= {f"user-{pk}": email for pk, email in owners.order_by("pk").values_list("pk", "email")}
    by_address: dict[str, str] = {}
    for key, address in found.items():
        by_address.setdefault(address.lower(), key)
    return {key: found[key] for address, key in by_address.items() if address}


def _send(notice: ReviewNotice, recipient: str) -> None:
    facts = {
        "policy_version": notice.version.label,
        "due": notice.version.review_due_on,
        "link": f"{settings.WAGTAILADMIN_BASE_URL}{reverse('policy:index')}",
    }
    occasion = "policy_review_overdue" if notice.is_overdue else "policy_review_due"
    with translation.override(settings.LANGUAGE_CODE):
        send(recipient, occasion, facts)
