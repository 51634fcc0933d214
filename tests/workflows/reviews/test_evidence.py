"""A review is decided on the evidence that was submitted, and on no other file (law 2, MC-8)."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model

from credentials.people.roles import grant_roles
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.people import person
from tests.workflows.reviews.reviewing import ANSWERS, opened
from tests.workflows.reviews.test_a_review import CONTINUE, finish, move, resolve
from workflows.exceptions import DecisionRefused
from workflows.models import ReviewOutcome, ReviewSubmission, StudyEvidence
from workflows.reviews.self_study import return_study, save_study, submit_study

pytestmark = pytest.mark.django_db


def submitted_with(document: Any, offering: Any) -> ReviewSubmission:
    """A self-study that was submitted with a document as its evidence."""
    cycle = opened(offering)
    study = save_study(cycle, person("editor"), ANSWERS)
    StudyEvidence.objects.create(study=study, title="Survey of learners", document=document)
    return submit_study(cycle, person("editor"))


@pytest.fixture
def survey(root: Any) -> Any:
    """A document of the library."""
    grant_roles(root)
    file = ContentFile(b"Nine of ten are content.", "survey.txt")
    return get_document_model().objects.create(title="Survey", file=file)


def replace(document: Any) -> None:
    """Put another file in its place, as only a statement past the library's guard can."""
    name = document.file.storage.save("survey.txt", ContentFile(b"Nobody is content."))
    type(document).objects.filter(pk=document.pk).update(file=name, file_hash="0" * 40)


def test_a_file_that_was_replaced_is_not_decided_on(root: Any, survey: Any) -> None:
    course = CourseFactory(parent=root, author=person("editor"), life="published")
    submission = submitted_with(survey, course)
    replace(survey)
    with pytest.raises(DecisionRefused, match="Survey of learners"):
        finish(submission, CONTINUE)
    return_study(submission.cycle, person("department", 2), "Submit what it is to show.")
    finish(submit_study(submission.cycle, person("editor")), CONTINUE)
    assert ReviewOutcome.objects.exists()


def test_a_motion_is_void_once_the_file_is_replaced(root: Any, survey: Any) -> None:
    micro = MicroCredentialFactory(parent=root, author=person("editor"), life="published")
    motion = move(submitted_with(survey, micro))
    replace(survey)
    with pytest.raises(DecisionRefused):
        resolve(motion)
    assert not ReviewOutcome.objects.exists()


def test_the_page_says_that_it_is_another_file(root: Any, survey: Any, client: Client) -> None:
    course = CourseFactory(parent=root, author=person("editor"), life="published")
    submission = submitted_with(survey, course)
    client.force_login(person("department", 2))
    page = reverse("governance:review", args=[submission.cycle_id])
    assert "another file than" not in client.get(page).content.decode()
    replace(survey)
    assert "another file than the one that was submitted" in client.get(page).content.decode()
