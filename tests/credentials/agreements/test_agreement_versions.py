"""The life of an agreement: begun, opened, cancelled, renewed; and what is refused (MC-6)."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.models import ModelLogEntry

from credentials.agreements import versions
from credentials.agreements.refusals import AgreementRefused
from credentials.agreements.signatures import Method, Signatory, sign, sign_in_admin
from credentials.agreements.status import standing_of
from credentials.choices import Duty
from credentials.exceptions import NotWithdrawn
from credentials.models import Agreement, AgreementParty, AgreementSignature
from tests.credentials.agreements.papers import letters_to, make_agreement
from tests.factories import AcademicUnitFactory
from tests.proposals import draft as newest_draft
from tests.proposals import edit

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MC-6")]


def sign_all(agreement: Agreement) -> None:
    """Everyone signs, whichever way."""
    for party in agreement.parties.all():
        sign(party, Signatory(party.signatory_name), Method.LINK, agreement.terms_hash)


def test_a_new_agreement_proposes_the_parties_that_the_offering_names(
    offering: Any, people: Any
) -> None:
    edit(offering, academic_unit=AcademicUnitFactory(name="Faculty of Health Sciences"))
    agreement = versions.begin(newest_draft(offering), people["editor"])
    names = [party.name for party in agreement.parties.all()]
    assert names == [
        "Continuous Learning Department",
        "Faculty of Health Sciences",
        "Lakeshore Health",
    ]


def test_there_is_one_draft_at_a_time(draft: Agreement, offering: Any, people: Any) -> None:
    with pytest.raises(AgreementRefused, match="a draft of the agreement already"):
        versions.begin(offering, people["editor"])
    versions.open_for_signature(draft, people["editor"])
    with pytest.raises(AgreementRefused, match="make a new version"):
        versions.begin(offering, people["editor"])
    versions.new_version(draft, people["editor"])
    with pytest.raises(AgreementRefused, match="draft of a newer version"):
        versions.new_version(draft, people["editor"])


@pytest.mark.parametrize("duty", Duty.values)
def test_it_cannot_be_opened_while_a_duty_is_nobodys(
    draft: Agreement, people: Any, duty: str
) -> None:
    for party in AgreementParty.objects.filter(agreement=draft):
        party.duties = [key for key in party.duties if key != duty]
        party.save()
    with pytest.raises(AgreementRefused) as refused:
        versions.open_for_signature(draft, people["editor"])
    assert str(Duty(duty).label) in str(refused.value)
    assert "MC-6" in str(refused.value)
    draft.refresh_from_db()
    assert draft.state == Agreement.State.DRAFT


def test_everything_that_is_missing_is_said_at_once(
    offering: Any, draft: Agreement, people: Any
) -> None:
    Agreement.objects.filter(pk=draft.pk).update(
        starts_on=None, ends_on=timezone.localdate() - datetime.timedelta(days=1)
    )
    AgreementParty.objects.filter(agreement=draft).delete()
    draft.refresh_from_db()
    sentences = " ".join(versions.gaps(draft))
    for words in ("“In force from” is empty", "“Until” is in the past", "There is no party"):
        assert words in sentences


def test_nobody_signs_for_two_parties(draft: Agreement, people: Any) -> None:
    AgreementParty.objects.filter(agreement=draft).update(signatory_email="one@example.org")
    with pytest.raises(AgreementRefused, match="same signatory's e-mail"):
        versions.open_for_signature(draft, people["editor"])


def test_on_opening_signatories_with_an_account_are_told(
    draft: Agreement, people: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        versions.open_for_signature(draft, people["editor"])
    (letter,) = mail.outbox
    assert letter.to == ["DEPARTMENT@example.org"]
    assert f"/admin/agreements/{draft.pk}/" in letter.body
    assert "Safe Patient Transfer" in letter.subject


def test_opened_once(agreement: Agreement, people: Any) -> None:
    with pytest.raises(AgreementRefused, match="Only a draft"):
        versions.open_for_signature(agreement, people["editor"])


def test_opened_terms_are_not_edited(agreement: Agreement, people: Any) -> None:
    with pytest.raises(AgreementRefused, match="Make a new version"):
        versions.hold_draft(agreement, people["editor"])


@pytest.mark.parametrize("who", ["committee", "stranger"])
def test_only_those_who_may_edit_the_offering_keep_its_agreement(
    draft: Agreement, offering: Any, people: Any, django_user_model: Any, who: str
) -> None:
    people["stranger"] = django_user_model.objects.create_user("stranger", "s@example.org")
    acts = (
        lambda user: versions.open_for_signature(draft, user),
        lambda user: versions.cancel(draft, user),
        lambda user: versions.new_version(draft, user),
        lambda user: versions.begin(offering, user),
        lambda user: versions.hold_draft(draft, user),
    )
    for act in acts:
        with pytest.raises(AgreementRefused, match="may edit the offering"):
            act(people[who])


def test_changed_terms_void_the_signatures(agreement: Agreement, department: Any) -> None:
    """Even where the row is changed behind our back, the signature binds to what was signed."""
    sign_all(agreement)
    assert standing_of(agreement).is_signed
    Agreement.objects.filter(pk=agreement.pk).update(learning_system="Another system")
    changed = Agreement.objects.get(pk=agreement.pk)
    assert [party.pk for party in standing_of(changed).unsigned] == [
        party.pk for party in changed.parties.all()
    ]
    assert standing_of(changed).label == "Waiting for signatures"


def test_taking_another_duty_voids_them_too(agreement: Agreement, employer: Any) -> None:
    sign_all(agreement)
    AgreementParty.objects.filter(pk=employer.pk).update(duties=[])
    assert not standing_of(Agreement.objects.get(pk=agreement.pk)).is_signed


def test_a_new_version_has_the_same_terms_and_no_signatures(
    agreement: Agreement, people: Any
) -> None:
    sign_all(agreement)
    second = versions.new_version(agreement, people["editor"])
    assert second.number == 2
    assert second.state == Agreement.State.DRAFT
    terms, copied = agreement.terms(), Agreement.objects.get(pk=second.pk).terms()
    assert terms | {"number": 2} == copied
    assert standing_of(agreement).in_force  # writing the next one takes nothing away

    versions.open_for_signature(second, people["editor"])
    assert standing_of(agreement).label == "Replaced by a newer version"
    second.refresh_from_db()
    assert len(standing_of(second).unsigned) == 2
    assert Agreement.objects.current().get(offering=agreement.offering_id) == second


def test_a_cancelled_version_lets_the_one_before_count_again(
    agreement: Agreement, people: Any
) -> None:
    sign_all(agreement)
    second = versions.new_version(agreement, people["editor"])
    versions.open_for_signature(second, people["editor"])
    versions.cancel(second, people["editor"])
    assert standing_of(agreement).in_force
    with pytest.raises(AgreementRefused, match="cancelled already"):
        versions.cancel(second, people["editor"])


def test_it_begins_and_lapses_by_the_day(agreement: Agreement, clock: Any) -> None:
    today = timezone.localdate()
    Agreement.objects.filter(pk=agreement.pk).update(
        starts_on=today + datetime.timedelta(days=2), ends_on=today + datetime.timedelta(days=4)
    )
    agreement.refresh_from_db()
    sign_all(agreement)
    labels = [standing_of(agreement).label]
    for days in (2, 2, 1):
        clock(days=days)
        labels.append(standing_of(agreement).label)
    assert labels == ["Signed, not begun", "In force", "In force", "Lapsed"]


def test_an_offering_with_a_signature_is_not_deleted(
    agreement: Agreement, offering: Any, people: Any, department: Any
) -> None:
    assert not offering.has_record()
    sign_in_admin(department, people["department"], agreement.terms_hash)
    assert offering.has_record()
    with pytest.raises(NotWithdrawn):
        offering.delete()
    assert not offering.permissions_for_user(people["superuser"]).can_delete()
    assert AgreementSignature.objects.count() == 1


def test_an_offering_with_a_mere_draft_is_deleted_with_it(draft: Agreement, offering: Any) -> None:
    offering.delete()
    assert not Agreement.objects.exists()


def test_every_act_is_logged_without_addresses(
    draft: Agreement, people: Any, django_capture_on_commit_callbacks: Any
) -> None:
    editor = people["editor"]
    with django_capture_on_commit_callbacks(execute=True):
        versions.open_for_signature(draft, editor)
        draft.refresh_from_db()
        sign_all(draft)
        second = versions.new_version(draft, editor)
        versions.cancel(second, editor)
    entries = list(ModelLogEntry.objects.order_by("pk"))
    assert [entry.action.rpartition(".")[2] for entry in entries] == [
        "open",
        "sign",
        "sign",
        "new_version",
        "cancel",
    ]
    assert "Signed by Lakeshore Health" in [entry.message for entry in entries]
    told = " ".join(f"{entry.data} {entry.message}" for entry in entries)
    assert "@" not in told
    assert "Roy" not in told
    (letter,) = letters_to(editor.email)
    assert "Every party has signed" in letter.body


def test_each_offering_has_its_own_current_agreement(root: Any, offering: Any, people: Any) -> None:
    first = make_agreement(offering, people)
    second = make_agreement(offering, people, number=2, state=Agreement.State.CANCELLED)
    assert list(Agreement.objects.current().filter(offering=offering)) == [first]
    assert standing_of(second).label == "Cancelled"
