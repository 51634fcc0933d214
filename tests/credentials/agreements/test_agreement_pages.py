"""Agreements in the admin: the pages, who may open them, and the register (MC-6)."""

import io
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from credentials.agreements import versions
from credentials.agreements.signatures import sign_in_admin
from credentials.choices import Duty
from credentials.models import Agreement, AgreementParty, AgreementSignature
from tests.credentials.agreements.papers import EMPLOYER, letters_to, make_agreement
from tests.factories import CourseFactory

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MC-6")]
REGISTER = "/admin/credentials/agreement/"


def at(name: str, *args: Any) -> str:
    """An address of agreements in the admin."""
    return reverse(f"credentials_agreements:{name}", args=args)


def text(response: Any) -> str:
    """The page."""
    return response.content.decode()


@pytest.fixture
def as_editor(people: Any) -> Client:
    """The offering's editor."""
    return signed_in(people["editor"])


def signed_in(user: Any) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def stranger(root: Any, people: Any, django_user_model: Any) -> Any:
    """A user of the admin who may edit none of these offerings."""
    user = django_user_model.objects.create_user("stranger", "stranger@example.org", "secret")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


def party_fields(number: int, **values: Any) -> dict[str, Any]:
    """One party as the form sends it."""
    defaults = {
        "id": "",
        "kind": "partner",
        "signatory_name": "Sam",
        "other_duties": "",
        "ORDER": number,
    }
    fields = {**defaults, "signatory_email": f"sam{number}@example.org", **values}
    return {f"parties-{number}-{name}": value for name, value in fields.items()}


def form(*parties: dict[str, Any], initial: int = 0, **values: Any) -> dict[str, Any]:
    """The whole form."""
    data = {
        "starts_on": "2026-01-01",
        "ends_on": "",
        "learning_system": "Lakeshore Learn",
        "notes": "",
        "parties-TOTAL_FORMS": len(parties),
        "parties-INITIAL_FORMS": initial,
        "parties-MIN_NUM_FORMS": 0,
        "parties-MAX_NUM_FORMS": 1000,
    }
    for party in parties:
        data |= party
    return data | values


def test_from_the_offerings_editor_to_a_new_agreement(offering: Any, as_editor: Client) -> None:
    editor = text(as_editor.get(reverse("wagtailadmin_pages:edit", args=[offering.pk])))
    assert at("of_offering", offering.pk) in editor
    page = as_editor.get(at("of_offering", offering.pk), follow=True)
    assert page.redirect_chain[-1][0] == at("begin", offering.pk)
    assert "Lakeshore Health" in text(page)
    assert not Agreement.objects.exists()


def test_it_is_begun_edited_and_opened(offering: Any, as_editor: Client, people: Any) -> None:
    begin = at("begin", offering.pk)
    names = [
        party_fields(0, name="The Department", kind="department", duties=list(Duty.values[1:])),
        party_fields(1, name="Lakeshore Health", duties=[]),
    ]
    page = as_editor.post(begin, form(*names, initial=2), follow=True)
    agreement = Agreement.objects.get()
    assert agreement.created_by == people["editor"]
    assert agreement.number == 1
    assert [party.name for party in agreement.parties.all()] == [
        "The Department",
        "Lakeshore Health",
    ]
    assert "Nobody takes on: Development" in text(page)
    assert "It cannot be opened yet" in text(as_editor.get(at("open", agreement.pk)))
    as_editor.post(at("open", agreement.pk))
    agreement.refresh_from_db()
    assert agreement.state == Agreement.State.DRAFT

    first, second = AgreementParty.objects.filter(agreement=agreement).order_by("sort_order")
    names[0]["parties-0-id"], names[1]["parties-1-id"] = first.pk, second.pk
    names[1]["parties-1-duties"] = ["development"]
    as_editor.post(at("edit", agreement.pk), form(*names, initial=2, notes="Two years."))
    agreement = Agreement.objects.get()
    assert agreement.notes == "Two years."
    as_editor.post(at("open", agreement.pk))
    agreement.refresh_from_db()
    assert agreement.state == Agreement.State.OPEN
    actions = set(ModelLogEntry.objects.values_list("action", flat=True))
    assert {"wagtail.create", "wagtail.edit", "credentials.agreement.open"} <= actions


def test_an_agreement_ends_after_it_starts(offering: Any, as_editor: Client) -> None:
    data = form(party_fields(0, name="The Department"), ends_on="2025-01-01")
    assert "cannot end before it starts" in text(as_editor.post(at("begin", offering.pk), data))


