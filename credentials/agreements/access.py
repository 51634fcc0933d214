"""Who may read, edit and sign an agreement. Asked wherever the act happens."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser

from credentials.models import Agreement, AgreementParty, Offering
from credentials.people.actors import Person

VIEW = "credentials.view_agreement"
CHANGE = "credentials.change_agreement"


def may_edit(user: Person, offering: Offering) -> bool:
    """Whether a person keeps the agreements of an offering: those who may edit the offering."""
    return bool(offering.permissions_for_user(user).can_edit())  # type: ignore[arg-type]


def may_read(user: Person, agreement: Agreement) -> bool:
    """Whether a person may read an agreement: its keepers, its signatories, those of the register.

    Signatories read what was put to them, not a draft (law 6: deny by default).
    """
    if user.has_perm(VIEW) or may_edit(user, agreement.offering):  # type: ignore[union-attr]
        return True
    was_put_to_them = agreement.state != Agreement.State.DRAFT
    return was_put_to_them and any(signs_for(user, party) for party in agreement.parties.all())


def signs_for(user: Person, party: AgreementParty) -> bool:
    """Whether a person signs for a party: the one account with its signatory's e-mail address.

    Being a superuser gives no right to sign. Where people may change their own address, an
    address proves nothing, so they sign by link and code like everyone else.
    """
    if not user.is_authenticated or not addresses_are_kept():
        return False
    address = str(getattr(user, user.get_email_field_name(), "") or "")
    if not address or address.lower() != party.signatory_email.lower():
        return False
    account = account_of(party.signatory_email)
    return account is not None and account.pk == user.pk


def account_of(address: str) -> AbstractBaseUser | None:
    """The one active account of the admin with this address; None where there are none or two."""
    if not address or not addresses_are_kept():
        return None
    model = get_user_model()
    lookup = {f"{model.get_email_field_name()}__iexact": address, "is_active": True}
    found = list(model._default_manager.filter(**lookup)[:2])
    if len(found) != 1 or not found[0].has_perm("wagtailadmin.access_admin"):
        return None
    return found[0]


def addresses_are_kept() -> bool:
    """Whether only administrators change the e-mail addresses of accounts."""
    return getattr(settings, "WAGTAIL_EMAIL_MANAGEMENT_ENABLED", True) is False
