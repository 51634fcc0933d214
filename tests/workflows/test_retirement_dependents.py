"""What a retirement would break is said where it is asked for and decided (DEF-10, MC-7)."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from credentials.choices import GroupRule, PrerequisiteKind, StackingApproach
from credentials.compliance.dependents import Effect, impact_of
from credentials.models import Component, Offering, Prerequisite
from credentials.models.offerings.stacking import RequirementGroup
from tests.factories import CertificateProgramFactory, CourseFactory
from tests.people import person
from tests.proposals import edit
from workflows.choices import Outcome
from workflows.models import RetirementRequest
from workflows.proposals.retirement import decide_retirement, request_retirement

pytestmark = pytest.mark.django_db

WORDS = {"note": "Replaced by a newer course.", "reason": "Two years without learners."}


@pytest.fixture
def basics(root: Any) -> Any:
    """A published course that others are made of."""
    return CourseFactory(parent=root, title="Basics", hours=Decimal(10), life="published")


@pytest.fixture
def others(root: Any) -> list[Any]:
    """Two more published courses, of ten hours each."""
    return [
        CourseFactory(parent=root, title=title, hours=Decimal(10), life="published")
        for title in ("Lifting", "Falls")
    ]


def whole(root: Any, title: str, *components: Component, **children: Any) -> Any:
    """A published program made of these."""
    return CertificateProgramFactory(
        parent=root,
        title=title,
        stacking_approach=StackingApproach.HORIZONTAL,
        children={"components": list(components), **children},
        life="published",
    )


def holds(offering: Any, required: bool = True, group: str = "") -> Component:
    return Component(part=Offering.objects.get(pk=offering.pk), required=required, group=group)


def needs(offering: Any, kind: str = PrerequisiteKind.PREREQUISITE) -> Prerequisite:
    return Prerequisite(kind=kind, requires=Offering.objects.get(pk=offering.pk))


def group(rule: str, minimum: int | None = None) -> RequirementGroup:
    return RequirementGroup(code="X", name="Electives", rule=rule, minimum=minimum)


def effects(offering: Any) -> dict[str, str]:
    return {impact.title: impact.effect for impact in impact_of(offering)}


def test_a_required_part_and_a_prerequisite_break_what_needs_them(root: Any, basics: Any) -> None:
    whole(root, "Made of it", holds(basics))
    CourseFactory(
        parent=root, title="After it", children={"prerequisites": [needs(basics)]}, life="published"
    )
    CourseFactory(
        parent=root,
        title="Beside it",
        children={"prerequisites": [needs(basics, PrerequisiteKind.COREQUISITE)]},
        life="published",
    )
    whole(root, "By choice", holds(basics, required=False))
    assert effects(basics) == {
        "After it": Effect.BREAKS,
        "Beside it": Effect.BREAKS,
        "Made of it": Effect.BREAKS,
        "By choice": Effect.WEAKENS,
    }
    assert list(effects(basics)) == ["After it", "Beside it", "Made of it", "By choice"]
    assert impact_of(basics)[2].reasons == ("It is a required part.",)


@pytest.mark.parametrize(
    ("rule", "minimum", "effect"),
    [
        (GroupRule.ALL, None, Effect.BREAKS),
        (GroupRule.AT_LEAST, 2, Effect.WEAKENS),
        (GroupRule.AT_LEAST, 3, Effect.BREAKS),
        (GroupRule.HOURS, 20, Effect.WEAKENS),
        (GroupRule.HOURS, 21, Effect.BREAKS),
    ],
)
def test_a_group_breaks_when_what_is_left_is_not_enough(
    root: Any, basics: Any, others: Any, rule: str, minimum: int | None, effect: str
) -> None:
    parts = [holds(item, group="X") for item in (basics, *others)]
    whole(root, "Program", *parts, requirement_groups=[group(rule, minimum)])
    (impact,) = impact_of(basics)
    assert impact.effect == effect
    assert "“Electives”" in impact.reasons[0]


def test_parts_that_ended_already_do_not_make_up_for_it(
    root: Any, basics: Any, others: Any
) -> None:
    parts = [holds(item, group="X") for item in (basics, *others)]
    whole(root, "Program", *parts, requirement_groups=[group(GroupRule.AT_LEAST, 2)])
    asked = request_retirement(others[0], person("department"), action="retire", **WORDS)
    decide_retirement(asked, person("department", 2), Outcome.APPROVED)
    assert effects(basics) == {"Program": Effect.BREAKS}


def test_drafts_and_what_has_ended_are_not_listed(root: Any, basics: Any) -> None:
    ended = CourseFactory(
        parent=root, title="Ended", children={"prerequisites": [needs(basics)]}, life="published"
    )
    asked = request_retirement(ended, person("department"), action="retire", **WORDS)
    decide_retirement(asked, person("department", 2), Outcome.APPROVED)
    CourseFactory(parent=root, title="Draft", children={"prerequisites": [needs(basics)]})
    independent = CourseFactory(parent=root, title="Independent", life="published")
    draft = edit(independent)
    draft.prerequisites.set([needs(basics)])
    draft.save_revision()
    assert impact_of(basics) == []


def test_more_dependents_take_no_more_queries(
    root: Any, basics: Any, others: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        parts = [holds(item, group="X") for item in (basics, *others)]
        whole(root, f"Program {number}", *parts, requirement_groups=[group(GroupRule.ALL)])
    with django_assert_max_num_queries(5):
        assert len(impact_of(basics)) == 4


def test_asking_for_what_breaks_others_takes_a_tick(
    root: Any, basics: Any, people: Any, client: Client
) -> None:
    program = whole(root, "Made of it", holds(basics))
    client.force_login(people["department"])
    address = reverse("governance:request_retirement", args=[basics.pk])
    page = client.get(address).content.decode()
    assert f'<a href="{program.get_url()}">Made of it</a>' in page
    assert "It is a required part." in page
    assert "I know that this breaks 1 offering" in page

    refused = client.post(address, {"action": "retire", **WORDS}).content.decode()
    assert "Change them first, or tick that you know." in refused
    assert not RetirementRequest.objects.exists()
    client.post(address, {"action": "retire", "breaks_known": "on", **WORDS})
    request = RetirementRequest.objects.get()

    decision = client.get(reverse("governance:retirement", args=[request.pk])).content.decode()
    assert f'<a href="{program.get_url()}">Made of it</a>' in decision
    assert "Breaks: it could no longer be completed" in decision


def test_what_only_weakens_others_takes_no_tick(
    root: Any, basics: Any, people: Any, client: Client
) -> None:
    whole(root, "By choice", holds(basics, required=False))
    client.force_login(people["department"])
    address = reverse("governance:request_retirement", args=[basics.pk])
    page = client.get(address).content.decode()
    assert "less to choose from" in page
    assert "I know that this breaks" not in page
    client.post(address, {"action": "retire", **WORDS})
    assert RetirementRequest.objects.exists()
