"""An outside party signs by a private link and a one-time code, and nobody else does (MC-6)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import ModelLogEntry

from credentials.agreements import versions
from credentials.agreements.invitations import invite
from credentials.agreements.refusals import AgreementRefused
from credentials.agreements.status import standing_of
from credentials.models import AgreementSignature, SigningInvitation
from tests.credentials.agreements.papers import EMPLOYER, code_in, letters_to, link_in

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MC-6")]
NAME = "Élodie Roy"


@pytest.fixture
def send(employer: Any, people: Any, django_capture_on_commit_callbacks: Any) -> Callable[[], str]:
    """Send the employer an invitation; the path of its link."""

    def send_invitation() -> str:
        with django_capture_on_commit_callbacks(execute=True):
            invite(employer, people["editor"])
        return link_in(letters_to(EMPLOYER)[-1])

    return send_invitation


@pytest.fixture
def link(send: Callable[[], str]) -> str:
    """The link of an invitation."""
    return send()


class Visitor:
    """Somebody with the link, in a browser of their own."""

    def __init__(self, link: str, commits: Any) -> None:
        self.client, self.link, self.commits = Client(), link, commits

    def look(self) -> Any:
        """Open the link."""
        return self.client.get(self.link)

    def post(self, **data: str) -> Any:
        """Send one of the page's forms."""
        with self.commits(execute=True):
            return self.client.post(self.link, data, follow=True)

    def ask(self) -> str:
        """Ask for a code; the one that was sent."""
        self.post(step="send")
        return code_in(letters_to(EMPLOYER)[-1])

    def enter(self) -> None:
        """Ask for a code and enter it."""
        assert "read these terms" in text(self.post(step="enter", code=self.ask()))

    def sign(self, name: str = NAME, **data: str) -> Any:
        """Tick, type the name and sign what is shown."""
        shown = {"terms_hash": self.look().context["terms_hash"], "has_read": "on"}
        return self.post(step="sign", full_name=name, **{**shown, **data})


@pytest.fixture
def visitor(link: str, django_capture_on_commit_callbacks: Any) -> Visitor:
    """The signatory."""
    return Visitor(link, django_capture_on_commit_callbacks)


@pytest.fixture
def stranger(link: str, django_capture_on_commit_callbacks: Any) -> Visitor:
    """Somebody else who has the link, but not the signatory's mail."""
    return Visitor(link, django_capture_on_commit_callbacks)


def text(response: Any) -> str:
    """The page."""
    return response.content.decode()


def test_by_link_and_code(visitor: Visitor, agreement: Any) -> None:
    visitor.enter()
    terms = text(visitor.look())
    for words in ("Safe Patient Transfer", "Lakeshore Health", "Lends the ward", "Lakeshore Learn"):
        assert words in terms
    thanks = text(visitor.sign())
    assert "you have signed" in thanks
    signature = AgreementSignature.objects.get()
    assert signature.signed_by_name == NAME
    assert signature.signed_by_key == ""
    assert signature.method == AgreementSignature.Method.LINK
    assert signature.terms_hash == agreement.terms_hash
    assert "you have signed" in text(visitor.look())


def test_only_hashes_of_link_and_code_are_kept(visitor: Visitor) -> None:
    token = visitor.link.rstrip("/").rpartition("/")[2]
    code = visitor.ask()
    kept = str(SigningInvitation.objects.values().get())
    assert token not in kept
    assert code not in kept


def test_before_the_code_nothing_of_the_agreement_is_shown(
    stranger: Visitor, agreement: Any
) -> None:
    for page in (stranger.look(), stranger.post(step="send"), stranger.post(step="sign")):
        shown = text(page)
        for words in ("Safe Patient", "Lakeshore Health", "Roy", EMPLOYER, agreement.terms_hash):
            assert words not in shown


def test_the_page_is_kept_by_no_cache_and_found_by_no_search(stranger: Visitor) -> None:
    wrong = Client().get("/credentials/agreements/wrong/")
    assert wrong.status_code == 404
    for page in (stranger.look(), wrong):
        assert page["Cache-Control"] == "no-store"
        assert page["Referrer-Policy"] == "strict-origin"
        assert "noindex" in page["X-Robots-Tag"]
        assert '<meta name="robots" content="noindex, nofollow">' in text(page)


def test_the_code_of_one_browser_opens_no_other(visitor: Visitor, stranger: Visitor) -> None:
    visitor.enter()
    shown = visitor.look().context["terms_hash"]
    refused = stranger.post(step="sign", full_name=NAME, has_read="on", terms_hash=shown)
    assert "Ask for a new code" in text(refused)
    assert not AgreementSignature.objects.exists()


def test_a_code_works_once(visitor: Visitor, stranger: Visitor) -> None:
    code = visitor.ask()
    visitor.post(step="enter", code=code)
    assert "expired or was tried too often" in text(stranger.post(step="enter", code=code))


def test_spaces_in_the_code_mean_nothing(visitor: Visitor) -> None:
    code = visitor.ask()
    assert "read these terms" in text(visitor.post(step="enter", code=f" {code[:3]} {code[3:]} "))


def test_five_wrong_codes_and_the_right_one_no_longer_works(visitor: Visitor) -> None:
    code = visitor.ask()
    wrong = f"{(int(code) + 1) % 10**6:06}"
    answers = [text(visitor.post(step="enter", code=wrong)) for _attempt in range(5)]
    assert "Attempts left: 4" in answers[0]
    assert "no attempt is left" in answers[4]
    assert "tried too often" in text(visitor.post(step="enter", code=code))
    visitor.enter()  # a new one does


def test_a_code_expires_after_ten_minutes(visitor: Visitor, clock: Any) -> None:
    code = visitor.ask()
    clock(minutes=11)
    assert "expired" in text(visitor.post(step="enter", code=code))


