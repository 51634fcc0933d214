"""Signing: by whom, under which terms, once (MC-6)."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from credentials.agreements import versions
from credentials.agreements.refusals import AgreementRefused
from credentials.agreements.signatures import Method, Signatory, sign, sign_in_admin
from credentials.agreements.status import standing_of
from credentials.exceptions import HistoryIsAppendOnly
from credentials.models import Agreement, AgreementSignature
from credentials.record.content import canonical

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MC-6")]


def test_a_signatory_with_an_account_signs_whatever_the_case_of_the_address(
    agreement: Agreement, department: Any, people: Any
) -> None:
    signature = sign_in_admin(department, people["department"], agreement.terms_hash)
    assert signature.signed_by_name == "Department"
    assert signature.signed_by_key == str(people["department"].pk)
    assert signature.method == Method.ADMIN
    assert signature.terms == canonical(agreement.terms()).decode()
    assert [party.name for party in standing_of(agreement).unsigned] == ["Lakeshore Health"]


def test_a_very_long_name_signs_as_much_as_there_is_room_for(
    agreement: Agreement, department: Any, people: Any
) -> None:
    signatory = people["department"]
    signatory.first_name, signatory.last_name = "A" * 150, "B" * 150
    signature = sign_in_admin(department, signatory, agreement.terms_hash)
    assert signature.signed_by_name == f"{'A' * 150} {'B' * 49}"


@pytest.mark.parametrize("who", ["editor", "committee", "superuser"])
def test_nobody_else_signs_superusers_included(
    agreement: Agreement, department: Any, people: Any, who: str
) -> None:
    with pytest.raises(AgreementRefused, match="Only the signatory"):
        sign_in_admin(department, people[who], agreement.terms_hash)
    assert not AgreementSignature.objects.exists()


def test_two_accounts_with_one_address_prove_nothing(
    agreement: Agreement, department: Any, people: Any, django_user_model: Any
) -> None:
    django_user_model.objects.create_superuser("other", "department@example.org", "secret")
    with pytest.raises(AgreementRefused, match="Only the signatory"):
        sign_in_admin(department, people["department"], agreement.terms_hash)


def test_an_address_that_people_change_themselves_proves_nothing(
    agreement: Agreement, department: Any, people: Any, settings: Any
) -> None:
    settings.WAGTAIL_EMAIL_MANAGEMENT_ENABLED = True
    with pytest.raises(AgreementRefused, match="Only the signatory"):
        sign_in_admin(department, people["department"], agreement.terms_hash)


def test_signing_twice_is_refused(agreement: Agreement, department: Any, people: Any) -> None:
    """As from two windows that both showed the terms."""
    shown = agreement.terms_hash
    sign_in_admin(department, people["department"], shown)
    with pytest.raises(AgreementRefused, match="has signed already"):
        sign_in_admin(department, people["department"], shown)
    assert AgreementSignature.objects.count() == 1


def test_the_database_holds_one_signature_for_the_same_terms(
    agreement: Agreement, department: Any, people: Any
) -> None:
    signature = sign_in_admin(department, people["department"], agreement.terms_hash)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreementSignature.objects.create(
            party=department,
            offering_id=agreement.offering_id,
            terms=signature.terms,
            terms_hash=signature.terms_hash,
            method=Method.ADMIN,
            signed_by_name="Department",
        )


def test_a_signature_is_neither_changed_nor_deleted(
    agreement: Agreement, department: Any, people: Any
) -> None:
    signature = sign_in_admin(department, people["department"], agreement.terms_hash)
    signature.signed_by_name = "Somebody else"
    for act in (signature.save, signature.delete, AgreementSignature.objects.all().delete):
        with pytest.raises(HistoryIsAppendOnly):
            act()


def test_terms_other_than_those_shown_are_not_signed(
    agreement: Agreement, department: Any, people: Any
) -> None:
    shown = agreement.terms_hash
    Agreement.objects.filter(pk=agreement.pk).update(notes="And one more thing.")
    with pytest.raises(AgreementRefused, match="not those that you were shown"):
        sign_in_admin(department, people["department"], shown)


def test_a_draft_is_not_signed(draft: Agreement, people: Any) -> None:
    party = draft.parties.first()
    with pytest.raises(AgreementRefused, match="not open for signature"):
        sign_in_admin(party, people["department"], draft.terms_hash)


def test_a_cancelled_version_is_not_signed(
    agreement: Agreement, department: Any, people: Any
) -> None:
    versions.cancel(agreement, people["editor"])
    with pytest.raises(AgreementRefused, match="cancelled or replaced"):
        sign_in_admin(department, people["department"], agreement.terms_hash)


def test_a_replaced_version_is_not_signed(
    agreement: Agreement, department: Any, people: Any
) -> None:
    second = versions.new_version(agreement, people["editor"])
    versions.open_for_signature(second, people["editor"])
    with pytest.raises(AgreementRefused, match="cancelled or replaced"):
        sign_in_admin(department, people["department"], agreement.terms_hash)


def test_a_lapsed_agreement_is_not_signed(
    agreement: Agreement, employer: Any, people: Any, clock: Any
) -> None:
    Agreement.objects.filter(pk=agreement.pk).update(ends_on=timezone.localdate())
    agreement.refresh_from_db()
    sign(employer, Signatory("Élodie Roy"), Method.LINK, agreement.terms_hash)
    clock(days=1)
    department = standing_of(agreement).unsigned[0]
    with pytest.raises(AgreementRefused, match="has ended"):
        sign_in_admin(department, people["department"], agreement.terms_hash)


def test_the_hash_does_not_depend_on_the_order_in_which_parties_are_read(
    agreement: Agreement,
) -> None:
    parties = list(agreement.parties.all())
    assert agreement.terms_hash_of(parties) == agreement.terms_hash_of(reversed(parties))
