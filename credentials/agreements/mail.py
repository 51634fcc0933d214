"""What e-mail about agreements says, and the links that it carries."""

from typing import Any

from django.urls import reverse
from wagtail.admin.utils import get_admin_base_url

from credentials.models import Agreement, AgreementParty


def facts_of(agreement: Agreement) -> dict[str, Any]:
    """What every message about an agreement may say."""
    return {"title": agreement.title, "number": agreement.number}


def facts_for(agreement: Agreement, party: AgreementParty, link: str) -> dict[str, Any]:
    """What a message may say to whoever signs for a party."""
    own = {"party": party.name, "signatory": party.signatory_name, "link": link}
    return facts_of(agreement) | own


def admin_link(agreement: Agreement) -> str:
    """Where people with an account read and sign it."""
    return get_admin_base_url() + reverse("credentials_agreements:agreement", args=[agreement.pk])


def private_link(token: str) -> str:
    """Where an outside party signs it."""
    return get_admin_base_url() + reverse("credentials:sign_agreement", args=[token])
