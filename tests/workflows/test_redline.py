"""A redline says in words what differs, whatever form the content was kept in."""

import json
from typing import Any

import pytest

from credentials.models import MicroCredential
from credentials.record.content import freeze
from tests.factories import AcademicUnitFactory, MicroCredentialFactory, skill
from workflows.proposals.redline import Row, redline, words

pytestmark = pytest.mark.django_db

MODULES = [
    {"type": "module", "value": {"title": "Lifts", "hours": "5", "topics": ["Hoists", "Belts"]}},
    {"type": "module", "value": {"title": "Falls", "hours": "6", "topics": ["Floors"]}},
]


def rows(before: Any, after: Any) -> dict[str, Row]:
    return {row.label: row for row in redline(MicroCredential, before, after)}


def said(row: Row) -> list[str]:
    return ["".join(piece.text for piece in line.pieces) for line in row.lines]


def with_modules(content: Any, modules: list[Any]) -> Any:
    return {**content, "governed": {**content["governed"], "curriculum": modules}}


def test_items_read_alike_from_a_form_and_from_the_canonical_record(root: Any) -> None:
    content = freeze(MicroCredentialFactory(parent=root)).content
    before = with_modules(content, json.loads(json.dumps(MODULES, sort_keys=True)))
    added = {"type": "module", "value": {"title": "Bariatric care", "hours": "3", "topics": []}}
    row = rows(before, with_modules(content, [*MODULES, added]))["Curriculum"]
    assert [line.status for line in row.lines] == ["kept", "kept", "added"]
    assert said(row)[0] == "Lifts · Hours: 5 · Topics: Hoists; Belts"


def test_related_rows_are_read_by_their_names(
    root: Any, django_assert_max_num_queries: Any
) -> None:
    skills = [skill(name) for name in ("Hoisting", "Listening", "Lifting")]
    offering = MicroCredentialFactory(
        parent=root,
        academic_unit=AcademicUnitFactory(name="School of Nursing"),
        children={"offering_skills": skills},
    )
    content = freeze(offering).content
    with django_assert_max_num_queries(4):
        found = rows({}, content)
    assert said(found["Partner academic unit"]) == ["School of Nursing"]
    assert said(found["Skills"]) == ["Hoisting", "Listening", "Lifting"]
    assert found["Title"].classification == "Governed"


def test_parts_that_say_nothing_by_themselves_are_labelled(root: Any) -> None:
    content = freeze(MicroCredentialFactory(parent=root)).content
    (assessment,) = said(rows({}, content)["Assessments"])
    assert "Outcomes covered: LO1" in assessment


def test_a_number_is_one_word() -> None:
    pieces = [(piece.kind, piece.text) for piece in words("18.0 hours", "21.0 hours")]
    assert pieces == [("removed", "18.0"), ("added", "21.0"), ("kept", " hours")]


def test_texts_with_little_in_common_are_shown_one_after_the_other() -> None:
    old, new = "From next July municipalities must notify.", "Participants ask to rehearse calls."
    assert [(piece.kind, piece.text) for piece in words(old, new)] == [
        ("removed", old),
        ("added", new),
    ]
