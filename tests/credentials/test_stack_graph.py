"""A stack is drawn and written out, on its public page and in the editor (CP-5 to CP-7)."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from credentials.catalogue.stack_graph import draw
from credentials.catalogue.stack_layout import Drawing
from credentials.catalogue.stack_outline import asks_in_words, choices_of
from credentials.choices import GroupRule, PrerequisiteKind, StackingApproach
from credentials.models import Component, Offering, Prerequisite
from credentials.models.offerings.stacking import RequirementGroup
from tests.factories import CertificateProgramFactory, CourseFactory
from tests.on_record import revise_as_is
from tests.proposals import edit

IDS = "abcdef"


def drawn(
    approach: str = "horizontal",
    components: Any = "ab",
    prerequisites: Any = (),
    order: Any = (),
    groups: Any = (),
) -> Drawing:
    """Draw a stack of parts that are named by letters, or given as (letter, group)."""
    parts = [
        {
            "id": item[0],
            "title": f"Part {item[0]}",
            "kind": "course",
            "url": f"/{item[0]}/",
            "required": True,
            "group": item[1] if len(item) > 1 else "",
        }
        for item in components
    ]
    stacking = {"approach": approach, "groups": list(groups)}
    document = {"title": "Whole", "kind": "certificate_program", "stacking": stacking}
    return draw(document, choices_of(stacking, parts), prerequisites, order)


def columns(drawing: Drawing) -> dict[str, int]:
    """Which column each box stands in, from the left."""
    places = sorted({node.x for node in drawing.nodes})
    return {node.key: places.index(node.x) for node in drawing.nodes}


def required(key: str, kind: str = "prerequisite") -> dict[str, Any]:
    offering = {"id": key, "title": f"Part {key}", "kind": "course"}
    return {"kind": kind, "offering": offering, "description": "", "url": ""}


def test_parts_side_by_side_lead_to_the_whole() -> None:
    drawing = drawn()
    assert columns(drawing) == {"a": 0, "b": 0, "whole": 1}
    assert len(drawing.edges) == 2


def test_a_vertical_stack_is_drawn_in_its_order() -> None:
    drawing = drawn("vertical", "cab")
    assert columns(drawing) == {"c": 0, "a": 1, "b": 2, "whole": 3}
    assert len(drawing.edges) == 3


def test_known_prerequisites_set_the_order_whatever_the_rows_say() -> None:
    assert columns(drawn("horizontal", "abc", order=[("b", "a")])) == {
        "b": 0,
        "a": 1,
        "c": 1,
        "whole": 2,
    }
    assert columns(drawn("vertical", "ab", order=[("b", "a")])) == {"b": 0, "a": 1, "whole": 2}


def test_what_comes_before_the_whole_leads_to_its_first_parts() -> None:
    drawing = drawn("vertical", "ab", [required("x"), required("y", "corequisite")])
    assert columns(drawing) == {"required-0": 0, "a": 1, "b": 2, "required-1": 2, "whole": 3}
    assert [edge.is_dashed for edge in drawing.edges].count(True) == 1
    among_the_parts = drawn("horizontal", "ab", [required("b")])
    assert columns(among_the_parts) == {"b": 0, "a": 1, "whole": 2}


def test_a_group_stands_between_its_parts_and_the_whole() -> None:
    electives = {"code": "E", "name": "Electives", "rule": "at_least", "minimum": 1}
    drawing = drawn(components=["a", "bE", "cE"], groups=[electives])
    assert columns(drawing) == {"a": 0, "b": 0, "c": 0, "group-0": 1, "group-1": 1, "whole": 2}
    texts = [[line.text for line in n.lines] for n in drawing.nodes if n.role == "group"]
    assert ["Electives", "At least 1 of"] in texts
    assert ["All of"] in texts


def test_a_long_arrow_passes_beside_the_boxes_between_its_ends() -> None:
    electives = {"code": "E", "name": "Electives", "rule": "all", "minimum": None}
    drawing = drawn(components=["a", "bE"], groups=[electives], order=[("a", "b")])
    assert columns(drawing) == {"a": 0, "b": 1, "group-0": 2, "group-1": 2, "whole": 3}
    between = next(node for node in drawing.nodes if node.key == "b")
    (long,) = [edge.line for edge in drawing.edges if edge.line.count("C") > 1]
    height = int(re.findall(r"(\d+)H", long)[0])
    assert not between.y <= height <= between.y + between.height


def test_a_long_title_wraps_into_a_taller_box() -> None:
    long = draw(
        {"title": "Word " * 30, "kind": "course", "stacking": {"approach": ""}},
        choices_of({}, [{"id": "a", "title": "A", "kind": "course", "url": "", "required": True}]),
        [],
        [],
    )
    whole = next(node for node in long.nodes if node.key == "whole")
    assert len(whole.lines) > 6
    assert all(line.y < whole.height for line in whole.lines)
    assert not long.has_links


@given(
    st.sampled_from(["horizontal", "vertical", "value_added", ""]),
    st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(["", "E", "F"])), max_size=8),
    st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(["prerequisite", "corequisite"]))),
    st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS))),
)
def test_every_stack_can_be_drawn_without_boxes_on_one_another(
    approach: str, components: Any, prerequisites: Any, order: Any
) -> None:
    present = {key for key, _group in components}
    groups = [{"code": code, "name": code, "rule": "all", "minimum": None} for code in "EF"]
    drawing = drawn(
        approach,
        components,
        [required(key, kind) for key, kind in prerequisites],
        [pair for pair in order if present.issuperset(pair)],
        groups,
    )
    assert {node.key for node in drawing.nodes if node.role == "part"} == present
    boxes = [(n.x, n.y, n.x + n.width, n.y + n.height) for n in drawing.nodes]
    for left, top, right, bottom in boxes:
        assert left >= 0 and top >= 0
        assert right <= drawing.width and bottom <= drawing.height
        overlapping = [b for b in boxes if b[0] < right and left < b[2]]
        assert sum(b[1] < bottom and top < b[3] for b in overlapping) == 1
    whole = max(drawing.nodes, key=lambda node: node.x)
    assert [node.key for node in drawing.nodes if node.x == whole.x] == ["whole"]


@pytest.mark.parametrize(
    ("rule", "minimum", "words"),
    [
        (GroupRule.ALL, None, "All of"),
        (GroupRule.AT_LEAST, 2, "At least 2 of"),
        (GroupRule.HOURS, 20, "At least 20 hours of"),
        (GroupRule.HOURS, 7.5, "At least 7.5 hours of"),
        (GroupRule.HOURS, 1, "At least 1 hour of"),
    ],
)
def test_what_a_group_asks_is_said_in_words(rule: str, minimum: Any, words: str) -> None:
    with translation.override("en"):
        assert asks_in_words(rule, minimum) == words


@pytest.fixture
def program(root: Any) -> Any:
    """Foundations first, then at least one of two electives; a licence before it all."""
    courses = [
        CourseFactory(parent=root, title=title, slug=title.lower(), life="live")
        for title in ("Foundations", "Lifting", "Falls")
    ]
    parts = [Offering.objects.get(pk=course.pk) for course in courses]
    return CertificateProgramFactory(
        parent=root,
        title="Care",
        slug="care",
        stacking_approach=StackingApproach.VALUE_ADDED,
        additional_requirements="<p>A portfolio.</p>",
        children={
            "components": [
                Component(part=parts[0]),
                Component(part=parts[1], required=False, group="E"),
                Component(part=parts[2], required=False, group="E"),
            ],
            "requirement_groups": [
                RequirementGroup(
                    code="E", name="Electives", rule=GroupRule.AT_LEAST, minimum=Decimal(1)
                )
            ],
            "prerequisites": [
                Prerequisite(kind=PrerequisiteKind.PREREQUISITE, description="A licence")
            ],
        },
        life="live",
    )


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def picture(page: str) -> str:
    found = re.search(r"<div class=\"cr-stack\".*?</svg>", page)
    assert found, "nothing is drawn"
    return found[0]


@pytest.mark.django_db
def test_the_public_page_draws_the_stack_and_says_the_same_in_words(
    program: Any, client: Client
) -> None:
    page = shown(client, "/catalogue/care/")
    svg = picture(page)
    assert 'role="group" aria-labelledby="stack-title" aria-describedby="stack-description"' in svg
    assert "All of: Foundations. Electives: At least 1 of: Lifting, Falls." in svg
    for link in ("/catalogue/foundations/", "/catalogue/lifting/", "/catalogue/falls/"):
        assert f'<a class="cr-stack__link" href="{link}">' in svg
    words = page.replace(svg, "")
    expected = ["All of", ">Foundations<", "Electives: At least 1 of", ">Lifting<", ">Falls<"]
    expected += ["Also required", "A portfolio.", "Before you begin", "Prerequisite:", "A licence"]
    positions = [words.index(text) for text in expected]
    assert positions == sorted(positions)


@pytest.mark.django_db
def test_the_public_drawing_does_not_follow_drafts(program: Any, client: Client) -> None:
    edit(program, title="Secret plan", additional_requirements="<p>Secret words</p>")
    assert "Secret" not in shown(client, "/catalogue/care/")


@pytest.mark.django_db
def test_published_prerequisites_of_the_parts_set_the_columns(program: Any, client: Client) -> None:
    before = picture(shown(client, "/catalogue/care/"))
    lifting = Offering.objects.get(slug="lifting").specific
    change = edit(lifting)
    foundations = Offering.objects.get(slug="foundations")
    change.prerequisites.set([Prerequisite(kind="prerequisite", requires=foundations)])
    change.save_revision()
    assert picture(shown(client, "/catalogue/care/")) == before
    revise_as_is(lifting)
    after = picture(shown(client, "/catalogue/care/"))
    assert after != before
    assert int(re.findall(r'<svg.*? width="(\d+)"', after)[0]) > int(
        re.findall(r'<svg.*? width="(\d+)"', before)[0]
    )


@pytest.mark.django_db
def test_an_offering_that_is_not_stackable_is_not_drawn(root: Any, client: Client) -> None:
    course = CourseFactory(parent=root, slug="alone", life="live")
    page = shown(client, course.get_url())
    assert "<svg" not in page
    assert "stack.css" not in page


@pytest.mark.django_db
def test_the_editor_draws_the_draft_as_last_saved_with_what_is_not_published(
    root: Any, program: Any, people: Any, client: Client
) -> None:
    unpublished = CourseFactory(parent=root, title="Not yet")
    change = edit(program)
    change.components.add(Component(part=Offering.objects.get(pk=unpublished.pk), sort_order=9))
    change.save_revision()
    client.force_login(people["department"])
    page = shown(client, reverse("wagtailadmin_pages:edit", args=[program.pk]))
    svg = picture(page)
    assert "All of: Foundations, Not yet." in svg
    address = reverse("wagtailadmin_pages:edit", args=[unpublished.pk])
    assert f'<a class="cr-stack__link" href="{address}">' in svg
    assert "(not published)" in page
    assert "credentials/stack.css" in page
    assert "Not yet" not in shown(client, "/catalogue/care/")


@pytest.mark.django_db
def test_the_editor_says_how_to_get_a_drawing(root: Any, people: Any, client: Client) -> None:
    client.force_login(people["editor"])
    course = CourseFactory(parent=root)
    for address in (
        reverse("wagtailadmin_pages:edit", args=[course.pk]),
        reverse("wagtailadmin_pages:add", args=["credentials", "course", root.pk]),
    ):
        assert "Nothing is drawn yet." in shown(client, address)
