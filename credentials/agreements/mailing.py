"""E-mail about agreements: from templates, sent when what it tells of is written."""

import logging
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.admin.utils import get_admin_base_url

from credentials.conf import conf
from credentials.models import Agreement

TEMPLATES = "credentials/agreements/mail"
logger = logging.getLogger(__name__)


def send(address: str, template: str, context: dict[str, Any]) -> None:
    """Send one message to one address, now. Raises what the mail server raises.

    `template` names two files: NAME_subject.txt and NAME.txt.
    """
    context = {**context, "institution_name": conf().INSTITUTION_NAME}
    context["contact_email"] = conf().CONTACT_EMAIL
    subject = render_to_string(f"{TEMPLATES}/{template}_subject.txt", context)
    body = render_to_string(f"{TEMPLATES}/{template}.txt", context)
    send_mail(" ".join(subject.split()), body.strip() + "\n", None, [address])


def send_on_commit(address: str, template: str, context: dict[str, Any]) -> None:
    """Send once the transaction is through. A failure is logged without address or text."""

    def deliver() -> None:
        try:
            send(address, template, context)
        except Exception as error:
            logger.error("Mail “%s” was not sent: %s", template, type(error).__name__)

    transaction.on_commit(deliver)


def admin_link(agreement: Agreement) -> str:
    """Where people with an account read and sign it."""
    return get_admin_base_url() + reverse("credentials_agreements:agreement", args=[agreement.pk])


def private_link(token: str) -> str:
    """Where an outside party signs it."""
    return get_admin_base_url() + reverse("credentials:sign_agreement", args=[token])
