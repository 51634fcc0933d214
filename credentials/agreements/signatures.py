"""Signing: one function writes a signature, whichever way a signatory came (MC-6)."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from credentials.agreements.access import signs_for
from credentials.agreements.locks import hold
from credentials.agreements.log_actions import SIGNED, record_of_party
from credentials.agreements.mail import admin_link, facts_of
from credentials.agreements.refusals import AgreementRefused
from credentials.agreements.status import Standing, standing_of
from credentials.message_mail import send_on_commit
from credentials.models import Agreement, AgreementParty, AgreementSignature
from credentials.people.actors import Person, name_of
from credentials.record.content import canonical

Method = AgreementSignature.Method


@dataclass(frozen=True)
class Signatory:
    """The person who signs: by account (`user`), or by name only."""

    name: str
    user: Person | None = None

    @property
    def key(self) -> str:
        """The account's key, empty without one."""
        return str(self.user.pk) if self.user else ""


def sign_in_admin(party: AgreementParty, user: Person, shown_hash: str) -> AgreementSignature:
    """Sign as the account whose e-mail address the party's signatory has. Superusers have no more.

    Raises AgreementRefused otherwise, and as `sign` does.
    """
    if not signs_for(user, party):
        raise AgreementRefused(
            _("Only the signatory named in the agreement signs for %(party)s.")
            % {"party": party.name}
        )
    return sign(party, Signatory(name_of(user), user), Method.ADMIN, shown_hash)


def sign(
    party: AgreementParty, signatory: Signatory, method: str, shown_hash: str
) -> AgreementSignature:
    """Write the signature of a party under the terms that the signatory was shown.

    Whoever calls has made sure who signs. Raises AgreementRefused when the agreement is not open
    for signature, when the terms are not those shown, or when the party has signed already.
    """
    with transaction.atomic():
        agreement = hold(party.agreement_id)
        standing = standing_of(agreement)
        _check(standing, party, shown_hash)
        signature = AgreementSignature(
            party=party,
            offering_id=agreement.offering_id,
            terms=canonical(agreement.terms()).decode(),
            terms_hash=shown_hash,
            method=method,
            signed_by_key=signatory.key,
            signed_by_name=signatory.name,
        )
        signature.save()
        record_of_party(party, SIGNED, signatory.user)
        if standing.unsigned == [party]:
            _tell_that_all_signed(agreement)
    return signature


def _check(standing: Standing, party: AgreementParty, shown_hash: str) -> None:
    if standing.has_lapsed:
        raise AgreementRefused(_("The agreement has ended, so it can no longer be signed."))
    if not standing.can_be_signed:
        raise AgreementRefused(
            _("The agreement is not open for signature: it was cancelled or replaced.")
        )
    if standing.agreement.terms_hash != shown_hash:
        raise AgreementRefused(
            _("The terms are not those that you were shown. Read them again before you sign.")
        )
    if party not in standing.unsigned:
        raise AgreementRefused(_("%(party)s has signed already.") % {"party": party.name})


def _tell_that_all_signed(agreement: Agreement) -> None:
    address = getattr(agreement.created_by, "email", "")
    if address:
        facts = facts_of(agreement) | {"link": admin_link(agreement)}
        send_on_commit(address, "agreement_signed", facts)
