"""A letter on its way: written, and told to those whom it is for."""

from typing import Any

from django.urls import reverse

from credentials.message_templates.placeholders import as_text
from workflows.letters.decision_letter import compose
from workflows.models import Decision
from workflows.notices.outbox import Message, tell


def send_letter(decision: Decision, addressees: set[Any], copies: set[Any]) -> None:
    """Send the letter at once; the unit that takes part has a copy, when it wants to be told."""
    letter = compose(decision, addressees | copies)
    facts = {
        "subject": letter.subject,
        "reference": letter.reference,
        "letter": as_text(letter.sections),
    }
    link = reverse("governance:letter", args=[letter.pk])
    key = f"decision:{decision.pk}"
    tell(addressees, Message(key, "letter", facts, link, is_urgent=True))
    tell(copies - addressees, Message(key, "letter", facts, link))