def test_five_codes_an_hour(visitor: Visitor, send: Any, clock: Any) -> None:
    for _code in range(5):
        visitor.ask()
    assert "Wait an hour" in text(visitor.post(step="send"))
    visitor.link = send()  # nor does a new link bring more
    assert "Wait an hour" in text(visitor.post(step="send"))
    clock(minutes=61)
    visitor.enter()


def test_the_terms_close_after_an_hour(visitor: Visitor, clock: Any) -> None:
    visitor.enter()
    clock(minutes=61)
    assert "Safe Patient" not in text(visitor.look())


def test_a_link_expires_after_two_weeks(visitor: Visitor, clock: Any) -> None:
    clock(days=13)
    assert visitor.look().status_code == 200
    clock(days=1, seconds=1)
    page = visitor.look()
    assert page.status_code == 404
    assert "ask for a new one" in text(page)


def test_sending_again_revokes_the_older_link(visitor: Visitor, send: Any) -> None:
    visitor.enter()
    newer = send()
    assert visitor.look().status_code == 404
    assert Client().get(newer).status_code == 200


def test_a_used_link_is_of_no_use_to_others(visitor: Visitor, stranger: Visitor) -> None:
    visitor.enter()
    visitor.sign()
    assert stranger.look().status_code == 404
    assert stranger.post(step="send").status_code == 404


@pytest.mark.parametrize("act", ["cancel", "new_version"])
def test_a_link_ends_with_its_version(
    visitor: Visitor, agreement: Any, people: Any, act: str
) -> None:
    visitor.enter()
    if act == "cancel":
        versions.cancel(agreement, people["editor"])
    else:
        second = versions.new_version(agreement, people["editor"])
        versions.open_for_signature(second, people["editor"])
    assert visitor.look().status_code == 404


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"has_read": ""}, "Tick this once you have read"),
        ({"name": "Somebody Else"}, "Type the name as the agreement has it"),
        ({"name": ""}, "This field is required"),
        ({"terms_hash": "0" * 64}, "not those that you were shown"),
    ],
)
def test_a_signature_needs_the_tick_the_name_and_the_terms(
    visitor: Visitor, data: dict[str, str], sentence: str
) -> None:
    visitor.enter()
    assert sentence in text(visitor.sign(**data))
    assert not AgreementSignature.objects.exists()


def test_a_name_without_accents_is_the_same_name(visitor: Visitor) -> None:
    visitor.enter()
    assert "you have signed" in text(visitor.sign(name=" elodie  ROY"))


def test_signing_from_two_windows_signs_once(visitor: Visitor) -> None:
    visitor.enter()
    shown = visitor.look().context["terms_hash"]
    for _window in range(2):
        page = visitor.post(step="sign", full_name=NAME, has_read="on", terms_hash=shown)
        assert "you have signed" in text(page)
    assert AgreementSignature.objects.count() == 1


def test_a_form_from_another_site_is_refused(visitor: Visitor) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(visitor.link, {"step": "send"}).status_code == 403


def test_who_may_invite(employer: Any, people: Any) -> None:
    with pytest.raises(AgreementRefused, match="may edit the offering"):
        invite(employer, people["committee"])
    assert not mail.outbox


def test_nobody_is_invited_to_a_draft(draft: Any, people: Any) -> None:
    with pytest.raises(AgreementRefused, match="Open it first"):
        invite(draft.parties.last(), people["editor"])


def test_nobody_is_invited_to_what_was_cancelled_meanwhile(employer: Any, people: Any) -> None:
    shown = employer.agreement  # as a window left open has it
    versions.cancel(shown, people["editor"])
    with pytest.raises(AgreementRefused, match="Open it first"):
        invite(employer, people["editor"])
    assert shown.state == shown.State.OPEN


def test_the_letter_has_the_title_of_the_newest_draft(
    visitor: Visitor, offering: Any, employer: Any, send: Any
) -> None:
    offering.title = "Safer Patient Transfer"
    offering.save_revision()
    employer.agreement.offering.refresh_from_db()
    visitor.link = send()
    letter = letters_to(EMPLOYER)[-1]
    assert "Safer Patient Transfer" in letter.body
    assert "Safer Patient Transfer" in letter.subject
    visitor.enter()
    assert "Safer Patient Transfer" in text(visitor.look())


def test_nobody_is_invited_to_sign_twice(visitor: Visitor, employer: Any, people: Any) -> None:
    visitor.enter()
    visitor.sign()
    with pytest.raises(AgreementRefused, match="signed already"):
        invite(employer, people["editor"])


def test_the_letter_says_who_what_and_until_when(visitor: Visitor) -> None:
    (letter,) = letters_to(EMPLOYER)
    for words in (NAME, "Lakeshore Health", "Safe Patient Transfer", "works until"):
        assert words in letter.body
    assert "\n" not in letter.subject


def test_the_log_names_parties_only(visitor: Visitor, agreement: Any) -> None:
    visitor.enter()
    visitor.sign()
    entries = ModelLogEntry.objects.for_instance(agreement).order_by("pk")
    assert [entry.action.rpartition(".")[2] for entry in entries] == [
        "open",
        "invite",
        "code",
        "sign",
    ]
    for entry in entries:
        assert "@" not in str(entry.data)
        assert "Roy" not in f"{entry.data}{entry.message}"
    assert [party.name for party in standing_of(agreement).unsigned] == [
        "Continuous Learning Department"
    ]


def test_it_speaks_french(visitor: Visitor) -> None:
    page = visitor.client.get(visitor.link, headers={"Accept-Language": "fr"})
    assert '<html lang="fr">' in text(page)
