"""Letters and notices are written from the text in force, and say from which."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from credentials.message_adoption import adopt, draft_from
from credentials.models import MessageTemplate
from tests.committee import carry
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.lifecycle import settle
from tests.people import person
from tests.proposals import approve, request_changes, submit
from workflows.choices import Outcome
from workflows.models import DecisionLetter, Notification
from workflows.proposals.retirement import decide_retirement, request_retirement

pytestmark = pytest.mark.django_db

WORDS = {"note": "Replaced.", "reason": "No learners."}


@pytest.fixture
def office(people: dict[str, Any]) -> Any:
    """Somebody of the office that owns the texts."""
    return people["department"]


def say(office: Any, key: str, **texts: str) -> MessageTemplate:
    """Adopt a text that begins with these words."""
    draft = draft_from(MessageTemplate.objects.text_in_force(key), office)
    for name, words in texts.items():
        setattr(draft, name, f"{words}\n\n{getattr(draft, name)}")
    draft.save()
    adopt(draft, timezone.localdate(), office)
    return draft


def sent_back(root: Any) -> DecisionLetter:
    """The letter about a course that was sent back."""
    course = CourseFactory(parent=root)
    submit(course, person("editor"))
    request_changes(course, person("department"), comment="Explain the fee.")
    return DecisionLetter.objects.latest("pk")


def headings(letter: DecisionLetter) -> list[str]:
    return [section["heading"] for section in letter.sections]


def test_a_letter_says_today_what_it_said_when_its_words_were_code(root: Any) -> None:
    letter = sent_back(root)
    title = letter.offering.draft_title or letter.offering.title
    assert letter.subject == f"Changes requested: {title}"
    assert headings(letter) == ["Decision", "Authority", "Reasons", "What comes next"]
    what, authority, _reasons, comes_next = (section["text"] for section in letter.sections)
    assert what == f"“{title}”, {letter.decision.stage}: Changes requested."
    decision = letter.decision
    assert authority.splitlines() == [
        decision.signature,
        f"{decision.instrument}; {decision.policy_version}",
    ]
    assert comes_next == "Make the changes and submit it again; its page says where it stands."
    row = Notification.objects.get(key=f"decision:{decision.pk}", recipient=person("editor"))
    assert row.subject == letter.subject
    assert row.body.startswith(f"{letter.reference}\n\nDecision\n“{title}”")
    assert row.body.endswith("The letter can be read and printed here:")


def test_a_committees_letter_has_its_vote_and_conditions(root: Any) -> None:
    offering = MicroCredentialFactory(parent=root)
    submit(offering, person("editor"))
    approve(offering, person("department"))
    carry(offering, conditions=("The fee is set.",), text="Approved.")
    letter = DecisionLetter.objects.get()
    assert headings(letter) == [
        "Decision",
        "Authority",
        "Vote",
        "Conditions",
        "Reasons",
        "What comes next",
    ]
    assert letter.occasion == "letter_approved"


def test_new_words_are_in_the_next_letter_and_the_old_one_stays_as_sent(
    root: Any, office: Any, client: Client
) -> None:
    before = sent_back(root)
    kept = before.sections
    version = say(office, "letter_changes", body_en="Dear colleague,")
    after = sent_back(root)
    assert after.sections[0] == {"heading": "", "text": "Dear colleague,"}
    assert [section["heading"] for section in after.sections[1:]] == headings(before)
    before.refresh_from_db()
    assert before.sections == kept
    assert (before.template, before.written_from) == (None, "Supplied text")
    assert (after.template, after.written_from) == (version, "Version 1")
    client.force_login(office)
    page = client.get(reverse("governance:letter", args=[after.pk])).content.decode()
    assert "Dear colleague," in page
    assert "Version 1" in page
    row = Notification.objects.get(key=f"decision:{after.decision_id}", recipient=person("editor"))
    assert "Dear colleague," in row.body
    assert row.written_from == "Supplied text"


def test_the_office_tries_a_text_on_a_letter_that_was_sent(
    root: Any, office: Any, client: Client
) -> None:
    letter = sent_back(root)
    client.force_login(office)
    draft = draft_from(MessageTemplate.objects.text_in_force("letter_changes"), office)
    page = client.get(reverse("letters:version", args=[draft.pk])).content.decode()
    assert letter.reference in page
    assert "Explain the fee." in page
    other = client.get(reverse("letters:occasion", args=["letter_declined"])).content.decode()
    assert letter.reference not in other


def test_a_notice_is_in_its_readers_language_and_names_its_version(root: Any, office: Any) -> None:
    version = say(office, "stage", body_en="Good morning.", body_fr="Bonjour.")
    second = person("department", 2)
    UserProfile.objects.create(user=second, preferred_language="fr")
    submit(CourseFactory(parent=root), person("editor"))
    said = {row.recipient: row for row in Notification.objects.filter(key__startswith="stage:")}
    assert said[office].body.startswith("Good morning.")
    assert said[second].body.startswith("Bonjour.")
    assert said[second].subject.startswith("À décider")
    assert {row.template for row in said.values()} == {version}


@pytest.mark.parametrize(
    ("action", "words"), [("retire", "It is retired."), ("withdraw", "It is withdrawn.")]
)
def test_a_retirements_letter_speaks_of_a_retirement(root: Any, action: str, words: str) -> None:
    offering = MicroCredentialFactory(parent=root, life="published")
    settle(request_retirement(offering, person("department"), action=action, **WORDS))
    letter = DecisionLetter.objects.latest("pk")
    assert letter.sections[-1]["text"].startswith(words)
    assert "published" not in letter.sections[-1]["text"]


def test_a_request_that_is_refused_leaves_it_as_it_is(root: Any) -> None:
    course = CourseFactory(parent=root, life="published")
    request = request_retirement(course, person("department"), action="retire", **WORDS)
    decide_retirement(request, person("department", 2), Outcome.DECLINED, "It is needed.")
    letter = DecisionLetter.objects.latest("pk")
    assert letter.occasion == "letter_kept"
    assert letter.sections[-1]["text"] == "It stays published as it is."


def test_a_letter_can_be_in_french(root: Any) -> None:
    with translation.override("fr"):
        letter = sent_back(root)
    assert headings(letter) == ["Décision", "Autorité", "Raisons", "Ce qui suit"]
