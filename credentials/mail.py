"""E-mail from templates, sent when what it tells of is written."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import get_language, override

from credentials.conf import conf

logger = logging.getLogger(__name__)


def send(address: str, template: str, context: dict[str, Any]) -> None:
    """Send one message to one address, now. Raises what the mail server raises.

    `template` names two files: NAME_subject.txt and NAME.txt.
    """
    context = {**context, "institution_name": conf().INSTITUTION_NAME}
    context["contact_email"] = conf().CONTACT_EMAIL
    subject = render_to_string(f"{template}_subject.txt", context)
    body = render_to_string(f"{template}.txt", context)
    send_mail(" ".join(subject.split()), body.strip() + "\n", None, [address])


def send_on_commit(address: str, template: str, context: dict[str, Any]) -> None:
    """Send once the transaction is through."""
    deliver_on_commit(template, partial(send, address, template, context))


def deliver_on_commit(name: str, deliver: Callable[[], None]) -> None:
    """Send once the transaction is through, in the language that is active now.

    A failure is logged by the message's name, without address or text.
    """
    language = get_language()

    def try_it() -> None:
        try:
            with override(language):
                deliver()
        except Exception as error:
            logger.error("Mail “%s” was not sent: %s", name, type(error).__name__)

    transaction.on_commit(try_it)
