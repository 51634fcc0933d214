"""How parts make a whole: kinds, counts, order, areas, groups (DEF-10 to DEF-13, CP-5 to CP-7)."""

from dataclasses import replace
from typing import Any

import pytest

from credentials.choices import CreditBasis, GroupRule, Kind, PrerequisiteKind
from credentials.policy.findings import Place
from credentials.policy.view import Prerequisite
from tests.credentials.policy.stack_views import (
    catalogue,
    gaps,
    group,
    holds,
    needs,
    part,
    stack,
)

B, C, D = part(2), part(3), part(4)
CERTIFICATES = [part(key, kind=Kind.CERTIFICATE_PROGRAM) for key in (2, 3, 4)]
KINDS = ("micro_credential", "digital_badge", "course", "certificate_program")


@pytest.mark.clause("DEF-10")
def test_a_part_that_is_a_draft_retired_or_the_whole_itself_is_named_with_its_row() -> None:
    draft, retired = part(3, is_offered=False), part(4, is_offered=False, is_retired=True)
    found = gaps("parts-offered", stack("horizontal", B, draft, retired, part(1)))
    assert [gap.place for gap in found] == [Place("components", row, "part") for row in (1, 2, 3)]
    assert "“C” is not published" in found[0].sentence
    assert "“D” is retired" in found[1].sentence
    assert "part of itself" in found[2].sentence
    assert gaps("parts-offered", stack("horizontal", B, C)) == []


@pytest.mark.clause("DEF-10")
def test_parts_and_an_approach_come_together() -> None:
    (alone,) = gaps("stack-approach", stack("", B))
    assert alone.place == Place("stacking_approach")
    (empty,) = gaps("stack-approach", stack("vertical"))
    assert empty.place == Place("components")
    assert gaps("stack-approach", stack("vertical", B)) == []
    assert gaps("stack-approach", stack("")) == []


@pytest.mark.clause("CP-7")
def test_only_kinds_that_the_clause_names_are_parts() -> None:
    badge = part(5, kind=Kind.DIGITAL_BADGE)
    (gap,) = gaps("component-kinds", stack("horizontal", B, badge), terms=("course",))
    assert gap.place == Place("components", 1, "part")
    assert "Digital badge" in gap.sentence
    assert gap.sentence.endswith("one of these kinds: Course.")
    assert gaps("component-kinds", stack("horizontal", *CERTIFICATES, badge), terms=KINDS) == []


@pytest.mark.clause("CP-7")
def test_a_micro_credential_is_not_made_of_certificate_programs() -> None:
    view = replace(stack("horizontal", B, CERTIFICATES[1]), kind=Kind.MICRO_CREDENTIAL)
    assert [gap.place.row for gap in gaps("component-kinds", view, terms=KINDS)] == [1]


@pytest.mark.clause("CP-5")
def test_certificates_build_on_one_another_in_order() -> None:
    first, second, third = CERTIFICATES
    known = catalogue(*CERTIFICATES, part(9), requires={3: (9,), 9: (2,), 4: (3,)})
    in_order = stack("vertical", first, second, third, graph=known)
    assert gaps("certificates-in-order", in_order, number=2) == []
    out_of_order = stack("vertical", second, first, third, graph=known)
    found = gaps("certificates-in-order", out_of_order, number=2)
    assert [gap.place.row for gap in found] == [1]
    assert "“B” does not build on “C”" in found[0].sentence
    held_before = stack("vertical", second, first, prerequisites=(needs(second),))
    assert gaps("certificates-in-order", held_before, number=2) == []
    both_before = replace(held_before, prerequisites=(needs(second), needs(first)))
    assert len(gaps("certificates-in-order", both_before, number=2)) == 1


@pytest.mark.clause("CP-5")
@pytest.mark.clause("CP-6")
@pytest.mark.parametrize(
    ("approach", "rule"),
    [("vertical", "certificates-in-order"), ("horizontal", "certificates-side-by-side")],
)
def test_one_certificate_is_not_a_stack_of_them(approach: str, rule: str) -> None:
    (gap,) = gaps(rule, stack(approach, CERTIFICATES[0]), number=2)
    assert gap.place == Place("components")
    assert gaps(rule, stack(approach, B), number=2) == [], "other kinds are another clause"


@pytest.mark.clause("CP-6")
def test_certificates_side_by_side_come_from_different_areas() -> None:
    nursing = part(2, kind=Kind.CERTIFICATE_PROGRAM, unit="Health", skills=frozenset({"x"}))
    care = part(3, kind=Kind.CERTIFICATE_PROGRAM, unit="Health", skills=frozenset({"x", "y"}))
    kinds = frozenset({Kind.CERTIFICATE_PROGRAM.value})
    (gap,) = gaps("different-areas", stack("horizontal", nursing, care), kinds=kinds)
    assert gap.place == Place("components")
    for other in (replace(care, unit="Business"), replace(care, skills=frozenset({"z"}))):
        assert gaps("different-areas", stack("horizontal", nursing, other), kinds=kinds) == []
    mixed = stack("horizontal", nursing, replace(care, kind=Kind.COURSE))
    assert gaps("different-areas", mixed, kinds=kinds) == [], "asked of certificates only"
    assert len(gaps("different-areas", mixed)) == 1


@pytest.mark.clause("DEF-12")
@pytest.mark.clause("MC-7")
def test_a_vertical_stack_without_prerequisites_is_sent_to_add_one() -> None:
    (gap,) = gaps("vertical-order", stack("vertical", B, C))
    assert gap.place == Place("prerequisites")
    assert "Add one" in gap.sentence
    assert gaps("vertical-order", stack("horizontal", B, C)) == []


