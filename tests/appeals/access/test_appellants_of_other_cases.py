"""Private pages are shut to appellants of other cases, staff and strangers (AP-1, law 6)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from appeals.acts import additions, completeness
from appeals.acts.letters import issue
from appeals.choices import Stage
from appeals.models import Case, CaseEvent
from appeals.rules.letter_text import LetterKind
from appeals.uploads.inspection import check_upload
from tests.appeals.access.addresses import Address, addresses
from tests.appeals.making import EMAIL, NAME, STATEMENT, make_case
from tests.appeals.uploads.samples import PDF
from tests.appeals.visiting import Visitor, last_link, text

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-1")]

BY_TOKEN = [found for found in addresses() if "token" in found.takes]
OTHER_EMAIL = "ottilie@learners.example"
SECRETS = (NAME, EMAIL, STATEMENT, "exhibit-sealed", "Yours, sealed", "Data for Nurses")
STAFF = ["editor", "department", "committee", "superuser"]
READERS = ["other_appellant", "anonymous", "office", *STAFF]


@pytest.fixture
def case(staff: dict[str, Any], visitor: Visitor) -> Case:
    """Somebody's case, with a document and a letter that they may read."""
    with visitor.commits(execute=True):
        made = make_case(staff, Stage.COMPLETENESS)
        upload = SimpleUploadedFile("exhibit-sealed.pdf", PDF)
        additions.add_document(staff["office"], made, check_upload(upload), is_shared=True)
        completeness.request_information(staff["office"], made, "The decision itself, please.")
        issue(staff["office"], made, LetterKind.INCOMPLETE, "Yours, sealed", "Please add it.")
    return made


@pytest.fixture
def token(case: Case) -> str:
    """The token of their link, which nobody else has; here somebody found it out."""
    return last_link(EMAIL).rstrip("/").rsplit("/", 1)[-1]


@pytest.fixture
def others(
    case: Case,
    staff: dict[str, Any],
    people: dict[str, Any],
    django_capture_on_commit_callbacks: Any,
) -> dict[str, Visitor]:
    """Everybody else, each in a browser of their own; the other appellant is inside their case."""
    found = {role: Visitor(django_capture_on_commit_callbacks, OTHER_EMAIL) for role in READERS}
    for role in STAFF:
        found[role].client.force_login(people[role])
    found["office"].client.force_login(staff["office"])
    other = found["other_appellant"]
    with other.commits(execute=True):
        made = make_case(
            staff,
            Stage.COMPLETENESS,
            appellant_name="Ottilie Otherwise",
            appellant_email=OTHER_EMAIL,
            offering_title="Welding",
            statement="Another story.",
        )
        completeness.request_information(staff["office"], made, "Which course, please?")
    other.open(last_link(OTHER_EMAIL))
    assert "Ottilie Otherwise" in text(other.get()) or "Welding" in text(other.get())
    return found


def address_of(address: Address, token: str, case: Case) -> str:
    """The address of what belongs to the case."""
    document = case.documents.get()
    values = {"token": token, "pk": document.pk, "letter": 1, "slug": "you"}
    return reverse(address.name, kwargs={name: values[name] for name in address.takes})


@pytest.mark.parametrize("reader", READERS)
def test_a_link_that_was_found_out_shows_nothing_without_its_code(
    reader: str, others: dict[str, Visitor], case: Case, token: str
) -> None:
    visitor = others[reader]
    before = CaseEvent.objects.count()
    assert BY_TOKEN
    for address in BY_TOKEN:
        path = address_of(address, token, case)
        given = {"text": "x", "step": "withdraw", "reason": "x"}
        for response in (visitor.client.get(path, follow=True), visitor.send(path, **given)):
            page = text(response)
            assert response.status_code in (200, 404), address
            assert not [secret for secret in SECRETS if secret in page], address
            assert case.number not in page, address
    assert CaseEvent.objects.count() == before


def test_what_is_another_cases_is_not_found_below_ones_own_link(
    others: dict[str, Visitor], case: Case
) -> None:
    other = others["other_appellant"]
    document = case.documents.get()
    missing = text(other.get("documents/999999/"))
    denied = other.get(f"documents/{document.pk}/")
    assert denied.status_code == 404
    assert text(denied) == missing
    assert other.get("letters/1/").status_code == 404  # the other case has no letter
    assert other.get(f"write/documents/{document.pk}/").status_code == 404
