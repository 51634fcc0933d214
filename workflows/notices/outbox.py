"""Messages are written with what they tell of, and sent once it is through.

A row of the outbox is unique to its recipient and key, so nothing is sent twice, however often a
job runs or a signal is sent.
"""

import datetime
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.utils import get_admin_base_url

from credentials.conf import conf
from credentials.people.actors import language_of
from workflows.choices import Delivery
from workflows.models import Notification, NotificationPreference

_log = logging.getLogger(__name__)
EVERY = {Delivery.DAILY: datetime.timedelta(days=1), Delivery.WEEKLY: datetime.timedelta(days=7)}


@dataclass(frozen=True)
class Message:
    """What is said, in the recipient's language: `template` names two files in workflows/mail.

    `key` such as “decision:12” tells it from others; `link` is an address in the admin.
    """

    key: str
    template: str
    context: dict[str, Any]
    link: str = ""
    is_urgent: bool = False


def tell(recipients: Iterable[Any], message: Message) -> int:
    """Write a message to each person once, within the transaction; returns how many are new."""
    new = [row for row in map(partial(_write, message), set(recipients)) if row is not None]
    for row in new:
        if row.is_urgent or delivery_of(row.recipient) == Delivery.AT_ONCE:
            transaction.on_commit(partial(deliver, row.pk), robust=True)
    return len(new)


def delivery_of(person: Any) -> str:
    """How a person wants to be told."""
    preference = NotificationPreference.objects.filter(person=person).first()
    return str(preference.delivery) if preference else Delivery.AT_ONCE


def deliver(key: int) -> bool:
    """Send one message unless somebody else has; whether it was sent.

    It is claimed before it is sent: a process that dies between the two loses a message, and no
    one is ever sent two. A mail server that fails gives it back to the next run; the log names no
    address and no text.
    """
    row = Notification.objects.select_related("recipient").filter(pk=key).first()
    if row is None or not _claim([row.pk]):
        return False
    body = f"{row.body}\n\n{_absolute(row.link)}".strip()
    return _send_claimed([row.pk], row.recipient, row.subject, body)


def send_unsent() -> int:
    """Send again what failed, for those who want it at once; returns how many were sent."""
    return sum(deliver(row.pk) for row in unsent())


def unsent() -> list[Notification]:
    """What should have gone out at once and did not."""
    rows = Notification.objects.filter(sent_at__isnull=True).select_related("recipient")
    return [row for row in rows if row.is_urgent or delivery_of(row.recipient) == Delivery.AT_ONCE]


def send_digests() -> int:
    """Send each person the digest that is due; returns how many were sent."""
    waiting = Notification.objects.filter(sent_at__isnull=True, is_urgent=False)
    people = {row.recipient for row in waiting.select_related("recipient")}
    return sum(_digest(person) for person in people)


def _digest(person: Any) -> bool:
    every = EVERY.get(Delivery(delivery_of(person)))
    if every is None:
        return False
    now = timezone.now()
    mine = Notification.objects.filter(recipient=person, is_urgent=False)
    last = mine.filter(sent_at__isnull=False).order_by("-sent_at").first()
    if last is not None and last.sent_at is not None and last.sent_at > now - every:
        return False
    rows = list(mine.filter(sent_at__isnull=True).order_by("made_at"))
    keys = [row.pk for row in rows]
    if not rows or not _claim(keys):
        return False
    lines = [f"{row.subject}\n{_absolute(row.link)}".strip() for row in rows]
    with override(language_of(person)):
        subject = _("%(site)s: what happened") % {"site": conf().INSTITUTION_NAME}
    return _send_claimed(keys, person, subject, "\n\n".join(lines))


def _claim(keys: list[int]) -> int:
    """Mark messages as sent, all or none; how many were free, 0 when another run has some."""
    with transaction.atomic():
        free = Notification.objects.filter(pk__in=keys, sent_at__isnull=True)
        claimed = free.update(sent_at=timezone.now())
        if claimed < len(keys):
            transaction.set_rollback(True)
            return 0
    return claimed


def _send_claimed(keys: list[int], person: Any, subject: str, body: str) -> bool:
    """Send what was claimed, or give it back."""
    try:
        send_mail(subject, body + "\n", None, [person.email])
    except Exception as error:
        Notification.objects.filter(pk__in=keys).update(sent_at=None)
        _log.error("%s notifications were not sent: %s.", len(keys), type(error).__name__)
        return False
    return True


def _write(message: Message, person: Any) -> Notification | None:
    if not person.is_active or not person.email:
        return None
    if not message.is_urgent and delivery_of(person) == Delivery.NONE:
        return None  # not kept either, so that a later change of mind brings no flood of old news
    with override(language_of(person)):
        context = {**message.context, "recipient": person, "institution": conf().INSTITUTION_NAME}
        base = f"workflows/mail/{message.template}"
        subject = " ".join(render_to_string(f"{base}_subject.txt", context).split())
        body = render_to_string(f"{base}.txt", context).strip()
    row, is_new = Notification.objects.get_or_create(
        recipient=person,
        key=message.key[:150],
        defaults={
            "subject": subject[:255],
            "body": body,
            "link": message.link[:255],
            "is_urgent": message.is_urgent,
        },
    )
    return row if is_new else None


def _absolute(link: str) -> str:
    return get_admin_base_url() + link if link else ""