@pytest.mark.clause("DEF-12")
def test_each_later_part_of_a_vertical_stack_needs_an_earlier_one() -> None:
    known = catalogue(B, C, D, requires={3: (2,)})
    (gap,) = gaps("vertical-order", stack("vertical", B, C, D, graph=known))
    assert gap.place == Place("components", 2, "part")
    assert "“D” has no prerequisite among the parts before it" in gap.sentence
    through_the_whole = stack("vertical", B, C, D, graph=known, prerequisites=(needs(B),))
    assert gaps("vertical-order", through_the_whole) == []
    backwards = catalogue(B, C, requires={2: (3,)})
    assert len(gaps("vertical-order", stack("vertical", B, C, graph=backwards))) == 1


@pytest.mark.clause("DEF-13")
def test_a_value_added_stack_mixes_order_and_further_evidence() -> None:
    places = [gap.place.field for gap in gaps("value-added-mix", stack("value_added", B, C))]
    assert places == ["additional_requirements", "prerequisites"]
    corequisite = Prerequisite(PrerequisiteKind.COREQUISITE, D)
    mixed: dict[str, Any] = {"filled": frozenset({"additional_requirements"})}
    only_beside = stack("value_added", B, C, prerequisites=(corequisite,), **mixed)
    assert len(gaps("value-added-mix", only_beside)) == 1
    for view in (
        stack("value_added", B, C, graph=catalogue(B, C, requires={3: (2,)}), **mixed),
        stack("value_added", B, C, prerequisites=(needs(None, "Two years"),), **mixed),
    ):
        assert gaps("value-added-mix", view) == []


@pytest.mark.clause("DEF-10")
def test_a_way_back_is_shown_step_by_step() -> None:
    known = catalogue(B, C, part(1), contains={2: (3,)}, requires={3: (1,)})
    (gap,) = gaps("no-cycle", stack("horizontal", B, graph=known))
    assert "A → B → C → A" in gap.sentence
    assert gap.place == Place("components", 0, "part")
    (gap,) = gaps("no-cycle", stack("", prerequisites=(needs(C),), graph=known))
    assert "A → C → A" in gap.sentence
    assert gap.place == Place("prerequisites", 0, "requires")


@pytest.mark.clause("DEF-10")
def test_what_the_draft_no_longer_contains_does_not_count() -> None:
    known = catalogue(B, C, part(1), contains={1: (2, 3), 2: (3,)})
    view = stack("horizontal", C, graph=known)
    assert gaps("no-cycle", view) == []
    assert gaps("no-double-counting", view) == []


@pytest.mark.clause("DEF-10")
@pytest.mark.parametrize(
    ("parts", "row", "words"),
    [
        ((B, B), 1, "“B” is listed twice"),
        ((B, D), 1, "“D” counts already as a part of “B”"),
        ((D, B), 1, "“D” counts already on its own"),
        ((B, C), 1, "“D” counts twice: in “B” and in “C”"),
    ],
)
def test_an_offering_counts_once(parts: Any, row: int, words: str) -> None:
    known = catalogue(B, C, D, contains={2: (4,), 3: (4,)})
    (gap,) = gaps("no-double-counting", stack("horizontal", *parts, graph=known))
    assert words in gap.sentence
    assert gap.place == Place("components", row, "part")


@pytest.mark.clause("DEF-10")
def test_an_offering_counts_once_in_what_holds_the_draft_too() -> None:
    whole = part(26)
    known = catalogue(B, whole, part(1), contains={26: (1, 2)})
    (gap,) = gaps("no-double-counting", stack("horizontal", B, graph=known))
    assert "“B” would count twice in “Z”" in gap.sentence
    assert gap.place == Place("components")


@pytest.mark.clause("CP-7")
def test_groups_exist_have_components_and_ask_for_no_more_than_they_hold() -> None:
    parts = [holds(B, False, "X"), holds(C, False, "X"), holds(D, False, "Y")]

    def places(*groups: Any) -> list[Place]:
        return [gap.place for gap in gaps("groups-attainable", stack("", *parts, groups=groups))]

    every, hours = group("X", GroupRule.ALL), group("Y", GroupRule.HOURS, 2)
    assert places(every, hours) == []
    assert places(every) == [Place("components", 2, "group")]
    assert places(every, hours, group("Z", GroupRule.ALL)) == [
        Place("requirement_groups", 2, "code")
    ]
    assert places(every, group("Y", GroupRule.HOURS, "2.5")) == [
        Place("requirement_groups", 1, "minimum")
    ]
    assert places(group("X", GroupRule.AT_LEAST, 3), hours) == [
        Place("requirement_groups", 0, "minimum")
    ]
    assert places(group("X", GroupRule.AT_LEAST), hours) == [
        Place("requirement_groups", 0, "minimum")
    ]
    assert {place.name for place in places(every, every, hours)} == {"code"}


@pytest.mark.clause("CP-7")
def test_a_part_that_counts_toward_nothing_is_pointed_out() -> None:
    parts = [holds(B), holds(C, False), holds(D, False, "X")]
    (gap,) = gaps("loose-parts", stack("horizontal", *parts))
    assert gap.place == Place("components", 1, "required")


def test_for_credit_stacks_follow_their_own_process() -> None:
    view = stack("vertical", B, C, credit_basis=CreditBasis.FAC)
    assert gaps("vertical-order", view) == []
    assert len(gaps("no-double-counting", replace(view, components=view.components[:1] * 2))) == 1
