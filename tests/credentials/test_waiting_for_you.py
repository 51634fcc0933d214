"""The admin's home page names what waits for a person beside the routes (MC-6, AD-1 to AD-4)."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from credentials.choices import Duty, PartyKind
from credentials.compliance.standings import refresh_all
from credentials.models import Agreement, AgreementParty
from tests.factories import AcademicUnitFactory, MicroCredentialFactory
from tests.proposals import settle_admission, sign_agreement, submit

pytestmark = pytest.mark.django_db


def home(client: Client, user: Any) -> str:
    client.force_login(user)
    return client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.fixture
def proposal(root: Page) -> Any:
    """A submitted micro-credential of which neither agreement nor admission is settled."""
    offering = MicroCredentialFactory(parent=root, title="Night shifts", agreed=False)
    submit(offering)
    return offering


def test_a_signatory_finds_the_agreement_until_it_is_signed(proposal: Any, people: Any) -> None:
    client = Client()
    party = AgreementParty(
        kind=PartyKind.DEPARTMENT,
        name="Continuous Learning Department",
        signatory_name="Department",
        signatory_email=people["department"].email,
        duties=sorted(Duty.values),
    )
    agreement = Agreement(offering_id=proposal.pk, state=Agreement.State.OPEN)
    agreement.parties.set([party])
    agreement.save()
    assert "Agreements to sign" in home(client, people["department"])
    assert "Agreements to sign" not in home(client, people["editor"])
    agreement.delete()
    party.pk = None
    sign_agreement(proposal, [party])
    assert "Agreements to sign" not in home(client, people["department"])


def test_the_authority_finds_the_requirements_until_they_are_settled(
    proposal: Any, people: Any
) -> None:
    client = Client()
    refresh_all()
    page = home(client, people["department"])
    assert "Admission requirements to settle" in page
    assert reverse("credentials_admission:sign_off", args=[proposal.pk]) in page
    assert "Admission requirements to settle" not in home(client, people["committee"])
    settle_admission(proposal)
    assert "Admission requirements to settle" not in home(client, people["department"])


def test_an_academic_unit_settles_its_own(root: Page, people: Any) -> None:
    unit = AcademicUnitFactory()
    group = Group.objects.create(name="Faculty approvers")
    unit.approvers.add(group)
    people["second_member"].groups.add(group)
    offering = MicroCredentialFactory(parent=root, academic_unit=unit, agreed=False)
    submit(offering)
    refresh_all()
    client = Client()
    assert "Admission requirements to settle" in home(client, people["second_member"])
    assert "Admission requirements to settle" not in home(client, people["department"])
