"""A self-study loses nothing: not to a refusal, a double click, another window or a late save."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import CourseFactory
from tests.workflows.reviews.reviewing import ANSWERS, opened, submitted
from workflows.models import ReviewCycle, SelfStudy
from workflows.reviews.self_study import save_study

pytestmark = [pytest.mark.django_db, pytest.mark.clause("SH-3")]
NO_ROWS = {"evidence-TOTAL_FORMS": "0", "evidence-INITIAL_FORMS": "0"}
ONE_ROW = {
    "evidence-TOTAL_FORMS": "1",
    "evidence-INITIAL_FORMS": "0",
    "evidence-0-title": "Survey of learners",
    "evidence-0-url": "https://survey.example.org/",
}


@pytest.fixture
def course(root: Any, people: Any) -> Any:
    return CourseFactory(parent=root, author=people["editor"], life="published")


@pytest.fixture
def cycle(course: Any) -> ReviewCycle:
    return opened(course)


@pytest.fixture
def editor(people: Any, client: Client) -> Client:
    client.force_login(people["editor"])
    return client


def address(cycle: ReviewCycle) -> str:
    return reverse("governance:review_study", args=[cycle.pk])


def sent_back(response: Any) -> dict[str, Any]:
    """What the form on a page sends when its button is pressed again."""
    form, rows = response.context["form"], response.context["evidence"]
    fields = [*form, *rows.management_form, *(field for row in rows.forms for field in row)]
    sent = {field.html_name: field.value() for field in fields}
    given = {name: str(value) for name, value in sent.items() if value is not None}
    return {**given, "seen": response.context["seen"]}


def test_evidence_is_kept_once_when_the_submission_was_refused_at_first(
    editor: Client, cycle: ReviewCycle
) -> None:
    refused = editor.post(address(cycle), {"outcomes": "Fine.", **ONE_ROW, "submit": ""})
    assert "not submitted" in refused.content.decode()
    answered = sent_back(refused) | ANSWERS | {"submit": ""}
    editor.post(address(cycle), answered)
    submission = cycle.submissions.get()
    assert [item["title"] for item in submission.study["evidence"]] == ["Survey of learners"]


def test_what_is_missing_is_said_at_its_field(editor: Client, cycle: ReviewCycle) -> None:
    answers = ANSWERS | {"results": "", "recommendation": "retire"}
    response = editor.post(address(cycle), {**answers, **NO_ROWS, "submit": ""})
    assert set(response.context["form"].errors) == {"__all__", "results", "public_note"}


def test_two_people_do_not_write_over_each_other(
    editor: Client, cycle: ReviewCycle, people: Any
) -> None:
    mine = sent_back(editor.get(address(cycle))) | {"outcomes": "What the editor found."}
    save_study(cycle, people["department"], {"outcomes": "What the Department found."})
    refused = editor.post(address(cycle), mine)
    assert "saved this self-study while you were writing" in refused.content.decode()
    assert "What the editor found." in refused.content.decode()
    assert SelfStudy.objects.get(cycle=cycle).outcomes == "What the Department found."
    both = sent_back(refused) | {"outcomes": "What both found."}
    editor.post(address(cycle), both)
    assert SelfStudy.objects.get(cycle=cycle).outcomes == "What both found."


def test_what_was_saved_too_late_is_shown_again_with_the_reason(
    editor: Client, course: Any, people: Any
) -> None:
    cycle = submitted(course, people["editor"]).cycle
    late = editor.post(address(cycle), {**ANSWERS, "results": "A late thought.", **NO_ROWS})
    assert "it cannot be changed" in late.content.decode()
    assert "A late thought." in late.content.decode()


def test_whoever_comes_to_the_form_too_late_is_told_why(
    editor: Client, course: Any, people: Any
) -> None:
    cycle = submitted(course, people["editor"]).cycle
    answer = editor.get(address(cycle), follow=True)
    assert answer.redirect_chain[0][0] == reverse("governance:review", args=[cycle.pk])
    assert "it cannot be changed" in answer.content.decode()
