"""The office ends private links at once, and corrects an address; all else stays (AP-1, law 6)."""

import logging
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from appeals.acts import completeness, contacts, response
from appeals.choices import Act, Purpose, Stage
from appeals.exceptions import CaseRefused
from appeals.models import Case, CaseAccess, OneTimeCode, PrivateLink
from appeals.private_access import links
from appeals.private_access.contact import contact_of
from credentials.private_links.one_time_codes import CodeRefused, enter_code
from tests.appeals.making import EMAIL, RESPONDENT, make_case
from tests.appeals.visiting import (
    Visitor,
    an_old_mark,
    last_code,
    last_link,
    letters_to,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-1")]

NEW = "wil.right@learners.example"
REASON = "They told us by telephone."


@pytest.fixture
def case(staff: dict[str, Any], visitor: Visitor) -> Case:
    """A case that waits for the appellant and asked the original decision-maker."""
    with visitor.commits(execute=True):
        made = make_case(staff, Stage.RESPONSE, appellant_phone="555 0100")
        response.request_response(staff["office"], made, made.first_deciders.get())
    return made


@pytest.fixture
def appellant(case: Case, visitor: Visitor) -> Visitor:
    """The appellant, inside by their link."""
    visitor.open(last_link(EMAIL))
    return visitor


@pytest.fixture
def respondent(case: Case, django_capture_on_commit_callbacks: Any) -> Visitor:
    """The original decision-maker, inside by their link."""
    visitor = Visitor(django_capture_on_commit_callbacks, RESPONDENT.email)
    visitor.open(last_link(RESPONDENT.email))
    return visitor


def correct(staff: dict[str, Any], case: Case, email: str = NEW, phone: str = "555 0100") -> None:
    contacts.correct_address(staff["office"], case, email, phone, REASON)


def test_whoever_is_inside_by_an_ended_link_is_out_at_the_next_request(
    appellant: Visitor, respondent: Visitor, case: Case, staff: dict[str, Any]
) -> None:
    assert case.number in text(appellant.get())
    contacts.end_links(staff["office"], case, Purpose.APPELLANT, REASON)
    for answer in (
        appellant.get(),
        appellant.get("documents/"),
        appellant.post("withdraw/", step="withdraw"),
        Client().get(appellant.link),
    ):
        assert answer.status_code == 404
        assert case.number not in text(answer)
    assert case.stage == Stage.RESPONSE
    # The other side's stay, until they are ended too.
    assert case.number in text(respondent.get())
    contacts.end_links(staff["office"], case, Purpose.RESPONDENT, REASON)
    assert respondent.post(step="respond", text="Too late.").status_code == 404
    assert case.events.filter(act=Act.RESPONSE_RECEIVED).count() == 0


def test_an_ended_link_answers_as_one_that_never_was(
    appellant: Visitor, case: Case, staff: dict[str, Any]
) -> None:
    contacts.end_links(staff["office"], case, Purpose.APPELLANT, REASON)
    never = "/appeals/private/never/"
    pages = {
        text(client.get(link)).replace(link, "")
        for client, link in (
            (appellant.client, appellant.link),
            (Client(), appellant.link),
            (Client(), never),
        )
    }
    assert len(pages) == 1


def test_links_that_were_replaced_before_end_with_the_rest(
    appellant: Visitor, case: Case, staff: dict[str, Any]
) -> None:
    links.issue(Purpose.APPELLANT, EMAIL, case=case)
    assert case.number in text(appellant.get()), "a newer link throws nobody out"
    contacts.end_links(staff["office"], case, Purpose.APPELLANT, REASON)
    assert appellant.get().status_code == 404


def test_codes_that_were_sent_die_with_the_link(
    case: Case, visitor: Visitor, staff: dict[str, Any]
) -> None:
    visitor.link = last_link(EMAIL)
    visitor.post(step="send")
    code = last_code(EMAIL)
    link = PrivateLink.objects.get(purpose=Purpose.APPELLANT, codes__isnull=False)
    contacts.end_links(staff["office"], case, Purpose.APPELLANT, REASON)
    assert not OneTimeCode.objects.exists()
    with pytest.raises(CodeRefused):
        enter_code(link, code)
    assert visitor.post(step="enter", code=code).status_code == 404


def test_a_new_link_is_to_be_had_as_before(
    appellant: Visitor, case: Case, staff: dict[str, Any]
) -> None:
    contacts.end_links(staff["office"], case, Purpose.APPELLANT, REASON)
    appellant.send("/appeals/link/", number=case.number, email=EMAIL, shown=an_old_mark())
    appellant.open(last_link(EMAIL))
    assert case.number in text(appellant.get())


def test_ending_is_an_event_with_its_reason_and_needs_both_links_and_reason(
    case: Case, staff: dict[str, Any]
) -> None:
    event = contacts.end_links(staff["office"], case, Purpose.RESPONDENT, REASON)
    assert (event.text, event.data, event.is_told) == (REASON, {"whose": "respondent"}, False)
    with pytest.raises(CaseRefused, match="none to end"):
        contacts.end_links(staff["office"], case, Purpose.RESPONDENT, REASON)
    with pytest.raises(CaseRefused, match="Reason"):
        contacts.end_links(staff["office"], case, Purpose.APPELLANT, " ")
    with pytest.raises(CaseRefused, match="not yours"):
        contacts.end_links(staff["decider"], case, Purpose.APPELLANT, REASON)
    assert case.events.filter(act=Act.LINKS_ENDED).count() == 1
    assert case.links.filter(purpose=Purpose.APPELLANT).exists()


def test_the_office_ends_links_on_the_page_of_the_case(
    appellant: Visitor, case: Case, staff: dict[str, Any], client: Client
) -> None:
    client.force_login(staff["office"])
    address = reverse("appeals_admin:act", args=[case.number, "end-links"])
    form = client.get(address).content.decode()
    assert "decision-makers’" in form
    assert "This field is required" in client.post(address, {"text": REASON}).content.decode()
    client.post(address, {"whose": "appellant", "text": REASON})
    assert appellant.get().status_code == 404
    # Only a side that has links is offered.
    assert 'value="appellant"' not in client.get(address).content.decode()
    page = client.get(reverse("appeals_admin:case", args=[case.number])).content.decode()
    assert "Private links ended" in page
    assert "The appellant’s links" in page


def test_with_a_new_address_old_links_end_and_a_new_one_goes_there_on_commit(
    appellant: Visitor, case: Case, staff: dict[str, Any]
) -> None:
    before = len(letters_to(EMAIL))
    with appellant.commits(execute=True):
        correct(staff, case)
        assert letters_to(NEW) == []
    assert appellant.get().status_code == 404
    assert len(letters_to(EMAIL)) == before
    (letter,) = letters_to(NEW)
    assert NEW not in letter.body + letter.subject
    right = Visitor(appellant.commits, NEW)
    right.open(last_link(NEW))
    assert case.number in text(right.get())
    assert contact_of(case).email == NEW
    case.refresh_from_db()
    assert case.appellant_email == EMAIL


def test_all_later_mail_and_the_lost_link_use_the_address_that_holds_now(
    case: Case, visitor: Visitor, staff: dict[str, Any]
) -> None:
    other = "third@learners.example"
    with visitor.commits(execute=True):
        correct(staff, case)
        correct(staff, case, other)
    mail.outbox.clear()
    with visitor.commits(execute=True):
        response.receive_response(staff["office"], case, "We followed the rules.")
        completeness.request_information(staff["office"], case, "The decision itself")
    assert {letter.to[0] for letter in mail.outbox} == {other}
    mail.outbox.clear()
    for email in (EMAIL, NEW, other.upper()):
        visitor.send("/appeals/link/", number=case.number, email=email, shown=an_old_mark())
    assert [letter.to[0] for letter in mail.outbox] == [other]


def test_a_telephone_alone_ends_no_link_and_sends_nothing(
    appellant: Visitor, case: Case, staff: dict[str, Any]
) -> None:
    mail.outbox.clear()
    with appellant.commits(execute=True):
        correct(staff, case, EMAIL.upper(), "555 0199")
    assert contact_of(case).phone == "555 0199"
    assert mail.outbox == []
    assert case.number in text(appellant.get())


@pytest.mark.parametrize(
    ("email", "phone", "sentence"),
    [
        (EMAIL, "555 0100", "has these already"),
        (f" {EMAIL.upper()} ", " 555 0100", "has these already"),
        ("no address", "", "no e-mail address"),
        ("", "", "no e-mail address"),
        (f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.example", "", "no e-mail"),
        (NEW, "5" * 51, "longer than 50"),
    ],
)
def test_the_same_address_and_what_is_none_are_refused(
    email: str, phone: str, sentence: str, case: Case, staff: dict[str, Any]
) -> None:
    before = case.links.count()
    with pytest.raises(CaseRefused, match=sentence):
        correct(staff, case, email, phone)
    assert not case.events.filter(act=Act.ADDRESS_CORRECTED).exists()
    assert case.links.count() == before


def test_only_the_office_corrects_an_address_and_says_why(
    case: Case, staff: dict[str, Any]
) -> None:
    with pytest.raises(CaseRefused, match="not yours"):
        contacts.correct_address(staff["decider"], case, NEW, "", REASON)
    with pytest.raises(CaseRefused, match="Reason"):
        contacts.correct_address(staff["office"], case, NEW, "", "")


def test_the_page_of_the_case_says_what_holds_now_and_what_was_filed(
    case: Case, staff: dict[str, Any], client: Client
) -> None:
    client.force_login(staff["office"])
    address = reverse("appeals_admin:act", args=[case.number, "correct-address"])
    path = reverse("appeals_admin:case", args=[case.number])
    assert f"<dt>E-mail</dt><dd>{EMAIL}</dd>" in client.get(path).content.decode()
    form = client.get(address).context["form"]
    assert form.initial == {"email": EMAIL, "phone": "555 0100"}
    refused = client.post(address, {**form.initial, "text": REASON}).content.decode()
    assert "has these already" in refused
    client.post(address, {"email": NEW, "phone": "", "text": REASON})
    page = client.get(path).content.decode()
    assert "Address corrected" in page
    assert "by Office." in page
    assert f"<dt>E-mail now</dt><dd>{NEW}</dd>" in page
    assert f"As it was filed: {EMAIL}, 555 0100" in " ".join(page.split())


def test_the_appellant_reads_that_it_was_corrected_and_nothing_more(
    case: Case, visitor: Visitor, staff: dict[str, Any]
) -> None:
    with visitor.commits(execute=True):
        correct(staff, case, NEW, "555 0199")
    right = Visitor(visitor.commits, NEW)
    right.open(last_link(NEW))
    page = text(right.get())
    assert "Address for messages corrected" in page
    for secret in (NEW, EMAIL, "555 0199", "555 0100", REASON, "Private links ended"):
        assert secret not in page


def test_no_address_stands_in_logs_or_in_the_access_log(
    case: Case, visitor: Visitor, staff: dict[str, Any], client: Client, caplog: Any
) -> None:
    client.force_login(staff["office"])
    address = reverse("appeals_admin:act", args=[case.number, "correct-address"])
    with caplog.at_level(logging.DEBUG), visitor.commits(execute=True):
        client.post(address, {"email": "no address", "phone": "", "text": REASON})
        client.post(address, {"email": NEW, "phone": "555 0199", "text": REASON})
        client.get(reverse("appeals_admin:case", args=[case.number]))
    assert contact_of(case).email == NEW
    logged = "\n".join(r.getMessage() for r in caplog.records if r.name != "django.db.backends")
    looked = str(list(CaseAccess.objects.values()))
    for secret in (NEW, "555 0199"):
        assert secret not in logged
        assert secret not in looked
