"""Every route of the table from draft to live; at each stage all others are refused (MC-2)."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from wagtail_factories import DocumentFactory

from credentials.choices import CreditBasis, StackingApproach
from credentials.models import Approval, CatalogueEntry, Component, Offering, PublishedVersion
from tests.committee import open_vote, seat_committee
from tests.factories import (
    AcademicUnitFactory,
    CertificateProgramFactory,
    CourseFactory,
    DigitalBadgeFactory,
    MicroCredentialFactory,
)
from tests.lifecycle import pass_stage, settle
from tests.people import approver, person
from tests.proposals import draft, edit, stage_state, submit
from workflows.choices import Outcome, Purpose
from workflows.deciding.verdict import Verdict
from workflows.exceptions import DecisionRefused
from workflows.models import Decision, Motion
from workflows.proposals.retirement import decide_retirement, request_retirement

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MC-2")]

UNIT = ("Academic unit's sign-off", "unit")
REVIEW = ("Department review", "department")
COMMITTEE = ("Committee approval", "motion")

Build = Callable[[Any], Any]


def with_unit(factory: Any, **facts: Any) -> Build:
    return lambda root: factory(parent=root, academic_unit=AcademicUnitFactory(), **facts)


def for_credit(**facts: Any) -> Build:
    return lambda root: MicroCredentialFactory(
        parent=root,
        credit_basis=CreditBasis.FAC,
        iqap_reference="IQAP 2026-14",
        iqap_date=datetime.date(2026, 5, 4),
        iqap_document=DocumentFactory(title="Outcome"),
        academic_unit=AcademicUnitFactory(),
        **facts,
    )


def contracted(root: Any) -> Any:
    return CourseFactory(
        parent=root, contracted_for="Harbour Authority", governing_policy="Contract policy 7"
    )


def stackable_course(root: Any) -> Any:
    part = Offering.objects.get(pk=CourseFactory(parent=root, life="published").pk)
    return CourseFactory(
        parent=root,
        stacking_approach=StackingApproach.HORIZONTAL,
        children={"components": [Component(part=part, required=True)]},
    )


def editorial(root: Any) -> Any:
    offering = CourseFactory(parent=root, life="published")
    edit(offering, fee="520.00")
    return offering


ROUTES: dict[str, tuple[str, Build, list[tuple[str, str]]]] = {
    "certificate": ("certificate", with_unit(CertificateProgramFactory), [UNIT, REVIEW, COMMITTEE]),
    "micro-credential": (
        "micro_credential",
        with_unit(MicroCredentialFactory),
        [UNIT, REVIEW, COMMITTEE],
    ),
    "badge": (
        "micro_credential",
        lambda root: DigitalBadgeFactory(parent=root),
        [REVIEW, COMMITTEE],
    ),
    "stackable credential": ("micro_credential", stackable_course, [REVIEW, COMMITTEE]),
    "course": (
        "course",
        with_unit(CourseFactory),
        [UNIT, ("Department approval", "department")],
    ),
    "for-credit": (
        "for_credit",
        for_credit(),
        [
            ("IQAP outcome recorded", "department"),
            ("Department endorsement", "department"),
            ("Committee endorsement", "motion"),
        ],
    ),
    "embedded": (
        "embedded",
        for_credit(parent_program="Bachelor of Care", in_new_program=True),
        [
            ("Academic Council outcome recorded", "department"),
            ("Committee, for information", "presiding"),
            ("OSAP request prepared, or not needed", "department"),
        ],
    ),
    "editorial": ("editorial", editorial, [("Department check", "department")]),
    "contracted": ("contracted", contracted, [("Department agreement to deliver", "department")]),
}


@pytest.fixture
def everybody(root: Any) -> dict[str, Any]:
    """One person of each standing; the submitter belongs to the Department, and is recused."""
    seated = seat_committee()
    submitter = person("department", 5)
    return {
        "author": person("editor"),
        "submitter": submitter,
        "department": person("department"),
        "superuser": get_user_model().objects.create_superuser("root"),
        **{name: seated[name] for name in ("chair", "second", "secretary")},
    }


def others(offering: Any, everybody: dict[str, Any], decider: str) -> list[Any]:
    """All but those who decide at the stage; nobody alone where a motion decides."""
    may = {"presiding": {"chair", "secretary"}, "motion": set()}.get(decider, {decider})
    people = dict(everybody)
    if draft(offering).academic_unit is not None:
        people["unit"] = approver(draft(offering))
    return [someone for name, someone in people.items() if name not in may]


def refuse(offering: Any, people: list[Any], decider: str) -> None:
    """None of these lets it go on or sends it back, and no wordless request for changes does."""
    before = Decision.objects.count(), PublishedVersion.objects.count()
    state = stage_state(offering)
    act = (state.task.specific.acts or (Outcome.APPROVED,))[0]
    for someone in [None, *people]:
        with pytest.raises(DecisionRefused):
            state.decide(someone, Verdict(act, "Because."))
    with pytest.raises(DecisionRefused):
        state.decide(people[0], Verdict(Outcome.CHANGES_REQUESTED, "Because."))
    with pytest.raises(DecisionRefused, match="in an emergency"):
        state.decide(person("department"), Verdict(Outcome.OVERRIDDEN, "Hurry."))
    if decider == "motion":
        with pytest.raises(DecisionRefused, match="Word the motion"):
            open_vote(offering, purpose=Purpose.REQUEST_CHANGES, text=" ")
        with pytest.raises(DecisionRefused, match="opens a motion"):
            open_vote(offering, by=person("department"))
    else:
        with pytest.raises(DecisionRefused, match="No committee decides"):
            open_vote(offering)
    assert (Decision.objects.count(), PublishedVersion.objects.count()) == before


@pytest.mark.parametrize("name", ROUTES)
def test_from_draft_to_live(root: Any, everybody: dict[str, Any], name: str) -> None:
    route, build, stages = ROUTES[name]
    offering = build(root)
    before = PublishedVersion.objects.count()
    submit(offering, everybody["submitter"])
    for stage, decider in stages:
        assert stage_state(offering).task.name == stage
        refuse(offering, others(offering, everybody, decider), decider)
        pass_stage(offering)
    assert stage_state(offering) is None
    assert PublishedVersion.objects.count() == before + 1
    assert CatalogueEntry.objects.current().filter(offering_pk=offering.pk).exists()
    last = Approval.objects.order_by("pk").last()
    assert last is not None
    assert last.route == route


@pytest.mark.clause("SC-2")
@pytest.mark.clause("FA-2")
def test_the_committee_endorses_what_is_for_credit_and_does_not_approve_it(root: Any) -> None:
    offering = for_credit()(root)
    submit(offering)
    for _stage in range(2):
        pass_stage(offering)
    with pytest.raises(DecisionRefused, match="a motion is to endorse, or to request changes"):
        open_vote(offering, purpose=Purpose.APPROVE)
    assert open_vote(offering, purpose=Purpose.ENDORSE).is_open


@pytest.mark.parametrize("by_committee", [True, False])
def test_retirement_from_live_to_retired(
    root: Any, everybody: dict[str, Any], by_committee: bool
) -> None:
    factory = MicroCredentialFactory if by_committee else CourseFactory
    offering = factory(parent=root, life="published")
    facts = {"action": "retire", "note": "Replaced.", "reason": "Nobody comes."}
    for name in ("author", "second", "chair", "superuser"):
        with pytest.raises(DecisionRefused, match="asks to retire"):
            request_retirement(offering, everybody[name], **facts)
    asked = request_retirement(offering, everybody["department"], **facts)
    decides = set() if by_committee else {"submitter"}
    for name in everybody.keys() - decides:
        with pytest.raises(DecisionRefused):
            decide_retirement(asked, everybody[name], Outcome.APPROVED)
    settle(asked, "no")
    assert PublishedVersion.objects.count() == 1
    settle(request_retirement(offering, everybody["department"], **facts))
    assert [version.event for version in PublishedVersion.objects.in_order()] == [
        "published",
        "retired",
    ]
    assert Motion.objects.filter(purpose=Purpose.RETIRE).count() == (2 if by_committee else 0)
