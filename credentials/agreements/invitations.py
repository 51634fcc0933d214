"""Invitations: private links for signatories without an account, and signing by them (MC-6)."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from credentials.agreements.access import may_edit
from credentials.agreements.locks import hold
from credentials.agreements.log_actions import CODE_SENT, INVITED, record_of_party
from credentials.agreements.mail import private_link, send_on_commit
from credentials.agreements.refusals import AgreementRefused
from credentials.agreements.signatures import Method, Signatory, sign
from credentials.agreements.status import standing_of
from credentials.models import AgreementParty, AgreementSignature, SigningInvitation
from credentials.people.actors import Person, plain_name
from credentials.private_links import links, one_time_codes

VALID_FOR = datetime.timedelta(days=14)


def invite(party: AgreementParty, user: Person) -> SigningInvitation:
    """Send a party's signatory a private link; earlier links of the party stop working.

    Raises AgreementRefused when the person may not, or when there is nothing to sign.
    """
    if not may_edit(user, party.agreement.offering):
        raise AgreementRefused(
            _("Only people who may edit the offering send invitations to sign its agreement.")
        )
    with transaction.atomic():
        invitation, token = issue(party)
        record_of_party(party, INVITED, user)
        context = {"agreement": party.agreement, "party": party, "link": private_link(token)}
        send_on_commit(party.signatory_email, "invitation", context | until(invitation))
    return invitation


def issue(party: AgreementParty) -> tuple[SigningInvitation, str]:
    """A new invitation and its token, which is kept nowhere. Raises AgreementRefused."""
    with transaction.atomic():
        standing = standing_of(hold(party.agreement_id))
        if not standing.can_be_signed:
            raise AgreementRefused(
                _("The agreement is not open for signature. Open it first, or make a new version.")
            )
        if party not in standing.unsigned:
            raise AgreementRefused(_("%(party)s has signed already.") % {"party": party.name})
        invitation = SigningInvitation(party=party, expires_at=timezone.now() + VALID_FOR)
        token = links.issue(invitation)
    return invitation, token


def until(invitation: SigningInvitation) -> dict[str, Any]:
    """What a message says of an invitation's end."""
    return {"expires_on": timezone.localdate(invitation.expires_at)}


def revoke_invitations(**lookup: Any) -> None:
    """End the invitations that match and are still open."""
    SigningInvitation.objects.filter(used_at__isnull=True, **lookup).end()


def find(token: str) -> SigningInvitation | None:
    """The invitation of a link, used or not; None for a wrong, expired or pointless one."""
    alive = SigningInvitation.objects.of(token).alive()
    invitation: SigningInvitation | None = alive.select_related(
        "party__agreement__offering"
    ).first()
    if invitation is None or invitation.used_at:
        return invitation
    return invitation if standing_of(invitation.party.agreement).can_be_signed else None


def send_code(invitation: SigningInvitation) -> None:
    """Send the signatory a code, and say so in the log. Raises CodeRefused."""
    with transaction.atomic():
        one_time_codes.send_code(invitation)
        record_of_party(invitation.party, CODE_SENT, None)


def sign_by_link(
    invitation: SigningInvitation, full_name: str, shown_hash: str
) -> AgreementSignature:
    """Sign for the invited party. Whoever calls has seen the code accepted.

    Raises AgreementRefused when the name is another's or the link is used, and as `sign` does.
    """
    with transaction.atomic():
        hold(invitation.party.agreement_id)
        locked = _lock(invitation)
        if locked.used_at:
            raise AgreementRefused(
                _("%(party)s has signed already.") % {"party": locked.party.name}
            )
        expected = locked.party.signatory_name
        if plain_name(full_name) != plain_name(expected):
            raise AgreementRefused(
                _("Type the name as the agreement has it: %(name)s.") % {"name": expected}
            )
        signatory = Signatory(" ".join(full_name.split()))
        signature = sign(locked.party, signatory, Method.LINK, shown_hash)
        locked.used_at = timezone.now()
        locked.save(update_fields=["used_at"])
    return signature


def _lock(invitation: SigningInvitation) -> SigningInvitation:
    """The row, held until the transaction ends. Raises AgreementRefused once it is revoked."""
    links_alive = SigningInvitation.objects.select_for_update(of=("self",)).alive()
    locked: SigningInvitation | None = links_alive.filter(pk=invitation.pk).first()
    if locked is None:
        raise AgreementRefused(_("This link no longer works. Ask for a new one."))
    return locked
