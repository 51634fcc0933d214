"""E-mail about agreements, and the links that it carries."""

from typing import Any

from django.urls import reverse
from wagtail.admin.utils import get_admin_base_url

from credentials import mail
from credentials.models import Agreement
from credentials.private_links.links import address_of

TEMPLATES = "credentials/agreements/mail"


def send(address: str, template: str, context: dict[str, Any]) -> None:
    """Send one message about an agreement, now. Raises what the mail server raises."""
    mail.send(address, f"{TEMPLATES}/{template}", context)


def send_on_commit(address: str, template: str, context: dict[str, Any]) -> None:
    """Send one message about an agreement once the transaction is through."""
    mail.send_on_commit(address, f"{TEMPLATES}/{template}", context)


def admin_link(agreement: Agreement) -> str:
    """Where people with an account read and sign it."""
    return get_admin_base_url() + reverse("credentials_agreements:agreement", args=[agreement.pk])


def private_link(token: str) -> str:
    """Where an outside party signs it."""
    return address_of("credentials:sign_agreement", token)