def test_beginning_in_two_windows_makes_one_draft(offering: Any, as_editor: Client) -> None:
    data = form(party_fields(0, name="The Department"))
    as_editor.post(at("begin", offering.pk), data)
    page = as_editor.post(at("begin", offering.pk), data, follow=True)
    assert "Go on with that one" in text(page)
    assert Agreement.objects.count() == 1


def test_a_window_left_open_does_not_edit_opened_terms(
    agreement: Agreement, as_editor: Client
) -> None:
    data = form(party_fields(0, name="Somebody else"), learning_system="Another")
    page = as_editor.post(at("edit", agreement.pk), data, follow=True)
    assert "Make a new version" in text(page)
    agreement.refresh_from_db()
    assert agreement.learning_system == "Lakeshore Learn"


def test_the_page_shows_terms_signatures_and_what_is_left(
    agreement: Agreement, as_editor: Client, department: Any, people: Any
) -> None:
    sign_in_admin(department, people["department"], agreement.terms_hash)
    page = text(as_editor.get(at("agreement", agreement.pk)))
    for words in (
        "Lakeshore Health has to sign: Élodie Roy",
        "Signed in to the admin",
        "Technical support for learners",
        "Lends the ward",
        "Signed by Continuous Learning Department",
        "Send Lakeshore Health a private link",
    ):
        assert words in page
    assert at("edit", agreement.pk) not in page


