"""Private pages: shut without a code, alike when a link does not work, kept nowhere (law 6)."""

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from appeals.acts import additions, completeness
from appeals.acts import response as responding
from appeals.acts.letters import issue
from appeals.choices import Act, Purpose, Stage
from appeals.models import (
    Case,
    CaseAccess,
    FilingDraft,
    FirstInstanceDecider,
    Letter,
    PrivateLink,
)
from appeals.private_access import links
from appeals.rules.letter_text import LetterKind
from appeals.uploads.inspection import check_upload
from credentials.private_links.links import hash_of
from tests.appeals.making import EMAIL, NAME, RESPONDENT, STATEMENT, make_case
from tests.appeals.uploads.samples import PDF
from tests.appeals.visiting import Visitor, an_old_mark, last_link, letters_to, text, the_case

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-1")]
NOTE = "A note of the office: quizzaciously."


@pytest.fixture
def case(staff: dict[str, Any], visitor: Visitor) -> Case:
    """A case on which information is asked, with a note that the appellant is not to read."""
    with visitor.commits(execute=True):
        made = make_case(staff, Stage.COMPLETENESS)
        additions.note(staff["office"], made, NOTE)
        completeness.request_information(staff["office"], made, "The decision itself, please.")
    visitor.email = EMAIL
    visitor.link = last_link(EMAIL)
    return made


@pytest.fixture
def appellant(case: Case, visitor: Visitor) -> Visitor:
    """The appellant, who has opened their link."""
    visitor.open()
    return visitor


@pytest.fixture
def respondent(
    staff: dict[str, Any], django_capture_on_commit_callbacks: Any, root: Any
) -> Visitor:
    """The original decision-maker, who is asked for a response and has opened their link."""
    visitor = Visitor(django_capture_on_commit_callbacks, RESPONDENT.email)
    with visitor.commits(execute=True):
        made = make_case(staff, Stage.RESPONSE)
        additions.note(staff["office"], made, NOTE)
        who = FirstInstanceDecider.objects.get(is_respondent=True)
        responding.request_response(staff["office"], made, who)
    visitor.open(last_link(RESPONDENT.email))
    return visitor


def test_before_the_code_nothing_of_the_case_is_shown(case: Case, visitor: Visitor) -> None:
    pages = ("", "documents/", "withdraw/", "letters/1/", "documents/1/", "response/documents/")
    for address in pages:
        for response in (visitor.get(address), visitor.post(address, text="x")):
            shown = text(response)
            for words in (case.number, NAME, EMAIL, STATEMENT, "Data for Nurses"):
                assert words not in shown, address


def test_the_appellant_reads_what_is_theirs(appellant: Visitor, case: Case) -> None:
    page = text(appellant.get())
    assert case.number in page
    assert "We need something from you" in page
    assert "The decision itself, please." in page
    assert "We need it by" in page
    assert STATEMENT in page
    assert "quizzaciously" not in page
    assert RESPONDENT.name not in page
    assert "Assigned" not in page


def test_the_appellant_answers_and_the_appeal_goes_on(appellant: Visitor, case: Case) -> None:
    file = SimpleUploadedFile("decision.pdf", PDF)
    page = text(appellant.post("documents/", files=file, title="The decision"))
    assert "“decision.pdf” was added" in page
    assert "Write something first" in text(appellant.post(step="answer", text="  "))
    page = text(appellant.post(step="answer", text="Here it is."))
    assert "Your answer has arrived" in page
    assert the_case().stage == Stage.COMPLETENESS
    assert case.events.get(act=Act.INFORMATION_RECEIVED).text == "Here it is."
    assert case.documents.get().is_shared
    # The answer was asked for once: sent again, it is refused and kept in the form.
    page = text(appellant.post(step="answer", text="Here it is again."))
    assert "cannot be done now" in page


