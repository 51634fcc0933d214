"""Comments on fields: those who decide make them, the author finds them where the field is."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Comment

from tests.factories import MicroCredentialFactory
from tests.people import person
from tests.proposals import approve, draft, edit, request_changes, submit
from workflows.exceptions import DecisionRefused
from workflows.models import Notification
from workflows.proposals.field_comments import comment_on_field, open_comments

pytestmark = pytest.mark.django_db

WORDS = "Name the ward."


@pytest.fixture
def proposal(root: Any, people: Any) -> Any:
    """A micro-credential with the Department."""
    offering = MicroCredentialFactory(parent=root, author=people["editor"])
    submit(offering, people["editor"])
    return offering


def test_it_carries_through_to_the_author_and_to_the_committee(
    proposal: Any, people: Any, client: Client
) -> None:
    comment_on_field(proposal, people["department"], "competency", WORDS)
    request_changes(proposal, people["department"])
    client.force_login(people["editor"])
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[proposal.pk])).content.decode()
    assert WORDS in editor
    edit(proposal, by=people["editor"], competency="Moves patients on a ward.")
    draft(proposal).current_workflow_state.resume(user=people["editor"])
    approve(proposal, people["department"])
    client.force_login(people["committee"])
    page = client.get(reverse("governance:proposal", args=[proposal.pk])).content.decode()
    assert WORDS in page
    assert "on the field Competency" in page


def test_its_authors_are_told_once(proposal: Any, people: Any) -> None:
    comment_on_field(proposal, people["department"], "competency", WORDS)
    (told,) = Notification.objects.filter(key__startswith="field-comment:")
    assert told.recipient == people["editor"]
    assert "Competency" in told.body and WORDS in told.body


def test_only_those_who_decide_comment_with_words_on_a_field_that_is_there(
    proposal: Any, people: Any
) -> None:
    for someone, field, text, reason in (
        (people["editor"], "competency", WORDS, "Only those who decide"),
        (people["committee"], "competency", WORDS, "Only those who decide"),
        (people["department"], "path", WORDS, "Choose a field"),
        (people["department"], "competency", " ", "Write your comment"),
    ):
        with pytest.raises(DecisionRefused, match=reason):
            comment_on_field(proposal, someone, field, text)
    request_changes(proposal, people["department"])
    with pytest.raises(DecisionRefused, match="not under decision"):
        comment_on_field(proposal, people["department"], "competency", WORDS)
    assert not Comment.objects.exists()


def test_what_is_resolved_is_no_longer_listed(proposal: Any, people: Any) -> None:
    made = comment_on_field(proposal, person("department"), "competency", WORDS)
    assert [comment.label for comment in open_comments(proposal)] == ["Competency"]
    made.resolved_at = made.created_at
    made.save()
    assert open_comments(proposal) == []
