"""What the workflows name by file is held too: proposed, voted on, submitted, decided elsewhere."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from credentials.exceptions import FileIsNamed
from credentials.files.faults import file_faults
from credentials.people.roles import grant_roles
from tests.committee import defeat
from tests.credentials.files.library import PICTURE, letter, offering_with, png, upload
from tests.factories import CourseFactory
from tests.people import person
from tests.proposals import approve, edit, request_changes, stage_state, submit
from tests.workflows.reviews.reviewing import ANSWERS, opened
from workflows.models import Decision, OutsideOutcome, StudyEvidence
from workflows.reviews.self_study import save_study, submit_study

pytestmark = pytest.mark.django_db


def replace(file: Any) -> None:
    """Put another file in its place, as code would."""
    stored = type(file).objects.get(pk=file.pk)
    stored.file = ContentFile(png("navy"), name="another.png")
    with transaction.atomic():
        stored.save()


@pytest.fixture
def picture(root: Any) -> Any:
    """A picture of the library."""
    return upload("olive")


def test_the_picture_of_a_proposal_under_way(root: Any, picture: Any) -> None:
    course = CourseFactory(parent=root, author=person("editor"), life="live")
    edit(course, person("editor"), image=picture)
    replace(upload("olive"))
    submit(course)
    with pytest.raises(FileIsNamed, match=f"the proposal of “{course.title}”"):
        replace(picture)
    request_changes(course, person("department"))
    replace(picture)


def test_a_draft_alone_holds_nothing(root: Any, client: Any) -> None:
    file = letter()
    course = CourseFactory(parent=root, iqap_document=file)
    assert course.iqap_document == file
    file.file.save("another.txt", ContentFile(b"another"))
    assert file.file.name.startswith("documents/another")


def test_the_picture_that_was_voted_on(root: Any, picture: Any) -> None:
    micro = offering_with(PICTURE, picture, root, life="submitted")
    approve(micro, person("department"))
    motion = defeat(micro)
    assert stage_state(micro) is None
    with pytest.raises(FileIsNamed, match=f"motion “{motion}”"):
        replace(picture)


def test_the_evidence_of_a_self_study_once_it_is_submitted(root: Any) -> None:
    grant_roles(root)
    survey = letter(b"Nine of ten are content.")
    course = CourseFactory(parent=root, author=person("editor"), life="live")
    cycle = opened(course)
    study = save_study(cycle, person("editor"), ANSWERS)
    StudyEvidence.objects.create(study=study, title="Survey", document=survey)
    replace(survey)
    submit_study(cycle, person("editor"))
    with pytest.raises(FileIsNamed, match=f"a submitted self-study of “{course.title}”"):
        replace(survey)


def test_the_document_of_what_was_decided_elsewhere(root: Any) -> None:
    minutes, course = letter(b"Carried."), CourseFactory(parent=root, life="published")
    decision = Decision.objects.filter(offering_id=course.pk).first()
    OutsideOutcome.objects.create(
        decision=decision,
        body="Senate",
        decided_on=timezone.localdate(),
        reference="S-1",
        document=minutes,
    )
    with pytest.raises(FileIsNamed, match="outside outcome “Senate, S-1”"):
        replace(minutes)
    assert list(file_faults()) == []
