"""A decision letter as a document, in the words in which it was sent."""

from django.utils.translation import gettext as _

from workflows.documents.shapes import Shape, day, document, fact, paragraphs
from workflows.models import DecisionLetter


def letter_document(letter: DecisionLetter) -> Shape:
    """Facts and sections of a letter."""
    facts = [
        fact(_("Reference"), letter.reference),
        fact(_("Date"), day(letter.made_at)),
        fact(_("From"), letter.decision.office),
        fact(_("To"), ", ".join(map(str, letter.addressees)) or "—"),
    ]
    sections = [
        {"heading": item["heading"], "paragraphs": paragraphs(item["text"])}
        for item in letter.sections
    ]
    return document(letter.subject, facts) | {"sections": sections}