def test_the_editor_sends_an_invitation(
    agreement: Agreement,
    employer: Any,
    as_editor: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = as_editor.post(at("invite", employer.pk), follow=True)
    assert "on its way" in text(page)
    assert "the link works until" in text(page)
    assert len(letters_to(EMPLOYER)) == 1
    assert as_editor.get(at("invite", employer.pk)).status_code == 405


def test_the_signatory_signs_in_the_admin(
    agreement: Agreement, department: Any, people: Any
) -> None:
    client = signed_in(people["department"])
    assert at("sign", department.pk) in text(client.get(at("agreement", agreement.pk)))
    page = client.get(at("sign", department.pk))
    shown = page.context["terms_hash"]
    assert "This field is required" not in text(page)
    unticked = client.post(at("sign", department.pk), {"terms_hash": shown})
    assert "Tick this once" in text(unticked)
    signed = {"terms_hash": shown, "has_read": "on"}
    assert "You have signed" in text(client.post(at("sign", department.pk), signed, follow=True))
    again = client.post(at("sign", department.pk), signed, follow=True)
    assert "signed already" in text(again)
    assert AgreementSignature.objects.count() == 1


def test_a_signatory_needs_no_other_permission(
    agreement: Agreement, employer: Any, stranger: Any
) -> None:
    client = signed_in(stranger)
    assert client.get(at("agreement", agreement.pk)).status_code == 302
    AgreementParty.objects.filter(pk=employer.pk).update(signatory_email=stranger.email.upper())
    page = text(client.get(at("agreement", agreement.pk)))
    assert "Read and sign for Lakeshore Health" in page
    assert "Cancel this version" not in page
    assert "DEPARTMENT@example.org" not in page


@pytest.mark.parametrize("who", ["anonymous", "stranger", "committee"])
def test_others_change_nothing(
    agreement: Agreement, employer: Any, offering: Any, people: Any, stranger: Any, who: str
) -> None:
    user = {**people, "stranger": stranger}.get(who)
    client = signed_in(user) if user else Client()
    before = str(list(Agreement.objects.values()))
    for name in ("open", "cancel", "new_version", "edit"):
        for method in (client.get, client.post):
            assert method(at(name, agreement.pk)).status_code == 302, name
    for name in ("invite", "sign"):
        assert client.post(at(name, employer.pk)).status_code == 302, name
    assert client.get(at("begin", offering.pk)).status_code == 302
    assert str(list(Agreement.objects.values())) == before
    assert not AgreementSignature.objects.exists()
    assert not mail.outbox


def test_the_committee_reads(agreement: Agreement, offering: Any, people: Any) -> None:
    client = signed_in(people["committee"])
    page = text(client.get(at("of_offering", offering.pk), follow=True))
    assert "Lends the ward" in page
    assert EMPLOYER not in page
    assert "Cancel this version" not in page


def test_a_superuser_keeps_but_does_not_sign(
    agreement: Agreement, department: Any, people: Any
) -> None:
    client = signed_in(people["superuser"])
    assert client.get(at("agreement", agreement.pk)).status_code == 200
    data = {"terms_hash": agreement.terms_hash, "has_read": "on"}
    client.post(at("sign", department.pk), data)
    assert not AgreementSignature.objects.exists()


def test_cancelling_and_renewing_are_confirmed(agreement: Agreement, as_editor: Client) -> None:
    assert "Begin a new version" in text(as_editor.get(at("new_version", agreement.pk)))
    as_editor.post(at("new_version", agreement.pk))
    assert "Cancel this version of" in text(as_editor.get(at("cancel", agreement.pk)))
    page = as_editor.post(at("cancel", agreement.pk), follow=True)
    assert "this version is cancelled" in text(page)
    assert list(Agreement.objects.order_by("number").values_list("state", flat=True)) == [
        "cancelled",
        "draft",
    ]


def test_the_register_says_where_each_stands(agreement: Agreement, people: Any) -> None:
    versions.new_version(agreement, people["editor"])
    client = signed_in(people["committee"])
    page = text(client.get(REGISTER))
    assert "Waiting for signatures" in page
    assert "Continuous Learning Department and Lakeshore Health" in page
    assert "Safe Patient Transfer" in page
    assert "Add responsibilities agreement" not in page
    assert "Safe Patient" in text(client.get(f"{REGISTER}?q=Lakeshore+Health"))
    assert "Safe Patient" not in text(client.get(f"{REGISTER}?q=Nobody"))


@pytest.mark.parametrize("standing", ["draft", "unsigned"])
def test_the_register_is_filtered_by_standing(
    agreement: Agreement, people: Any, standing: str
) -> None:
    client = signed_in(people["editor"])
    versions.new_version(agreement, people["editor"])
    found = client.get(f"{REGISTER}?standing={standing}").context["object_list"]
    assert [row.number for row in found] == [{"draft": 2, "unsigned": 1}[standing]]
    for other in ("signed", "lapsed", "replaced", "cancelled"):
        assert not client.get(f"{REGISTER}?standing={other}").context["object_list"]


def test_the_register_is_exported(agreement: Agreement, people: Any) -> None:
    client = signed_in(people["department"])
    csv = b"".join(client.get(f"{REGISTER}?export=csv").streaming_content).decode()
    assert "Safe Patient Transfer" in csv
    assert "Continuous Learning Department; Lakeshore Health" in csv
    book = b"".join(client.get(f"{REGISTER}?export=xlsx").streaming_content)
    rows = list(load_workbook(io.BytesIO(book)).active.values)
    assert rows[1][:3] == ("Safe Patient Transfer", 1, "Waiting for signatures")


def test_from_the_register_to_a_new_agreement(
    offering: Any, people: Any, as_editor: Client
) -> None:
    assert f"{REGISTER}create/" in text(as_editor.get(REGISTER))
    page = as_editor.post(f"{REGISTER}create/", {"offering": offering.pk})
    assert page.url == at("of_offering", offering.pk)
    assert signed_in(people["committee"]).get(f"{REGISTER}create/").status_code == 302


def test_strangers_see_no_register(agreement: Agreement, stranger: Any) -> None:
    assert signed_in(stranger).get(REGISTER).status_code == 302


def test_the_register_opens_no_history(agreement: Agreement, stranger: Any) -> None:
    assert signed_in(stranger).get(f"{REGISTER}history/{agreement.pk}/").status_code == 404


def test_the_title_is_that_of_the_newest_draft(
    agreement: Agreement, offering: Any, people: Any
) -> None:
    offering.title = "Safer Patient Transfer"
    offering.save_revision()
    client = signed_in(people["superuser"])
    assert "Safer Patient Transfer" in text(client.get(at("agreement", agreement.pk)))
    assert "Safer Patient Transfer" in text(client.get(f"{REGISTER}?q=Safer"))
    export = client.get(f"{REGISTER}?export=csv").streaming_content
    assert "Safer Patient Transfer" in b"".join(export).decode()


def test_the_register_takes_the_same_queries_at_any_size(
    agreement: Agreement, root: Any, people: Any
) -> None:
    client = signed_in(people["committee"])
    client.get(REGISTER)

    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            client.get(REGISTER)
        return len(context)

    few = queries()
    for number in range(8):
        course = CourseFactory(parent=root, title=f"Course {number}", agreed=False)
        versions.open_for_signature(make_agreement(course, people), people["editor"])
    assert queries() == few
