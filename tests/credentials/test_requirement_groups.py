"""Requirement groups: held by the database, part of the content, shown to the public (CP-7)."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client

from credentials.api.schemas.content import Stacking
from credentials.api.schemas.offerings import OfferingDocument
from credentials.choices import GroupRule, StackingApproach
from credentials.compliance.offering_reader import view_of
from credentials.models import Component, Offering
from credentials.models.offerings.stacking import RequirementGroup
from credentials.record.content import content_of, freeze
from credentials.record.document import document_of
from tests.credentials.catalogue.ledger_entries import append
from tests.credentials.policy.stack_views import gaps
from tests.factories import CertificateProgramFactory, CourseFactory
from tests.proposals import draft, latest_revision

pytestmark = [pytest.mark.django_db, pytest.mark.clause("CP-7")]


@pytest.fixture
def courses(root: Any) -> list[Any]:
    return [
        CourseFactory(parent=root, title=title, life="live")
        for title in ("Basics", "Lifting", "Falls")
    ]


def holds(offering: Any, required: bool = False, group: str = "") -> Component:
    return Component(part=Offering.objects.get(pk=offering.pk), required=required, group=group)


def program(root: Any, courses: list[Any], **values: Any) -> Any:
    """One course for everyone, and at least one of two others."""
    return CertificateProgramFactory(
        parent=root,
        title="Care",
        stacking_approach=StackingApproach.HORIZONTAL,
        children={
            "components": [
                holds(courses[0], required=True),
                *(holds(course, group="E") for course in courses[1:]),
            ],
            "requirement_groups": [
                RequirementGroup(
                    code="E", name="Electives", rule=GroupRule.AT_LEAST, minimum=Decimal(1)
                )
            ],
        },
        **values,
    )


def insert(offering: Any, code: str, rule: str, minimum: str | None) -> None:
    """Write a group past every form and model."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO credentials_requirementgroup (offering_id, code, name, rule, minimum) "
            "VALUES (%s, %s, 'Electives', %s, %s)",
            [offering.pk, code, rule, minimum],
        )


@pytest.mark.parametrize(
    ("rule", "minimum"),
    [
        ("all", "2"),
        ("at_least", None),
        ("at_least", "0"),
        ("at_least", "-1"),
        ("hours", None),
        ("hours", "0"),
        ("some", "2"),
        ("some", None),
    ],
)
def test_the_database_holds_no_group_that_asks_for_nonsense(
    root: Any, rule: str, minimum: str | None
) -> None:
    with pytest.raises(IntegrityError, match="group_minimum_fits_its_rule"):
        insert(CourseFactory(parent=root), "E", rule, minimum)


def test_the_database_holds_one_group_for_each_code(root: Any) -> None:
    one, other = CourseFactory(parent=root), CourseFactory(parent=root)
    insert(one, "E", "all", None)
    insert(one, "F", "at_least", "2")
    insert(other, "E", "hours", "20.5")
    with pytest.raises(IntegrityError):
        insert(one, "E", "all", None)


def test_a_component_written_without_a_group_is_in_none(root: Any, courses: list[Any]) -> None:
    whole = CourseFactory(parent=root)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO credentials_component (offering_id, part_id, required) "
            "VALUES (%s, %s, %s)",
            [whole.pk, courses[0].pk, True],
        )
    assert Component.objects.get(offering=whole.pk).group == ""
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE credentials_component SET part_id = NULL")


def test_a_form_names_the_remedy() -> None:
    for facts, words in (
        ({"rule": GroupRule.AT_LEAST}, "Say how many"),
        ({"rule": GroupRule.HOURS, "minimum": Decimal(0)}, "Say how many"),
        ({"rule": GroupRule.AT_LEAST, "minimum": Decimal("1.5")}, "whole"),
    ):
        with pytest.raises(ValidationError, match=words):
            RequirementGroup(code="E", name="Electives", **facts).clean()
    every = RequirementGroup(code="E", name="E", rule=GroupRule.ALL, minimum=Decimal(2))
    every.clean()
    assert every.minimum is None


def test_an_offering_without_groups_has_the_content_it_had_before_there_were_any(
    root: Any, courses: list[Any]
) -> None:
    whole = CertificateProgramFactory(
        parent=root, children={"components": [holds(courses[0], required=True)]}
    )
    governed = content_of(whole)["governed"]
    assert "requirement_groups" not in governed
    assert governed["components"] == [{"part": str(courses[0].uuid), "required": True}]
    before = freeze(whole).content_hash

    row = whole.components.first()
    row.group = "E"
    whole.components.set([row])
    assert freeze(whole).content_hash != before
    row.group = ""
    whole.components.set([row])
    assert freeze(whole).content_hash == before

    whole.requirement_groups.set([RequirementGroup(code="E", name="E", rule=GroupRule.ALL)])
    (group,) = content_of(whole)["governed"]["requirement_groups"]
    assert group == {"code": "E", "name": "E", "rule": "all"}
    assert freeze(whole).governed_hash != before


