"""An offering with an agreement between the Department, a unit and an employer."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from credentials.agreements.versions import open_for_signature
from credentials.choices import PartyKind
from credentials.models import Agreement, AgreementParty
from tests.credentials.agreements.papers import make_agreement
from tests.factories import MicroCredentialFactory, partner


@pytest.fixture
def offering(root: Any, people: Any) -> Any:
    """A draft that nobody has agreed on yet."""
    return MicroCredentialFactory(
        parent=root,
        title="Safe Patient Transfer",
        author=people["editor"],
        children={"partners": [partner("Lakeshore Health")]},
        agreed=False,
    )


@pytest.fixture
def draft(offering: Any, people: Any) -> Agreement:
    """A draft with every duty taken: the Department signs here, the employer has no account."""
    return make_agreement(offering, people)


@pytest.fixture
def agreement(draft: Agreement, people: Any) -> Agreement:
    """The same, open for signature."""
    open_for_signature(draft, people["editor"])
    draft.refresh_from_db()
    return draft


@pytest.fixture
def department(agreement: Agreement) -> AgreementParty:
    """The party whose signatory has an account."""
    return AgreementParty.objects.get(agreement=agreement, kind=PartyKind.DEPARTMENT)


@pytest.fixture
def employer(agreement: Agreement) -> AgreementParty:
    """The party without one."""
    return AgreementParty.objects.get(agreement=agreement, kind=PartyKind.PARTNER)


@pytest.fixture
def clock(monkeypatch: Any) -> Callable[..., None]:
    """Let time pass: `clock(days=8)` from the present moment."""
    real = timezone.now
    state = {"ahead": datetime.timedelta()}
    monkeypatch.setattr(timezone, "now", lambda: real() + state["ahead"])

    def advance(**delta: int) -> None:
        state["ahead"] += datetime.timedelta(**delta)

    return advance
