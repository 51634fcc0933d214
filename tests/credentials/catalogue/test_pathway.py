"""The pathway: what an offering leads to and is made of."""

from typing import Any

import pytest

from credentials.choices import StackingApproach
from credentials.models import Component
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.on_record import publish_as_is

pytestmark = pytest.mark.django_db


def stack(root: Any, title: str, *parts: Any, **values: Any) -> Any:
    program = CourseFactory(
        parent=root,
        title=title,
        slug=title.lower(),
        stacking_approach=StackingApproach.HORIZONTAL,
        children={"components": [Component(part=part, **values) for part in parts]},
    )
    publish_as_is(program)
    return program


def test_it_reaches_up_and_down_through_all_levels(api: Any, root: Any) -> None:
    basics = MicroCredentialFactory(parent=root, title="Basics", life="live")
    more = CourseFactory(parent=root, title="More", life="live")
    middle = stack(root, "Middle", basics, more)
    top = stack(root, "Top", middle, required=False)
    CourseFactory(parent=root, title="Unrelated", life="live")

    pathway = api.get(f"/offerings/{basics.uuid}/pathway")

    assert [node["title"] for node in pathway["nodes"]] == ["Basics", "Middle", "Top"]
    edges = {(e["part"], e["whole"], e["required"]) for e in pathway["edges"]}
    assert edges == {
        (str(basics.uuid), str(middle.uuid), True),
        (str(middle.uuid), str(top.uuid), False),
    }
    whole = api.get(f"/offerings/{top.uuid}/pathway")
    assert [n["title"] for n in whole["nodes"]] == ["Basics", "Middle", "More", "Top"]
    assert whole["nodes"][1]["approach"] == "horizontal"


def test_a_withdrawn_part_is_left_out(api: Any, root: Any, withdrawn: Any) -> None:
    basics = CourseFactory(parent=root, title="Basics", life="live")
    more = CourseFactory(parent=root, title="More", slug="more", life="live")
    stack(root, "Top", basics, more)
    withdrawn(more)

    pathway = api.get("/offerings/top/pathway")

    assert [node["title"] for node in pathway["nodes"]] == ["Basics", "Top"]
    assert [edge["part"] for edge in pathway["edges"]] == [str(basics.uuid)]
    api.refused("/offerings/more/pathway", status=410)


def test_an_offering_alone_is_its_own_pathway(api: Any, root: Any) -> None:
    CourseFactory(parent=root, title="Alone", slug="alone", life="live")
    pathway = api.get("/offerings/alone/pathway")
    assert ([n["title"] for n in pathway["nodes"]], pathway["edges"]) == (["Alone"], [])