def test_an_answer_that_comes_after_the_hour_goes_through_the_code_page(
    appellant: Visitor, case: Case, monkeypatch: Any
) -> None:
    later = timezone.now() + datetime.timedelta(hours=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    page = appellant.post(step="answer", text="Written for very long.")
    assert "What you wrote is kept" in text(page)
    assert "Written for very long." in text(page)
    carried = {"kept-step": "answer", "kept-text": "Written for very long."}
    appellant.post(step="send", **carried)
    wrong = text(appellant.post(step="enter", code="1", **carried))
    assert "Written for very long." in wrong
    code = letters_to(EMAIL)[-1].body
    digits = next(word for word in code.split() if word.isdigit() and len(word) == 6)
    assert "Your answer has arrived" in text(appellant.post(step="enter", code=digits, **carried))
    assert case.events.get(act=Act.INFORMATION_RECEIVED).text == "Written for very long."


def test_withdrawing_is_asked_once_more(appellant: Visitor, case: Case) -> None:
    assert "cannot be undone" in text(appellant.get("withdraw/"))
    appellant.post("withdraw/")
    assert the_case().stage == Stage.INFORMATION
    page = text(appellant.post("withdraw/", step="withdraw", reason="We talked."))
    assert "Your appeal is withdrawn" in page
    assert the_case().stage == Stage.CONCLUDED
    again = appellant.client.get(appellant.link + "withdraw/", follow=True)
    assert "can no longer be withdrawn" in text(again)


def test_documents_of_the_office_are_not_found(
    appellant: Visitor, case: Case, staff: dict[str, Any]
) -> None:
    kept = additions.add_document(
        staff["office"], case, check_upload(SimpleUploadedFile("memo.pdf", PDF))
    )
    shared = additions.add_document(
        staff["office"], case, check_upload(SimpleUploadedFile("rules.pdf", PDF)), is_shared=True
    )
    assert appellant.get(f"documents/{kept.pk}/").status_code == 404
    assert "memo.pdf" not in text(appellant.get())
    given = appellant.get(f"documents/{shared.pk}/")
    assert b"".join(given.streaming_content) == PDF
    assert given["Content-Disposition"] == 'attachment; filename="rules.pdf"'
    assert given["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given["Content-Security-Policy"]
    assert given["Cache-Control"] == "no-store"


def test_every_look_by_link_is_logged(appellant: Visitor, case: Case) -> None:
    before = CaseAccess.objects.filter(case=case, by_name=NAME).count()
    appellant.get()
    assert CaseAccess.objects.filter(case=case, by_name=NAME).count() == before + 1


def test_the_respondent_reads_the_appeal_and_responds_once(respondent: Visitor) -> None:
    case = the_case()
    page = text(respondent.get())
    for words in (case.number, STATEMENT, "Please respond by"):
        assert words in page
    for words in ("quizzaciously", EMAIL):
        assert words not in page
    respondent.post("response/documents/", files=SimpleUploadedFile("minutes.pdf", PDF))
    thanks = text(respondent.post(step="respond", text="The rules were followed."))
    assert "Your response has arrived" in thanks
    assert "Nothing more is asked of you" in thanks
    assert the_case().stage == Stage.REVIEW
    assert case.documents.get().part == "respondent"
    respondent.post(step="respond", text="Once more.")
    assert case.events.filter(act=Act.RESPONSE_RECEIVED).count() == 1
    respondent.post("response/documents/", files=SimpleUploadedFile("more.pdf", PDF))
    assert case.documents.count() == 1
    # In another browser the link is used up.
    assert Client().get(respondent.link).status_code == 404


def test_links_of_one_purpose_open_no_page_of_another(respondent: Visitor) -> None:
    for address in ("documents/", "withdraw/", "letters/1/", "write/check/", "write/you/"):
        assert respondent.get(address).status_code == 404, address


def test_wrong_used_expired_and_replaced_links_answer_alike(
    case: Case, visitor: Visitor, stranger: Visitor, staff: dict[str, Any]
) -> None:
    replaced = links.issue(Purpose.APPELLANT, EMAIL, case=case)
    expired = links.issue(Purpose.APPELLANT, EMAIL, case=case)
    PrivateLink.objects.filter(token_hash=hash_of(expired)).update(expires_at=timezone.now())
    stranger.begin()
    used = stranger.link
    FilingDraft.objects.all().delete()
    bodies = set()
    for link in (
        "/appeals/private/wrong/",
        f"/appeals/private/{replaced}/",
        f"/appeals/private/{expired}/",
        used,
    ):
        response = Client().get(link)
        assert response.status_code == 404
        assert response["Cache-Control"] == "no-store"
        bodies.add(text(response).replace(link, ""))
    assert len(bodies) == 1


def test_who_is_inside_stays_when_a_newer_message_replaces_the_link(
    appellant: Visitor, case: Case
) -> None:
    links.issue(Purpose.APPELLANT, EMAIL, case=case)
    assert case.number in text(appellant.get())
    assert Client().get(appellant.link).status_code == 404


def test_the_page_can_be_closed(appellant: Visitor, case: Case) -> None:
    assert "The page is closed" in text(appellant.post(step="leave"))
    assert case.number not in text(appellant.get())


def test_private_pages_are_kept_by_no_cache_and_found_by_no_search(appellant: Visitor) -> None:
    pages = (
        appellant.get(),
        appellant.get("withdraw/"),
        Client().get(appellant.link),
        Client().get("/appeals/file/"),
    )
    for page in pages:
        assert page["Cache-Control"] == "no-store"
        assert page["Referrer-Policy"] == "strict-origin"
        assert "noindex" in page["X-Robots-Tag"]


def test_a_claim_of_two_gigabytes_is_refused_before_it_is_read(appellant: Visitor) -> None:
    class Unread:
        def read(self, *args: int) -> bytes:
            raise AssertionError("It was read.")

        readline = read

    response = appellant.client.generic(
        "POST",
        appellant.link + "documents/",
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(2 * 1024**3),
        **{"wsgi.input": Unread()},
    )
    assert response.status_code == 413
    assert "It was not read, and nothing was added" in text(response)
    assert "20 MB" in text(response)


def test_forged_requests_are_refused(appellant: Visitor, case: Case) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = appellant.client.cookies
    refused = client.post(appellant.link + "withdraw/", {"step": "withdraw"})
    assert refused.status_code == 403
    assert the_case().stage == Stage.INFORMATION


def test_a_lost_link_is_sent_to_the_appellant_only(
    case: Case, visitor: Visitor, stranger: Visitor
) -> None:
    count = len(letters_to(EMAIL))
    answers = [
        stranger.send("/appeals/link/", number=number, email=email, shown=an_old_mark())
        for number, email in (
            (case.number, "stranger@example.org"),
            ("A-1999-0001", EMAIL),
            (case.number.lower(), EMAIL.upper()),
        )
    ]
    assert len({text(answer) for answer in answers}) == 1
    assert letters_to("stranger@example.org") == []
    assert len(letters_to(EMAIL)) == count + 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"website": "https://casino.example"}, "has to stay empty"),
        ({"shown": "forged"}, "open for very long"),
        ({"shown": "fresh"}, "faster than people type"),
        ({"email": "no address"}, "This is no e-mail address"),
    ],
)
def test_programs_are_told_from_people_and_told_so(
    visitor: Visitor, given: dict[str, str], sentence: str
) -> None:
    fresh = visitor.client.get("/appeals/file/").context["shown"]
    sent = {"email": EMAIL, "shown": an_old_mark()} | given
    sent["shown"] = fresh if sent["shown"] == "fresh" else sent["shown"]
    page = text(visitor.send("/appeals/file/", **sent))
    assert sentence in page
    assert sent["email"] in page
    assert not FilingDraft.objects.exists()