def test_a_draft_keeps_its_groups_and_is_read_with_them(root: Any, courses: list[Any]) -> None:
    whole = program(root, courses)
    saved = latest_revision(whole).as_object()
    assert freeze(saved).content_hash == freeze(draft(whole)).content_hash
    view = view_of(saved)
    assert [(item.part.title, item.required, item.group) for item in view.components] == [
        ("Basics", True, ""),
        ("Lifting", False, "E"),
        ("Falls", False, "E"),
    ]
    assert [(group.code, group.minimum) for group in view.groups] == [("E", Decimal(1))]
    assert gaps("groups-attainable", view) == []


def test_the_public_document_has_groups_and_who_is_in_them(root: Any, courses: list[Any]) -> None:
    stacking = document_of(program(root, courses))["stacking"]
    assert stacking["groups"] == [
        {"code": "E", "name": "Electives", "rule": "at_least", "minimum": 1}
    ]
    assert [item["group"] for item in stacking["components"]] == ["", "E", "E"]
    Stacking.model_validate(stacking)


def test_the_api_serves_groups(root: Any, courses: list[Any], client: Client) -> None:
    whole = program(root, courses, life="live")
    served = client.get(f"/api/v1/offerings/{whole.uuid}").json()["stacking"]
    assert served["groups"][0]["name"] == "Electives"
    edges = client.get(f"/api/v1/offerings/{whole.uuid}/pathway").json()["edges"]
    assert sorted(edge["group"] for edge in edges) == ["", "E", "E"]


def test_a_document_from_before_groups_is_still_served_and_shown(
    root: Any, courses: list[Any], client: Client
) -> None:
    whole = program(root, courses, life="live")
    old = document_of(whole)["stacking"]
    del old["groups"]
    for item in old["components"]:
        del item["group"]
    append(whole, "revised", stacking=old)
    served = client.get(f"/api/v1/offerings/{whole.uuid}").json()
    OfferingDocument.model_validate(served)
    edges = client.get(f"/api/v1/offerings/{whole.uuid}/pathway").json()["edges"]
    assert {edge["group"] for edge in edges} == {""}
    page = client.get(whole.get_url()).content.decode()
    assert "Others, by choice" in page
    assert "Electives" not in page


@pytest.mark.clause("DEF-10")
def test_what_would_count_twice_in_a_published_whole_is_found_in_its_part(
    root: Any, courses: list[Any]
) -> None:
    """The graph that rules read holds what contains the draft, through any number of levels."""
    basics, lifting, falls = courses
    middle = CourseFactory(
        parent=root,
        title="Middle",
        stacking_approach=StackingApproach.HORIZONTAL,
        children={"components": [holds(lifting, required=True)]},
        life="live",
    )
    CourseFactory(
        parent=root,
        title="Top",
        stacking_approach=StackingApproach.HORIZONTAL,
        children={"components": [holds(middle, required=True), holds(falls, required=True)]},
        life="live",
    )
    change = draft(middle)
    assert gaps("no-double-counting", view_of(change)) == []
    change.components.set([holds(lifting, required=True), holds(falls, required=True)])
    (gap,) = gaps("no-double-counting", view_of(change))
    assert "“Falls” would count twice in “Top”" in gap.sentence
    change.components.set([holds(lifting, required=True), holds(basics, required=True)])
    assert gaps("no-double-counting", view_of(change)) == []


@pytest.mark.clause("DEF-10")
def test_a_way_back_is_found_through_the_whole_catalogue(root: Any, courses: list[Any]) -> None:
    basics = courses[0]
    middle = CourseFactory(
        parent=root,
        title="Middle",
        stacking_approach=StackingApproach.HORIZONTAL,
        children={"components": [holds(basics, required=True)]},
        life="live",
    )
    change = draft(basics)
    top = CourseFactory(
        parent=root,
        title="Top",
        stacking_approach=StackingApproach.HORIZONTAL,
        children={"components": [holds(middle, required=True)]},
        life="live",
    )
    change.components.set([holds(top, required=True)])
    (gap,) = gaps("no-cycle", view_of(change))
    assert "Basics → Top → Middle → Basics" in gap.sentence
