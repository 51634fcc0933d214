"""What acts ask for, with the sentence that says what is missing."""

from django.utils.translation import gettext as _

from appeals.exceptions import CaseRefused


def required(text: str, what: str) -> str:
    """The text, stripped. Raises CaseRefused when there is none; `what` is its field's name."""
    if not text.strip():
        raise CaseRefused(
            _("%(what)s: write something; the record has to say it.") % {"what": what}
        )
    return text.strip()
