"""Reminders of agreements that lapse, and of signatures that are missing (MC-6)."""

import datetime
import logging
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from credentials.agreements.access import account_of
from credentials.agreements.invitations import issue, until
from credentials.agreements.mail import admin_link, facts_for, facts_of, private_link
from credentials.agreements.reminder_log import remind_once
from credentials.agreements.status import Standing, standings_of
from credentials.conf import conf
from credentials.message_mail import send
from credentials.models import Agreement, AgreementParty

DAYS_BEFORE = (7, 30, 90)
LAPSED = "lapsed"
UNSIGNED = "unsigned"
UNSIGNED_AFTER = datetime.timedelta(days=7)
BATCH = 200
logger = logging.getLogger(__name__)


class Sent(NamedTuple):
    """How many messages went out, and how many could not."""

    sent: int
    failed: int


def send_agreement_reminders() -> Sent:
    """Send what is due today and was not sent before. A message that fails is tried next time."""
    sent = failed = 0
    for reminder in _due():
        try:
            sent += remind_once(*reminder)
        except Exception as error:
            # Without its text, in which mail servers name addresses.
            logger.error("A reminder was not sent: %s", type(error).__name__)
            failed += 1
    return Sent(sent, failed)


def _due() -> Iterator[tuple[str, str, partial[None]]]:
    current = Agreement.objects.current().filter(state=Agreement.State.OPEN)
    rows = current.select_related("offering").order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        for standing in standings_of(batch):
            yield from _of_lapse(standing)
            yield from _of_signatures(standing)


def occasion_on(ends_on: datetime.date, day: datetime.date) -> str:
    """The reminder that is due on a day: the latest only, when several went by unsent."""
    left = (ends_on - day).days
    if left < 0:
        return LAPSED
    return next((f"{days} days" for days in DAYS_BEFORE if left <= days), "")


def _of_lapse(standing: Standing) -> Iterator[tuple[str, str, partial[None]]]:
    agreement = standing.agreement
    today = timezone.localdate()
    occasion = occasion_on(agreement.ends_on, today) if agreement.ends_on else ""
    if not occasion or agreement.ends_on is None:
        return
    ending = "agreement_ended" if occasion == LAPSED else "agreement_ends"
    left = (agreement.ends_on - today).days
    facts = facts_of(agreement) | {"day": agreement.ends_on, "when": partial(_when, left)}
    own = facts | {"link": admin_link(agreement)}
    office = partial(send, conf().CONTACT_EMAIL, ending, own)
    yield f"agreement:{agreement.pk}:office", occasion, office
    for item in standing.parties:
        address = item.party.signatory_email
        if account_of(address):
            letter = partial(send, address, ending, own)
        else:
            letter = partial(send, address, f"{ending}_outside", facts)
        yield _subject(item.party), occasion, letter


def _when(days: int) -> str:
    """Such as “in 7 days”."""
    if days == 0:
        return _("today")
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}


def _of_signatures(standing: Standing) -> Iterator[tuple[str, str, partial[None]]]:
    opened_at = standing.agreement.opened_at
    waits_long = opened_at is not None and opened_at <= timezone.now() - UNSIGNED_AFTER
    if waits_long and not standing.has_lapsed:
        for party in standing.unsigned:
            yield _subject(party), UNSIGNED, partial(_ask_again, standing.agreement, party)


def _ask_again(agreement: Agreement, party: AgreementParty) -> None:
    """Ask for a signature; without an account, by a fresh link, as the old one may have expired."""
    address = party.signatory_email
    if account_of(address):
        facts = facts_for(agreement, party, admin_link(agreement))
        send(address, "agreement_sign_here_again", facts)
        return
    invitation, token = issue(party)
    facts = facts_for(agreement, party, private_link(token)) | until(invitation)
    send(address, "agreement_invitation_again", facts)


def _subject(party: AgreementParty) -> str:
    return f"agreement:{party.agreement_id}:{party.pk}"
