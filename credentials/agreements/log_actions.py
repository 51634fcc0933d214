"""What Wagtail's log keeps of an agreement. Entries name parties, no persons and no addresses."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter, log

from credentials.models import Agreement, AgreementParty
from credentials.people.actors import Person

OPENED = "credentials.agreement.open"
CANCELLED = "credentials.agreement.cancel"
RENEWED = "credentials.agreement.new_version"
INVITED = "credentials.agreement.invite"
CODE_SENT = "credentials.agreement.code"
SIGNED = "credentials.agreement.sign"

_WITHOUT_PARTY = {
    OPENED: (_("Open the agreement"), _("Opened for signature")),
    CANCELLED: (_("Cancel the agreement"), _("Cancelled")),
    RENEWED: (_("Begin a new version of the agreement"), _("Begun as a new version")),
}
_WITH_PARTY = {
    INVITED: (_("Invite to sign the agreement"), _("Invitation sent to %(party)s")),
    CODE_SENT: (_("Send a code for the agreement"), _("One-time code sent to %(party)s")),
    SIGNED: (_("Sign the agreement"), _("Signed by %(party)s")),
}


def register_log_actions(actions: Any) -> None:
    """Tell Wagtail's log what we do."""
    for action, (label, message) in _WITHOUT_PARTY.items():
        actions.register_action(action, label, message)
    for action, (label, message) in _WITH_PARTY.items():
        actions.register_action(action)(_with_party(label, message))


def _with_party(action_label: Any, sentence: Any) -> type[LogFormatter]:
    class PartyFormatter(LogFormatter):
        """Names the party."""

        label = action_label

        def format_message(self, log_entry: Any) -> str:
            return str(sentence) % {"party": log_entry.data.get("party", "")}

    return PartyFormatter


def record(agreement: Agreement, action: str, user: Person | None, **data: Any) -> None:
    """Write an entry; a person without an account is none."""
    person = user if user is not None and user.is_authenticated else None
    log(instance=agreement, action=action, user=person, data=data)


def record_of_party(party: AgreementParty, action: str, user: Person | None) -> None:
    """Write an entry about a party of an agreement."""
    record(party.agreement, action, user, party=party.name, party_id=party.pk)
