"""A letter as plain data, which the web page and the accessible PDF show alike."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from appeals.models import Letter
from workflows.documents.pdf import render_pdf
from workflows.documents.shapes import Shape, day, document, fact, paragraphs


def letter_document(letter: Letter) -> Shape:
    """Facts and text of a letter, in the language in which it was written."""
    with override(letter.language):
        facts = [
            fact(_("Reference"), letter.reference),
            fact(_("Date"), day(letter.at)),
            fact(_("From"), letter.office),
            fact(_("To"), letter.recipient),
        ]
        text = [{"heading": "", "paragraphs": paragraphs(letter.body)}]
        return document(letter.subject, facts) | {"sections": text}


def letter_pdf(letter: Letter) -> bytes:
    """The letter by PDF/UA-1."""
    return render_pdf("letter", letter_document(letter))
