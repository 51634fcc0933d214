"""Law 1, tried while offices decide: content changed after it was submitted."""

from typing import Any

import pytest
from django.test import Client

from credentials.models import PublishedVersion
from tests.committee import open_vote
from tests.factories import MicroCredentialFactory
from tests.people import person
from tests.proposals import approve, draft, edit, latest_revision, stage_state
from workflows.exceptions import DecisionRefused

pytestmark = pytest.mark.django_db

SENTENCE = "has not been approved"
SECRET = "Unapproved words"


def test_submit_approve_then_edit(root: Any, public_words: Any) -> None:
    offering = MicroCredentialFactory(parent=root, life="submitted")
    approve(offering, person("department"))
    edit(offering, competency=SECRET)
    with pytest.raises(DecisionRefused, match="has changed since it was submitted"):
        open_vote(offering)
    assert SECRET not in public_words()


def test_overwriting_the_revision_under_decision(root: Any, public_words: Any) -> None:
    offering = MicroCredentialFactory(parent=root, life="submitted")
    approve(offering, person("department"))
    page = draft(offering)
    page.competency = SECRET
    page.save_revision(overwrite_revision=latest_revision(offering))
    with pytest.raises(DecisionRefused, match="has changed since it was submitted"):
        open_vote(offering)
    assert SECRET not in public_words()


def test_deciding_below_our_stages(root: Any, client: Client) -> None:
    """Wagtail's own TaskState.approve checks nothing; ours decides what counts."""
    offering = MicroCredentialFactory(parent=root, life="submitted")
    for _attempt in range(2):
        base_state = stage_state(offering).taskstate_ptr
        base_state.approve(user=person("editor"))
        assert stage_state(offering).task.name == "Department review"
    workflow_state = draft(offering).current_workflow_state
    with pytest.raises(DecisionRefused, match="has not been decided on its whole route"):
        workflow_state.finish(user=person("editor"))
    assert not PublishedVersion.objects.exists()
