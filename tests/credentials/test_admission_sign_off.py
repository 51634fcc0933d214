"""Only the authority that the policy names settles admission, having consulted (AD-1 to AD-4)."""

import datetime
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from credentials.compliance.admission import Consultation, sign_off
from credentials.compliance.gates import report_on
from credentials.compliance.offering_reader import requirements_hash
from credentials.compliance.policies import label_in_force
from credentials.exceptions import SignOffRefused
from credentials.models import AcademicUnit, AdmissionSignOff
from tests.factories import (
    AcademicUnitFactory,
    CertificateProgramFactory,
    CourseFactory,
    MicroCredentialFactory,
)
from tests.proposals import draft, edit

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> AcademicUnit:
    made: AcademicUnit = AcademicUnitFactory()
    made.approvers.add(Group.objects.create(name="Deans"))
    return made


@pytest.fixture
def dean(unit: AcademicUnit, people: Any) -> Any:
    user = get_user_model().objects.create_user("dean", "dean@example.org", "secret")
    user.groups.add(*unit.approvers.all(), Group.objects.get(name="Content editors"))
    return user


def consultation() -> Consultation:
    return Consultation("The Department", timezone.localdate(), "Agreed.")


def sign(offering: Any, person: Any, said: Consultation | None = None) -> AdmissionSignOff:
    shown = requirements_hash(draft(offering).admission_requirements)
    return sign_off(offering, person, shown_hash=shown, consultation=said or Consultation())


def asks_for_it(offering: Any, clause: str) -> bool:
    return any(
        f.clause == clause and f.place.page == "admission"
        for f in report_on(draft(offering)).findings
    )


@pytest.mark.clause("AD-1")
def test_the_department_settles_what_it_developed(root: Page, people: Any) -> None:
    offering = CourseFactory(parent=root, agreed=False)
    assert asks_for_it(offering, "AD-1")
    made = sign(offering, people["department"])
    assert (made.clause, made.policy_version) == ("AD-1", label_in_force())
    assert not asks_for_it(offering, "AD-1")


@pytest.mark.clause("AD-1")
@pytest.mark.parametrize("who", ["editor", "committee", "superuser"])
def test_nobody_else_does(root: Page, people: Any, who: str) -> None:
    offering = CourseFactory(parent=root, agreed=False)
    with pytest.raises(SignOffRefused, match="AD-1"):
        sign(offering, people[who])
    assert not AdmissionSignOff.objects.exists()


@pytest.mark.parametrize(
    ("factory", "clause"),
    [
        pytest.param(CertificateProgramFactory, "AD-2", marks=pytest.mark.clause("AD-2")),
        pytest.param(MicroCredentialFactory, "AD-3", marks=pytest.mark.clause("AD-3")),
    ],
)
def test_the_unit_settles_what_it_developed_having_consulted(
    root: Page, people: Any, unit: AcademicUnit, dean: Any, factory: Any, clause: str
) -> None:
    offering = factory(parent=root, academic_unit=unit, agreed=False)
    with pytest.raises(SignOffRefused, match=clause):
        sign(offering, people["department"], consultation())
    with pytest.raises(SignOffRefused, match=f"consulted first.*{clause}"):
        sign(offering, dean)
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    with pytest.raises(SignOffRefused, match="future"):
        sign(offering, dean, Consultation("The Department", tomorrow, "Agreed."))
    made = sign(offering, dean, consultation())
    assert (made.authority, made.consulted) == (unit.name, "The Department")
    assert not asks_for_it(offering, clause)


@pytest.mark.clause("AD-4")
def test_for_credit_the_unit_settles_alone_and_must_be_named(
    root: Page, people: Any, unit: AcademicUnit, dean: Any
) -> None:
    nameless = MicroCredentialFactory(parent=root, credit_basis="fac", agreed=False)
    with pytest.raises(SignOffRefused, match="No academic unit is named"):
        sign(nameless, people["department"])
    offering = MicroCredentialFactory(
        parent=root, credit_basis="fac", academic_unit=unit, agreed=False
    )
    assert sign(offering, dean).clause == "AD-4"


@pytest.mark.clause("AD-1")
def test_other_words_need_another_sign_off(root: Page, people: Any) -> None:
    offering = CourseFactory(parent=root, agreed=False)
    shown = requirements_hash(offering.admission_requirements)
    sign(offering, people["department"])
    edit(offering, admission_requirements="<p>Two years of practice.</p>")
    assert asks_for_it(offering, "AD-1")
    with pytest.raises(SignOffRefused, match="changed since you opened"):
        sign_off(offering, people["department"], shown_hash=shown, consultation=Consultation())
    sign(offering, people["department"])
    assert not asks_for_it(offering, "AD-1")


def test_a_sign_off_is_only_added_to(root: Page, people: Any) -> None:
    made = sign(CourseFactory(parent=root, agreed=False), people["department"])
    with pytest.raises(IntegrityError):
        made.delete()
    with pytest.raises(IntegrityError):
        AdmissionSignOff.objects.filter(pk=made.pk).update(authority="Someone else")


class TestPage:
    def test_takes_the_sign_off_of_the_authority(
        self, client: Client, root: Page, unit: AcademicUnit, dean: Any
    ) -> None:
        offering = MicroCredentialFactory(
            parent=root,
            academic_unit=unit,
            admission_consultation="Spoke on Monday.",
            agreed=False,
        )
        address = reverse("credentials_admission:sign_off", args=[offering.pk])
        client.force_login(dean)
        page = client.get(address)
        assert "AD-3" in page.content.decode()
        assert "Spoke on Monday." in page.content.decode()
        data = {**page.context["form"].initial, "consulted_on": "2999-01-01"}
        assert "future" in client.post(address, data).content.decode()
        data["consulted_on"] = timezone.localdate().isoformat()
        assert client.post(address, data).status_code == 302
        assert AdmissionSignOff.objects.get().signed_by_key == str(dean.pk)
        assert "Settled as the draft stands" in client.get(address).content.decode()

    def test_refuses_a_text_that_was_not_the_one_shown(
        self, client: Client, root: Page, people: Any
    ) -> None:
        offering = CourseFactory(parent=root, agreed=False)
        address = reverse("credentials_admission:sign_off", args=[offering.pk])
        client.force_login(people["department"])
        data = dict(client.get(address).context["form"].initial)
        edit(offering, admission_requirements="<p>Two years of practice.</p>")
        response = client.post(address, data)
        assert "changed since you opened this page" in response.content.decode()
        assert not AdmissionSignOff.objects.exists()

    def test_tells_an_editor_whom_to_ask(self, client: Client, root: Page, people: Any) -> None:
        offering = CourseFactory(parent=root, agreed=False)
        address = reverse("credentials_admission:sign_off", args=[offering.pk])
        client.force_login(people["editor"])
        page = client.get(address).content.decode()
        assert "Only members of the Continuous Learning Department" in page
        assert "Settle these requirements" not in page
        shown = requirements_hash(offering.admission_requirements)
        client.post(address, {"shown_hash": shown})
        assert not AdmissionSignOff.objects.exists()

    def test_is_closed_to_those_who_neither_edit_nor_settle(
        self, client: Client, root: Page, people: Any
    ) -> None:
        offering = CourseFactory(parent=root, agreed=False)
        address = reverse("credentials_admission:sign_off", args=[offering.pk])
        client.force_login(people["committee"])
        assert client.get(address).status_code == 302
        client.logout()
        assert client.get(address).status_code == 302
