"""Renaming rewrites nothing: proposers take new words over, the Department brings them in."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from credentials.models import AcademicUnit, CatalogueEntry, PublishedVersion, Skill
from credentials.people.roles import grant_roles
from credentials.published.words import names_in
from credentials.record.content import freeze
from tests.factories import AcademicUnitFactory, CourseFactory, skill
from tests.lifecycle import decide
from tests.people import person
from tests.proposals import (
    agree,
    approve,
    draft,
    edit,
    request_changes,
    shown,
    stage_state,
    submit,
)
from workflows.exceptions import DecisionRefused, NotYours
from workflows.models import Bundle, Decision
from workflows.proposals.new_words import bring_up_to_date, outdated_offerings, take_new_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(root: Any) -> Any:
    """A published course that names a unit and a skill."""
    grant_roles(root)
    return CourseFactory(
        parent=root,
        title="Safe transfers",
        academic_unit=AcademicUnitFactory(),
        author=person("editor"),
        children={"offering_skills": [skill("Transfer")]},
        life="live",
    )


def unit_named(document: dict[str, Any]) -> str:
    return str(document["academic_unit"]["name"])


def rename(name: str = "School of Health") -> None:
    AcademicUnit.objects.update(name=name)


def test_renaming_rewrites_nothing_that_is_published(course: Any, client: Client) -> None:
    before = CatalogueEntry.objects.current().get().body
    rename()
    Skill.objects.update(name="Lifting")
    course.save()
    assert CatalogueEntry.objects.current().get().body == before
    assert "School of Health" not in client.get(course.url).content.decode()


def test_the_catalogue_is_brought_up_to_date_by_the_department(course: Any) -> None:
    rename()
    outdated = list(outdated_offerings())
    assert [(row.offering.pk, row.hindrance) for row in outdated] == [(course.pk, "")]
    assert {"Academic unit", "Who decides on admission"} == {
        str(renaming.label) for renaming in outdated[0].renamings
    }
    assert bring_up_to_date(person("department", 2), [course]) is None
    state = stage_state(course)
    assert state.workflow_state.workflow.name.startswith("Editorial")
    assert unit_named(course.versions.latest("number").public_document) != "School of Health"
    decide(course)
    first, second = PublishedVersion.objects.in_order()
    assert unit_named(second.public_document) == "School of Health"
    assert second.content_hash == first.content_hash
    assert second.approval.route == "editorial"
    assert list(outdated_offerings()) == []


def test_several_stand_in_one_bundle_and_are_published_together(root: Any, course: Any) -> None:
    other = CourseFactory(
        parent=root, academic_unit=AcademicUnit.objects.get(), author=person("editor"), life="live"
    )
    rename()
    bundle = bring_up_to_date(person("department"), [course, other])
    assert bundle is not None and bundle.members.count() == 2
    approve(course, person("department", 2))
    assert PublishedVersion.objects.count() == 2
    approve(other, person("department", 2))
    names = [unit_named(version.public_document) for version in PublishedVersion.objects.in_order()]
    assert names[2:] == ["School of Health"] * 2
    assert Bundle.objects.get().state == Bundle.State.PUBLISHED


def test_only_the_department_brings_it_up_to_date(course: Any, client: Client) -> None:
    rename()
    with pytest.raises(NotYours):
        bring_up_to_date(person("editor"), [course])
    client.force_login(person("editor"))
    answer = client.post(reverse("governance:new_words"), {"offering": course.pk})
    assert answer.status_code in (302, 403)
    assert stage_state(course) is None


def test_a_draft_that_is_being_written_is_left_to_its_author(course: Any) -> None:
    edit(course, fee=510)
    rename()
    (outdated,) = outdated_offerings()
    assert "draft is being written" in outdated.hindrance
    with pytest.raises(DecisionRefused, match="draft is being written"):
        bring_up_to_date(person("department"), [course])
    assert stage_state(course) is None


def test_the_page_lists_and_proposes(course: Any, client: Client) -> None:
    client.force_login(person("department"))
    address = reverse("governance:new_words")
    assert "nothing to do" in client.get(address).content.decode()
    rename()
    page = client.get(address).content.decode()
    assert "School of Health" in page and "Safe transfers" in page
    answer = client.post(address, {"offering": [course.pk, "7e9"]})
    assert answer.url == reverse("governance:proposal", args=[course.pk])
    said = client.get(answer.url).content.decode()
    assert "Other records in new words" in said and "School of Health" in said


def test_who_proposes_takes_new_words_over_and_decisions_begin_again(
    course: Any, client: Client, people: Any
) -> None:
    edit(course, by=person("editor"), fee=510)
    submit(course, person("editor"))
    rename()
    client.force_login(people["department"])
    before = shown(course)
    take_new_words(draft(course), person("editor"))
    assert shown(course) != before
    assert shown(course).split(".")[0] == before.split(".")[0]
    address = reverse("governance:proposal", args=[course.pk])
    stale = {"outcome": "approved", "comment": "", "content_hash": before}
    assert "has changed since" in client.post(address, stale).content.decode()
    assert not Decision.objects.exists()
    client.post(address, stale | {"content_hash": shown(course)})
    latest = PublishedVersion.objects.latest("number")
    assert unit_named(latest.public_document) == "School of Health"


def test_taking_them_over_in_words_alone_changes_words_alone(course: Any) -> None:
    rename()
    bring_up_to_date(person("department", 2), [course])
    rename("Faculty of Care")
    take_new_words(draft(course), person("department", 2))
    decide(course)
    first, second = PublishedVersion.objects.in_order()
    changed = {k for k, v in second.public_document.items() if first.public_document[k] != v}
    assert changed == {"academic_unit", "admission"}
    assert unit_named(second.public_document) == "Faculty of Care"


def test_a_stranger_does_not_take_words_over(course: Any) -> None:
    edit(course, by=person("editor"), fee=510)
    submit(course, person("editor"))
    rename()
    with pytest.raises(NotYours):
        take_new_words(draft(course), person("committee"))


def test_a_units_code_stays_once_the_record_names_it(course: Any) -> None:
    unit = AcademicUnit.objects.get()
    unit.code = "health"
    with pytest.raises(ValidationError, match="its code"):
        unit.full_clean()


def test_a_redline_calls_records_what_they_were_called_at_submission(
    course: Any, client: Client, people: Any
) -> None:
    edit(course, academic_unit=None)
    agree(course)
    edit(course, academic_unit=AcademicUnitFactory(code="arts", name="Faculty of Arts"))
    agree(course)
    submit(course)
    AcademicUnit.objects.filter(code="arts").update(name="Conservatory")
    client.force_login(people["department"])
    page = client.get(reverse("governance:proposal", args=[course.pk])).content.decode()
    assert "Faculty of Arts" in page
    assert names_in(course.versions.get().public_document)
    assert freeze(draft(course)).document == ""


def test_a_draft_that_was_put_back_brings_no_older_words_public(course: Any) -> None:
    """A higher fee was submitted and sent back, the draft put back to what is published."""
    editor, department = person("editor"), person("department")
    edit(course, by=editor, fee=940)
    submit(course, editor)
    request_changes(course, department)
    edit(course, by=editor, fee=course.fee)
    rename()
    with pytest.raises(DecisionRefused, match="Submit it again"):
        take_new_words(draft(course), editor)
    assert PublishedVersion.objects.count() == 1


def test_a_draft_that_changed_under_decision_is_not_taken_over(course: Any) -> None:
    edit(course, by=person("editor"), fee=940)
    submit(course, person("editor"))
    edit(course, by=person("editor"), fee=course.fee)
    rename()
    with pytest.raises(DecisionRefused, match="Submit it again"):
        take_new_words(draft(course), person("editor"))


def test_nothing_renamed_is_nothing_to_take_over(course: Any) -> None:
    edit(course, by=person("editor"), fee=510)
    submit(course, person("editor"))
    with pytest.raises(DecisionRefused, match="has been renamed"):
        take_new_words(draft(course), person("editor"))
