"""The life of an agreement's versions: begun, opened for signature, cancelled, renewed (MC-6)."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from credentials.agreements.access import account_of, may_edit
from credentials.agreements.invitations import revoke_invitations
from credentials.agreements.locks import hold
from credentials.agreements.log_actions import CANCELLED, OPENED, RENEWED, record
from credentials.agreements.mail import admin_link, facts_for
from credentials.agreements.refusals import AgreementRefused
from credentials.choices import Duty, PartyKind
from credentials.conf import conf
from credentials.message_mail import send_on_commit
from credentials.models import Agreement, AgreementParty, Offering
from credentials.people.actors import Person

State = Agreement.State


def draft_of(offering: Offering) -> Agreement | None:
    """The version that is being written, of which there is at most one."""
    return Agreement.objects.filter(offering=offering.pk, state=State.DRAFT).first()


def begin(offering: Offering, user: Person) -> Agreement:
    """A new agreement, not saved, with the parties that the offering names.

    Raises AgreementRefused when the person may not, or when there is a version to go on with.
    """
    check_may_edit(user, offering)
    versions = Agreement.objects.filter(offering=offering.pk)
    if versions.filter(state=State.DRAFT).exists():
        raise AgreementRefused(_("There is a draft of the agreement already. Go on with that one."))
    if versions.filter(state=State.OPEN).exists():
        raise AgreementRefused(
            _("There is an agreement already. To change its terms, make a new version of it.")
        )
    agreement = Agreement(
        offering_id=offering.pk, number=_next_number(offering.pk), created_by_id=user.pk
    )
    agreement.parties.set(_parties_of(offering))
    return agreement


def gaps(agreement: Agreement) -> list[str]:
    """What is missing before it can be signed, in sentences that name field and remedy (MC-6)."""
    parties = list(AgreementParty.objects.filter(agreement=agreement.pk))
    missing = []
    if not agreement.starts_on:
        missing.append(_("“In force from” is empty. Give the day from which it holds."))
    if agreement.ends_on and agreement.ends_on < timezone.localdate():
        missing.append(_("“Until” is in the past. Choose a later day, or leave it empty."))
    if not parties:
        missing.append(_("There is no party. Add everyone who takes on a duty."))
    taken = {duty for party in parties for duty in party.duties}
    untaken = [str(label) for key, label in Duty.choices if key not in taken]
    if untaken:
        missing.append(
            _("Nobody takes on: %(duties)s. Tick each under the party that does. MC-6")
            % {"duties": get_text_list(untaken, _("and"))}
        )
    addresses = [party.signatory_email.lower() for party in parties]
    if len(set(addresses)) < len(addresses):
        missing.append(
            _("Two parties have the same signatory's e-mail. Each party is signed for by another.")
        )
    return missing


def open_for_signature(agreement: Agreement, user: Person) -> None:
    """Freeze the terms and ask for signatures; signatories with an account are told.

    Raises AgreementRefused with everything that is missing.
    """
    with transaction.atomic():
        locked = _lock(agreement, user)
        if locked.state != State.DRAFT:
            raise AgreementRefused(_("Only a draft can be opened for signature."))
        missing = gaps(locked)
        if missing:
            raise AgreementRefused(" ".join(missing))
        locked.state = State.OPEN
        locked.opened_at = timezone.now()
        locked.save(update_fields=["state", "opened_at"])
        record(locked, OPENED, user)
        for party in AgreementParty.objects.filter(agreement=locked.pk):
            if account_of(party.signatory_email):
                facts = facts_for(locked, party, admin_link(locked))
                send_on_commit(party.signatory_email, "agreement_sign_here", facts)


def cancel(agreement: Agreement, user: Person) -> None:
    """End a version, whatever stands under it; signatures stay on record.

    Raises AgreementRefused when it is cancelled already.
    """
    with transaction.atomic():
        locked = _lock(agreement, user)
        if locked.state == State.CANCELLED:
            raise AgreementRefused(_("This version is cancelled already."))
        locked.state = State.CANCELLED
        locked.save(update_fields=["state"])
        revoke_invitations(party__agreement=locked.pk)
        record(locked, CANCELLED, user)


def new_version(agreement: Agreement, user: Person) -> Agreement:
    """A draft with the same terms and the next number; the version before counts until it opens.

    Raises AgreementRefused when there is a draft already.
    """
    with transaction.atomic():
        locked = _lock(agreement, user)
        if draft_of(locked.offering):
            raise AgreementRefused(
                _("There is a draft of a newer version already. Go on with that one.")
            )
        parties = AgreementParty.objects.filter(agreement=locked.pk).order_by("sort_order", "pk")
        copy = Agreement(
            offering_id=locked.offering_id,
            number=_next_number(locked.offering_id),
            starts_on=locked.starts_on,
            ends_on=locked.ends_on,
            learning_system=locked.learning_system,
            notes=locked.notes,
            created_by_id=user.pk,
        )
        copy.parties.set([_copied(party) for party in parties])
        copy.save()
        record(copy, RENEWED, user)
    return copy


def check_may_edit(user: Person, offering: Offering) -> None:
    """Raise AgreementRefused unless the person keeps the offering's agreements."""
    if not may_edit(user, offering):
        raise AgreementRefused(
            _("Only people who may edit the offering keep its agreement. Ask one of its editors.")
        )


def hold_number(agreement: Agreement) -> None:
    """Give a new version the number that is free now; call within the transaction that saves it.

    Raises AgreementRefused when somebody else began one meanwhile.
    """
    Offering.objects.select_for_update().get(pk=agreement.offering_id)
    if Agreement.objects.filter(offering=agreement.offering_id, state=State.DRAFT).exists():
        raise AgreementRefused(_("Somebody else has just begun one. Go on with that draft."))
    agreement.number = _next_number(agreement.offering_id)


def hold_draft(agreement: Agreement, user: Person) -> None:
    """Lock a draft for its edit; call within the transaction that saves it.

    Raises AgreementRefused when it is no draft any more: opened terms do not change.
    """
    if _lock(agreement, user).state != State.DRAFT:
        raise AgreementRefused(
            _("Its terms are fixed since it was opened. Make a new version to change them.")
        )


def _lock(agreement: Agreement, user: Person) -> Agreement:
    """The row, held until the transaction ends, for a person who may change it."""
    locked = hold(agreement.pk)
    check_may_edit(user, locked.offering)
    return locked


def _next_number(offering_id: int) -> int:
    last = Agreement.objects.filter(offering=offering_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _parties_of(offering: Offering) -> list[AgreementParty]:
    """The Department, the academic unit and the partners, without duties yet."""
    named = [(PartyKind.DEPARTMENT, conf().OFFICES["department"])]
    if offering.academic_unit:
        named.append((PartyKind.ACADEMIC_UNIT, offering.academic_unit.name))
    named += [(PartyKind.PARTNER, partner.name) for partner in offering.partners.all()]
    return [
        AgreementParty(kind=kind, name=name, sort_order=place)
        for place, (kind, name) in enumerate(named)
    ]


def _copied(party: AgreementParty) -> AgreementParty:
    return AgreementParty(
        sort_order=party.sort_order,
        kind=party.kind,
        name=party.name,
        signatory_name=party.signatory_name,
        signatory_email=party.signatory_email,
        duties=party.duties,
        other_duties=party.other_duties,
    )
