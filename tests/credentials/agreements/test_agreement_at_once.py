"""What two people do to an agreement at the same moment (MC-6)."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from credentials.agreements import invitations, versions
from credentials.agreements.invitations import invite, sign_by_link
from credentials.agreements.refusals import AgreementRefused
from credentials.models import Agreement, SigningInvitation
from credentials.private_links import links
from tests.at_once import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs two writers at once"),
    pytest.mark.clause("MC-6"),
]


def slowly(act: Callable[..., Any]) -> Callable[..., Any]:
    """The same, with time for somebody else before and after."""

    def wait_and_act(*args: Any, **kwargs: Any) -> Any:
        time.sleep(0.5)
        result = act(*args, **kwargs)
        time.sleep(0.5)
        return result

    return wait_and_act


def test_cancelling_while_somebody_signs(
    agreement: Agreement, employer: Any, people: Any, monkeypatch: Any
) -> None:
    invitation = invite(employer, people["editor"])
    shown = agreement.terms_hash
    monkeypatch.setattr(invitations, "sign", slowly(invitations.sign))
    monkeypatch.setattr(versions, "revoke_invitations", slowly(versions.revoke_invitations))
    raised = at_once(
        lambda: sign_by_link(invitation, "Élodie Roy", shown),
        lambda: versions.cancel(agreement, people["editor"]),
    )
    assert all(isinstance(error, AgreementRefused) for error in raised)
    agreement.refresh_from_db()
    assert agreement.state == Agreement.State.CANCELLED


def test_inviting_twice_leaves_one_link(employer: Any, people: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(links, "issue", slowly(links.issue))
    assert not at_once(*[lambda: invite(employer, people["editor"])] * 2)
    alive = SigningInvitation.objects.filter(used_at=None, expires_at__gt=timezone.now())
    assert alive.count() == 1
