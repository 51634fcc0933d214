"""Private links and one-time codes for signatories without an account (MC-6).

Only hashes of links and codes are kept. Every check happens on a locked row, so that attempts
made at the same moment all count.
"""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from credentials.agreements.access import may_edit
from credentials.agreements.locks import hold
from credentials.agreements.log_actions import CODE_SENT, INVITED, record_of_party
from credentials.agreements.mail import facts_for, private_link
from credentials.agreements.refusals import AgreementRefused
from credentials.agreements.signatures import Method, Signatory, sign
from credentials.agreements.status import standing_of
from credentials.message_mail import send_on_commit
from credentials.models import AgreementParty, AgreementSignature, SigningInvitation
from credentials.people.actors import Person, plain_name
from credentials.private_links import codes
from credentials.private_links.tokens import hash_of, new_token

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
        facts = facts_for(party.agreement, party, private_link(token)) | until(invitation)
        send_on_commit(party.signatory_email, "agreement_invitation", facts)
    return invitation


def issue(party: AgreementParty) -> tuple[SigningInvitation, str]:
    """A new invitation and its token, which is kept nowhere. Raises AgreementRefused."""
    token = new_token()
    with transaction.atomic():
        standing = standing_of(hold(party.agreement_id))
        if not standing.can_be_signed:
            raise AgreementRefused(
                _("The agreement is not open for signature. Open it first, or make a new version.")
            )
        if party not in standing.unsigned:
            raise AgreementRefused(_("%(party)s has signed already.") % {"party": party.name})
        revoke_invitations(party=party)
        invitation = SigningInvitation.objects.create(
            party=party, token_hash=hash_of(token), expires_at=timezone.now() + VALID_FOR
        )
    return invitation, token


def until(invitation: SigningInvitation) -> dict[str, Any]:
    """What a message says of an invitation's end."""
    return {"until": timezone.localdate(invitation.expires_at)}


def revoke_invitations(**lookup: Any) -> None:
    """End the invitations that match and are still open."""
    now = timezone.now()
    SigningInvitation.objects.filter(used_at__isnull=True, expires_at__gt=now, **lookup).update(
        expires_at=now
    )


def find(token: str) -> SigningInvitation | None:
    """The invitation of a link, used or not; None for a wrong, expired or pointless one."""
    invitation = (
        SigningInvitation.objects.select_related("party__agreement__offering")
        .filter(token_hash=hash_of(token), expires_at__gt=timezone.now())
        .first()
    )
    if invitation is None or invitation.used_at:
        return invitation
    return invitation if standing_of(invitation.party.agreement).can_be_signed else None


def has_code(invitation: SigningInvitation) -> bool:
    """Whether a code was sent that can still be entered."""
    expires_at = invitation.code_expires_at
    if not invitation.code_hash or expires_at is None or expires_at <= timezone.now():
        return False
    return invitation.attempts < codes.ATTEMPTS


def send_code(invitation: SigningInvitation) -> None:
    """Send the signatory a new code, which replaces the last one.

    Raises AgreementRefused after five within an hour.
    """
    with transaction.atomic():
        locked = _lock(invitation)
        party = locked.party
        sent = ModelLogEntry.objects.for_instance(party.agreement).filter(
            action=CODE_SENT,
            data__party_id=party.pk,
            timestamp__gt=timezone.now() - datetime.timedelta(hours=1),
        )
        if sent.count() >= codes.CODES_AN_HOUR:
            raise AgreementRefused(codes.too_many_codes())
        code, locked.code_hash = codes.new_code()
        locked.code_expires_at = timezone.now() + codes.VALID_FOR
        locked.attempts = 0
        locked.save(update_fields=["code_hash", "code_expires_at", "attempts"])
        record_of_party(party, CODE_SENT, None)
        send_on_commit(party.signatory_email, "agreement_code", {"code": code})


def enter_code(invitation: SigningInvitation, code: str) -> None:
    """Accept the code that was sent; it works once.

    Raises AgreementRefused when it is wrong, too old, or was tried too often.
    """
    # The attempt is counted whatever comes of it, so the refusal is raised after the transaction.
    with transaction.atomic():
        locked = _lock(invitation)
        was_valid = has_code(locked)
        is_right = codes.is_code(code, locked.code_hash if was_valid else "")
        if was_valid:
            locked.attempts += 1
            locked.code_hash = "" if is_right else locked.code_hash
            locked.save(update_fields=["attempts", "code_hash"])
    if not was_valid:
        raise AgreementRefused(codes.code_is_over())
    if not is_right:
        raise AgreementRefused(codes.code_is_wrong(codes.ATTEMPTS - locked.attempts))


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
    locked = (
        SigningInvitation.objects.select_for_update(of=("self",))
        .select_related("party__agreement")
        .filter(pk=invitation.pk, expires_at__gt=timezone.now())
        .first()
    )
    if locked is None:
        raise AgreementRefused(_("This link no longer works. Ask for a new one."))
    return locked
