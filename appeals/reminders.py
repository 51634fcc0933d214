"""Reminders of deadlines: once each, with the number and a link only (AP-2, law 6)."""

import datetime
import logging
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from appeals.access.door import has_conflict
from appeals.cards import Card, cards
from appeals.choices import Stage
from appeals.models import Case
from appeals.notices.mail import TEMPLATES, address_of_case, deciders_of, office_of
from credentials.agreements.reminder_log import remind_once
from credentials.mail import send

logger = logging.getLogger(__name__)
FOR_DECIDER = (Stage.DECISION, Stage.LATE)


def remind_of_deadlines(now: datetime.datetime | None = None) -> tuple[int, int]:
    """Remind whoever a near or overdue case waits for; messages sent, and failures."""
    sent = failed = 0
    for card in cards(Case.objects.all(), now or timezone.now()):
        occasion = "overdue" if card.is_overdue else "near" if card.is_near else ""
        if not occasion:
            continue
        due = card.due.date().isoformat()
        for person in _waits_for(card):
            subject = f"appeal:{card.case.pk}:{person.pk}"
            try:
                sent += remind_once(subject, f"{occasion} {due}", _Reminder(person, card.case))
            except Exception as error:
                logger.error("A reminder was not sent: %s", type(error).__name__)
                failed += 1
    return sent, failed


class _Reminder:
    """Sends one message to one person when it is called."""

    def __init__(self, person: Any, case: Case) -> None:
        self.person, self.case = person, case

    def __call__(self) -> None:
        context = {"number": self.case.number, "link": address_of_case(self.case)}
        send(self.person.email, f"{TEMPLATES}/reminder", context)


def _waits_for(card: Card) -> list[Any]:
    """The deciders of what waits for a decision; else who works it, or all of the office."""
    case = card.case
    people: list[Any]
    if card.stage in FOR_DECIDER:
        people = deciders_of(case)
    elif key := getattr(case, "assignee_key", ""):
        people = list(get_user_model().objects.filter(pk=key, is_active=True))
    else:
        people = office_of()
    return [person for person in people if person.email and not has_conflict(person, case)]
