"""Every role at every address of appeals: denied as if there were no such case (AP-1, law 6)."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone

from appeals.acts import additions, people
from appeals.acts.act import acts_for
from appeals.acts.filing import as_first_decider
from appeals.acts.letters import issue
from appeals.choices import Act, Stage
from appeals.models import Case, CaseAccess, CaseEvent
from appeals.rules.letter_text import LetterKind
from appeals.uploads.checked import CheckedFile
from tests.appeals.access.addresses import MISSING, Address, addresses
from tests.appeals.access.plain import plain
from tests.appeals.making import EMAIL, NAME, STATEMENT, make_case

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-1")]

# What tells nothing of cases: the public pages, and what the office keeps its procedures with.
PUBLIC = ("appeals:",)
OF_PROCEDURES = ("appeal_procedure", "appeal_closures", "appeals_procedure", "appeals_closures")
LISTS = {
    "appeals_admin:board",
    "appeals_admin:file",
    "appeals_admin:log",
    "appeals_admin:reason",
    "appeals_admin:statistics",
    "appeals_case_modeladmin_index",
    "appeals_purgecertificate_modeladmin_index",
}
ALL = addresses()
OF_A_CASE = [address for address in ALL if "number" in address.takes]
OF_LISTS = [address for address in ALL if address.name in LISTS]
ROLES = [
    "anonymous",
    "nobody",
    "editor",
    "department",
    "committee",
    "policy_owner",
    "moderator",
    "superuser",
    "conflicted_office",
    "conflicted_decider",
    "delegate_of_another",
]
SECRETS = (NAME, EMAIL, STATEMENT, "Ignatius", "sealed-exhibit")
DENIED = 404
TO_SIGN_IN = 302


@pytest.fixture
def who(staff: dict[str, Any], people: dict[str, Any]) -> dict[str, Any]:
    """Somebody in each role that is to see nothing of the case."""
    make = get_user_model().objects.create_user
    moderator = make("moderator", "moderator@example.org", "secret")
    moderator.groups.add(Group.objects.get(name="Moderators"))
    owner = make("owner", "owner@example.org", "secret")
    owner.groups.add(*staff["delegate"].groups.all())
    nobody = make("nobody", "nobody@example.org", "secret")
    return {
        **{role: people[role] for role in ("editor", "department", "committee", "superuser")},
        "anonymous": None,
        "nobody": nobody,
        "moderator": moderator,
        "policy_owner": owner,
        "conflicted_office": staff["colleague"],
        "conflicted_decider": staff["decider"],
        "delegate_of_another": staff["delegate"],
    }


@pytest.fixture
def case(staff: dict[str, Any]) -> Case:
    """A case with a document and a letter, of a decision of the colleague's and the decider's."""
    made = make_case(
        staff,
        Stage.COMPLETENESS,
        first_deciders=[as_first_decider(staff["colleague"]), as_first_decider(staff["decider"])],
    )
    file = CheckedFile(
        "sealed-exhibit",
        "sealed-exhibit.pdf",
        ContentFile(b"%PDF-", name="x"),
        "application/pdf",
        5,
        "0" * 64,
    )
    additions.add_document(staff["office"], made, file)
    issue(staff["office"], made, LetterKind.ACKNOWLEDGEMENT, "Arrived", f"Dear {NAME}")
    return made


@pytest.fixture
def delegated_elsewhere(staff: dict[str, Any]) -> Case:
    """Another case, on which the delegate may decide."""
    other = make_case(staff, Stage.DECISION)
    today = timezone.localdate()
    people.delegate(
        staff["decider"], other, staff["delegate"], people.Instrument("Memo 7", today, today)
    )
    return other


def client_of(person: Any) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def body_of(response: HttpResponseBase) -> str:
    if response.streaming:
        return b"".join(response.streaming_content).decode(errors="replace")  # type: ignore[attr-defined]
    return response.content.decode(errors="replace")  # type: ignore[attr-defined]


def test_every_address_is_classified() -> None:
    unknown = [
        address.name
        for address in ALL
        if address not in OF_A_CASE
        and address not in OF_LISTS
        and not address.name.startswith((*PUBLIC, *OF_PROCEDURES))
    ]
    assert unknown == []
    assert len(OF_A_CASE) >= 7
    assert {address.name for address in OF_LISTS} == LISTS


@pytest.mark.parametrize("role", ROLES)
def test_a_case_and_its_file_answer_as_if_there_were_none(
    role: str, who: dict[str, Any], case: Case, delegated_elsewhere: Case
) -> None:
    client = client_of(who[role])
    for address in OF_A_CASE:
        for act in [str(act) for act in Act] if "act" in address.takes else ["note"]:
            for send in (client.get, client.post):
                real, missing = send(address.of(case, act)), send(address.of(None, act))
                assert real.status_code == missing.status_code, address
                assert real.status_code == _denied(role, address), address
                found = body_of(real)
                assert _without_numbers(found, case) == _without_numbers(body_of(missing), case)
                assert not any(secret in found for secret in SECRETS), address
                assert _location(real, case) == _location(missing, case)
    assert case.events.count() == CaseEvent.objects.filter(case=case).count()


@pytest.mark.parametrize("role", ROLES)
def test_lists_tell_nothing_of_it(role: str, who: dict[str, Any], case: Case) -> None:
    client = client_of(who[role])
    for address in OF_LISTS:
        for query in (
            "",
            "?export=csv",
            "?export=xlsx",
            f"?q={case.number}",
            "?stage=completeness",
        ):
            response = client.get(address.of(case) + query)
            found = body_of(response)
            assert not any(secret in found for secret in SECRETS), (address, query)
            if not role.startswith("conflicted") and (role, address.name) != REASON_FORM:
                assert response.status_code in (DENIED, TO_SIGN_IN), (address, query)


REASON_FORM = ("superuser", "appeals_admin:reason")


def _denied(role: str, address: Address) -> int:
    if role in ("anonymous", "nobody"):
        return TO_SIGN_IN
    if role == "superuser":
        # First the reason, whether or not there is such a case.
        return 200 if address.name == "appeals_admin:reason_for_case" else TO_SIGN_IN
    return DENIED


def _without_numbers(body: str, case: Case) -> str:
    return plain(body, case.number, MISSING)


def _location(response: Any, case: Case) -> str:
    return _without_numbers(response.get("Location", ""), case)


def test_the_office_opens_them_all(staff: dict[str, Any], case: Case) -> None:
    client = client_of(staff["office"])
    for address in OF_A_CASE:
        if address.name in ("appeals_admin:reason_for_case",):
            assert client.get(address.of(case)).status_code == DENIED
            continue
        for act in acts_for(staff["office"], case) if "act" in address.takes else ["note"]:
            if act == Act.LETTER_ISSUED:
                continue
            response = client.get(address.of(case, str(act)))
            assert response.status_code == 200, (address, act)
            assert "no-store" in response["Cache-Control"]


def test_an_office_member_with_a_conflict_finds_it_in_no_list(
    staff: dict[str, Any], case: Case
) -> None:
    for name in ("colleague", "decider"):
        client = client_of(staff[name])
        for address in OF_LISTS:
            for query in ("", "?export=csv"):
                assert case.number not in body_of(client.get(address.of(case) + query))


def test_who_was_refused_stands_in_the_log(who: dict[str, Any], case: Case) -> None:
    client_of(who["department"]).get(f"/admin/appeals/cases/{case.number}/")
    entry = CaseAccess.objects.first()
    assert (entry.what, entry.case, entry.by_name) == ("refused", case, "Department")
