"""Agreements as tests need them, and the letters that they lead to."""

import re
from typing import Any

from django.core import mail
from django.utils import timezone

from credentials.choices import Duty, PartyKind
from credentials.models import Agreement, AgreementParty

LINK = re.compile(r"https?://[^/\s]+(/\S+)")
CODE = re.compile(r"^\d{6}$", re.MULTILINE)
EMPLOYER = "elodie@health.example.org"


def make_agreement(offering: Any, people: Any, **facts: Any) -> Agreement:
    """A draft of an offering's agreement between two parties."""
    agreement = Agreement(
        offering_id=offering.pk,
        starts_on=timezone.localdate(),
        learning_system="Lakeshore Learn",
        created_by=people["editor"],
        **facts,
    )
    agreement.parties.set(
        [
            AgreementParty(
                sort_order=0,
                kind=PartyKind.DEPARTMENT,
                name="Continuous Learning Department",
                signatory_name="Department",
                signatory_email="DEPARTMENT@example.org",
                duties=sorted(set(Duty.values) - {Duty.DEVELOPMENT}),
            ),
            AgreementParty(
                sort_order=1,
                kind=PartyKind.PARTNER,
                name="Lakeshore Health",
                signatory_name="Élodie Roy",
                signatory_email=EMPLOYER,
                duties=[Duty.DEVELOPMENT.value],
                other_duties="Lends the ward for practice.",
            ),
        ]
    )
    agreement.save()
    return agreement


def letters_to(address: str) -> list[Any]:
    """Messages to an address, oldest first."""
    return [letter for letter in mail.outbox if letter.to == [address]]


def link_in(letter: Any) -> str:
    """The path of the link in a message."""
    found = LINK.search(letter.body)
    assert found, letter.body
    return found[1]


def code_in(letter: Any) -> str:
    """The code in a message."""
    found = CODE.search(letter.body)
    assert found, letter.body
    return found[0]
