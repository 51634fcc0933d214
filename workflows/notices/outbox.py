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
from django.utils import timezone
from django.utils.translation import override
from wagtail.admin.utils import get_admin_base_url

from credentials.message_templates.occasions import Facts
from credentials.models import MessageTemplate
from credentials.models.message_templates import made_from
from credentials.people.actors import language_of
from workflows.choices import Delivery
from workflows.models import Notification, NotificationPreference

_log = logging.getLogger(__name__)
EVERY = {Delivery.DAILY: datetime.timedelta(days=1), Delivery.WEEKLY: datetime.timedelta(days=7)}


@dataclass(frozen=True)
class Message:
    """What is told, from the text in force for its `occasion`, in the recipient's language.

    `key` such as “decision:12” tells it from others; `link` is an address in the admin.
    """

    key: str
    occasion: str
    facts: Facts
    link: str = ""
    is_urgent: bool = False


def tell(recipients: Iterable[Any], message: Message) -> int:
    """Write a message to each person once, within the transaction; returns how many are new."""
    people = [person for person in set(recipients) if _is_told(person, message)]
    if not people:
        return 0
    template = MessageTemplate.objects.text_in_force(message.occasion)
    rows = [_write(message, template, person) for person in people]
    new = [row for row in rows if row is not None]
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
    facts = {"messages": "\n\n".join(lines)}
    template = MessageTemplate.objects.text_in_force("digest")
    with override(language_of(person)):
        subject, body = template.subject_with(facts), template.text_with(facts)
    return _send_claimed(keys, person, subject, body)


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


def _is_told(person: Any, message: Message) -> bool:
    if not person.is_active or not person.email:
        return False
    # Not kept either, so that a later change of mind brings no flood of old news.
    return message.is_urgent or delivery_of(person) != Delivery.NONE


def _write(message: Message, template: MessageTemplate, person: Any) -> Notification | None:
    with override(language_of(person)):
        subject, body = template.subject_with(message.facts), template.text_with(message.facts)
    row, is_new = Notification.objects.get_or_create(
        recipient=person,
        key=message.key[:150],
        defaults={
            "subject": subject[:255],
            "body": body,
            "link": message.link[:255],
            "is_urgent": message.is_urgent,
            **made_from(template),
        },
    )
    return row if is_new else None


def _absolute(link: str) -> str:
    return get_admin_base_url() + link if link else ""
