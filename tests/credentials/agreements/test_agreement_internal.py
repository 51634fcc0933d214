"""Law 6: nothing of an agreement is public, not even where it can be signed."""

from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.checks import run_checks
from django.test import Client
from wagtail.search.index import get_indexed_models

from credentials.choices import Duty, PartyKind
from credentials.models import (
    Agreement,
    AgreementParty,
    AgreementSignature,
    CatalogueEntry,
    SigningInvitation,
)
from tests.factories import MicroCredentialFactory
from tests.proposals import sign_agreement
from tests.site.test_law6_internal_stays_internal import public_addresses, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MC-6")]
SECRET = "INTERNAL-agreement"


def test_nothing_of_an_agreement_reaches_the_public(root: Any, client: Client) -> None:
    offering = MicroCredentialFactory(parent=root, life="live")
    party = AgreementParty(
        kind=PartyKind.DEPARTMENT,
        name=f"{SECRET}-party",
        signatory_name=f"{SECRET}-person",
        signatory_email="internal-agreement@example.org",
        duties=sorted(Duty.values),
        other_duties=f"{SECRET}-duty",
    )
    agreement = sign_agreement(offering, [party])
    Agreement.objects.filter(pk=agreement.pk).update(learning_system=SECRET, notes=SECRET)
    seen = 0
    for address in public_addresses(offering):
        response = client.get(address)
        seen += response.status_code == 200
        assert SECRET.lower() not in text_of(response).lower(), address
    assert seen >= 10
    assert SECRET not in CatalogueEntry.objects.current().get().body


def test_agreements_are_in_no_search_and_in_no_api(client: Client) -> None:
    internal = {Agreement, AgreementParty, AgreementSignature, SigningInvitation}
    assert not internal & set(get_indexed_models())
    for model in internal:
        name = ContentType.objects.get_for_model(model).model
        assert client.get(f"/api/v3/{name}s/").status_code == 404


def test_a_project_without_the_public_pages_is_told(settings: Any) -> None:
    assert "credentials.W004" not in {message.id for message in run_checks()}
    settings.ROOT_URLCONF = "credentials.api.urls"
    (message,) = (m for m in run_checks(tags=["credentials"]) if m.id == "credentials.W004")
    assert 'include("credentials.urls")' in message.hint