def test_the_appellant_reads_their_letters_and_no_other(
    appellant: Visitor, case: Case, staff: dict[str, Any]
) -> None:
    letter = issue(
        staff["office"], case, LetterKind.INCOMPLETE, "What is missing", "Please add it.\n\nSoon."
    )
    Letter.objects.create(
        case=case,
        number=2,
        kind=LetterKind.RESPONSE_REQUEST,
        language="en",
        recipient="Ignatius",
        is_to_appellant=False,
        subject="To the other side",
        body="Sealed.",
        office="Office",
        by_key="1",
        by_name="Office",
    )
    page = text(appellant.get())
    assert "What is missing" in page
    assert "To the other side" not in page
    assert "Please add it." in text(appellant.get("letters/1/"))
    assert appellant.get("letters/2/").status_code == 404
    pdf = appellant.get("letters/1/", format="pdf")
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Content-Disposition"].startswith("attachment")
    assert pdf["Cache-Control"] == "no-store"
    assert CaseAccess.objects.filter(detail=letter.reference, by_name=NAME).count() == 2


def test_the_page_of_a_case_asks_the_database_little(
    appellant: Visitor, case: Case, staff: dict[str, Any], django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        additions.note(staff["office"], case, f"Note {number}")
    with django_assert_max_num_queries(30):
        appellant.get()
