"""E-mail to one address, written from the text in force for its occasion."""

from functools import partial

from django.core.mail import send_mail

from credentials import mail
from credentials.message_templates.occasions import Facts
from credentials.models import MessageTemplate


def send(address: str, occasion: str, facts: Facts) -> None:
    """Send one message, now, in the active language. Raises what the mail server raises."""
    template = MessageTemplate.objects.text_in_force(occasion)
    body = template.text_with(facts) + "\n"
    send_mail(template.subject_with(facts), body, None, [address])


def send_on_commit(address: str, occasion: str, facts: Facts) -> None:
    """Send one message once the transaction is through, in the language that is active now."""
    mail.deliver_on_commit(occasion, partial(send, address, occasion, facts))
