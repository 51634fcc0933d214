"""What letters say: which letters there are, and the placeholders that their texts may use."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LetterKind(TextChoices):
    """The letters of a case."""

    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement")
    INCOMPLETE = "incomplete", _("The appeal is incomplete")
    RESPONSE_REQUEST = "response_request", _("Request for a response")
    EXTENSION_GRANTED = "extension_granted", _("Extension granted")
    EXTENSION_REFUSED = "extension_refused", _("Extension refused")
    UPHELD = "upheld", _("Decision: upheld")
    DISMISSED = "dismissed", _("Decision: dismissed")
    VARIED = "varied", _("Decision: varied")
    REFERRED_BACK = "referred_back", _("Decision: referred back")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RESOLVED = "resolved", _("Resolved informally")
    CLOSED = "closed", _("Case closed")


# What stands for each placeholder, for those who write the texts.
PLACEHOLDERS = {
    "number": _("the case’s number"),
    "appellant": _("the appellant’s name"),
    "recipient": _("the name of whom the letter is for"),
    "offering": _("the title of the offering"),
    "decision": _("the decision under appeal"),
    "date": _("the day of the letter"),
    "office": _("the office that works the case"),
    "deadline": _("the last moment for what comes next"),
    "missing": _("what is missing, point by point"),
    "reasons": _("the reasons"),
    "remedy": _("what is to be done"),
    "decider": _("who decided"),
    "resolution": _("what was agreed"),
    "retain_until": _("until when the file is kept"),
}
COMMON = frozenset({"number", "appellant", "recipient", "offering", "decision", "date", "office"})
_DECISION = frozenset({"reasons", "remedy", "decider"})
OF_KIND: dict[str, frozenset[str]] = {
    LetterKind.ACKNOWLEDGEMENT: frozenset({"deadline"}),
    LetterKind.INCOMPLETE: frozenset({"missing", "deadline"}),
    LetterKind.RESPONSE_REQUEST: frozenset({"deadline"}),
    LetterKind.EXTENSION_GRANTED: frozenset({"reasons", "deadline", "decider"}),
    LetterKind.EXTENSION_REFUSED: frozenset({"reasons", "decider"}),
    LetterKind.UPHELD: _DECISION,
    LetterKind.DISMISSED: _DECISION,
    LetterKind.VARIED: _DECISION,
    LetterKind.REFERRED_BACK: _DECISION,
    LetterKind.WITHDRAWN: frozenset({"retain_until"}),
    LetterKind.RESOLVED: frozenset({"resolution", "retain_until"}),
    LetterKind.CLOSED: frozenset({"retain_until"}),
}
# Without these a letter would not say what it is for.
NEEDED: dict[str, frozenset[str]] = {
    LetterKind.ACKNOWLEDGEMENT: frozenset({"number"}),
    LetterKind.INCOMPLETE: frozenset({"missing", "deadline"}),
    LetterKind.RESPONSE_REQUEST: frozenset({"deadline"}),
    LetterKind.EXTENSION_GRANTED: frozenset({"deadline"}),
    LetterKind.EXTENSION_REFUSED: frozenset({"reasons"}),
    LetterKind.UPHELD: frozenset({"reasons"}),
    LetterKind.DISMISSED: frozenset({"reasons"}),
    LetterKind.VARIED: frozenset({"reasons"}),
    LetterKind.REFERRED_BACK: frozenset({"reasons"}),
}


def allowed(kind: str) -> frozenset[str]:
    """The placeholders that letters of a kind may use."""
    return COMMON | OF_KIND.get(kind, frozenset())
