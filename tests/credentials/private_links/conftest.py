"""The users of the room, so that each property is tested of all of them."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from appeals.choices import Purpose
from appeals.models import PrivateLink
from credentials.agreements.versions import open_for_signature
from credentials.mail import send
from credentials.models import AgreementParty, SigningInvitation
from credentials.private_links import links, one_time_codes
from credentials.private_links.links import PrivateLinkRow
from tests.appeals.making import EMAIL, make_case
from tests.appeals.staff import make_staff
from tests.credentials.agreements.papers import CODE, EMPLOYER, make_agreement
from tests.factories import MicroCredentialFactory

VALID_FOR = datetime.timedelta(days=14)


@dataclass
class User:
    """One user of the room: how its links are made, where they lead, who gets its codes."""

    new: Callable[[], PrivateLinkRow]
    another: Callable[[], PrivateLinkRow]
    path: str
    address: str

    def issue(self) -> tuple[PrivateLinkRow, str]:
        """A link of the one person, and its token."""
        token = links.issue(link := self.new())
        return link, token

    def codes(self) -> list[str]:
        """The codes that were sent to that person, oldest first."""
        found = [CODE.search(one.body) for one in mail.outbox if one.to == [self.address]]
        return [code[0] for code in found if code]


def _agreements(root: Any, people: Any) -> User:
    offering = MicroCredentialFactory(parent=root, author=people["editor"], agreed=False)
    agreement = make_agreement(offering, people)
    open_for_signature(agreement, people["editor"])
    mail.outbox.clear()
    department, employer = AgreementParty.objects.filter(agreement=agreement).order_by("sort_order")

    def new(party: Any) -> PrivateLinkRow:
        return SigningInvitation(party=party, expires_at=timezone.now() + VALID_FOR)

    path = "/credentials/agreements/{}/"
    return User(lambda: new(employer), lambda: new(department), path, EMPLOYER)


def _appeals(root: Any, people: Any) -> User:
    case = make_case(make_staff())

    def new(purpose: Purpose) -> PrivateLinkRow:
        expires_at = timezone.now() + VALID_FOR
        return PrivateLink(purpose=purpose, email=EMAIL, case=case, expires_at=expires_at)

    path = "/appeals/private/{}/"
    return User(lambda: new(Purpose.APPELLANT), lambda: new(Purpose.RESPONDENT), path, EMAIL)


@pytest.fixture(params=[_agreements, _appeals], ids=["agreements", "appeals"])
def user(request: pytest.FixtureRequest, root: Any, people: Any, monkeypatch: Any) -> User:
    """Each user of the room in turn. Codes are sent at once: a test's transaction never ends."""
    monkeypatch.setattr(one_time_codes, "send_on_commit", send)
    made: User = request.param(root, people)
    return made


@pytest.fixture
def clock(monkeypatch: Any) -> Callable[..., None]:
    """Let time pass: `clock(minutes=8)` from the present moment."""
    real = timezone.now
    state = {"ahead": datetime.timedelta()}
    monkeypatch.setattr(timezone, "now", lambda: real() + state["ahead"])

    def advance(**delta: int) -> None:
        state["ahead"] += datetime.timedelta(**delta)

    return advance
