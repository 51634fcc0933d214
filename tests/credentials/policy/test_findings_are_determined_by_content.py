"""The same content has the same findings, whatever order anything was read in."""

import datetime
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from credentials.choices import (
    NOT_MASTERY,
    AssessmentKind,
    AssociationBasis,
    AwardKind,
    Category,
    CreditBasis,
    DeliveryMode,
    Duty,
    GroupRule,
    Kind,
    PartyKind,
    PrerequisiteKind,
    StackingApproach,
)
from credentials.policy.evaluation import evaluate
from credentials.policy.findings import Finding
from credentials.policy.terms import PolicyTerms
from credentials.policy.view import (
    SECTIONS,
    Agreement,
    Assessment,
    Component,
    Graph,
    Group,
    OfferingView,
    Outcome,
    Part,
    Party,
    Prerequisite,
    SignOff,
)
from tests.credentials.policy.first_terms import default_terms
from tests.credentials.policy.offering_views import (
    AUTHORITIES,
    DEPARTMENT,
    EMPLOYER,
    UNIT,
    complete,
)

KEYS = (1, 2, 3, 4, 5)
TERMS = default_terms()

days = st.dates(datetime.date(2018, 1, 1), datetime.date(2028, 12, 31))
some_day = st.none() | days
codes = st.sampled_from(["", "LO1", "LO2", "LO3", "LO 4"])
names = st.sampled_from(["", " ", DEPARTMENT, EMPLOYER, EMPLOYER.upper(), UNIT])
words = st.sampled_from(["", " ", "IQAP 2024-17", "Diploma in Water Studies"])
amounts = st.none() | st.sampled_from([Decimal(n) for n in ("0.5", "1", "2", "5", "40", "301")])


def choice(choices: type) -> st.SearchStrategy[str]:
    return st.sampled_from(choices.values)


def some(choices: type) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(choice(choices))


def tuples_of(item: st.SearchStrategy, most: int = 4) -> st.SearchStrategy[tuple]:
    return st.lists(item, max_size=most).map(tuple)


outcomes = st.builds(Outcome, codes, st.sampled_from(["", "Weld a joint", "Understand joints"]))
assessments = st.builds(
    Assessment,
    st.sampled_from(["", "At the bench"]),
    choice(AssessmentKind) | st.just(""),
    tuples_of(codes),
)
parties = st.builds(Party, names, choice(PartyKind), some(Duty), st.booleans())
agreements = st.builds(
    Agreement, st.just(1), st.booleans(), some_day, some_day, names, tuples_of(parties)
)
sign_offs = st.builds(SignOff, names, st.booleans(), names)
edges = st.dictionaries(
    st.sampled_from(KEYS),
    st.lists(st.sampled_from(KEYS), unique=True, max_size=3).map(tuple),
    max_size=4,
)


@st.composite
def parts(draw: st.DrawFn) -> dict[int, Part]:
    made = st.builds(
        Part,
        key=st.just(0),
        title=st.sampled_from(["Seals", "Valves"]),
        kind=choice(Kind),
        is_offered=st.booleans(),
        is_retired=st.booleans(),
        unit=st.sampled_from(["", UNIT]),
        hours=amounts,
        skills=st.frozensets(st.sampled_from(["1", "2"])),
    )
    return {key: replace(draw(made), key=key) for key in KEYS}


@st.composite
def views(draw: st.DrawFn) -> OfferingView:
    """Any content at all, most of it nonsense; also what no form would let through."""
    catalogue = draw(parts())
    part = st.sampled_from(list(catalogue.values()))
    group_codes = draw(st.lists(st.sampled_from(["A", "B", "C"]), unique=True))
    group = st.builds(Group, st.just(""), st.just("Choice"), choice(GroupRule), amounts)
    component = st.builds(Component, part, st.booleans(), st.sampled_from(["", "A", "B", "Z"]))
    prerequisite = st.builds(Prerequisite, choice(PrerequisiteKind), st.none() | part, words)
    return OfferingView(
        key=draw(st.sampled_from((0, *KEYS))),
        kind=draw(choice(Kind)),
        category=draw(choice(Category) | st.just("")),
        credit_basis=draw(st.sampled_from([*[CreditBasis.NAC] * 4, CreditBasis.FAC])),
        title="Pump maintenance",
        today=draw(days),
        authority=draw(st.sampled_from(list(AUTHORITIES.values()))),
        filled=draw(st.frozensets(st.sampled_from(SECTIONS))),
        unit=draw(st.sampled_from(["", UNIT])),
        partners=draw(tuples_of(names)),
        outcomes=draw(tuples_of(outcomes)),
        assessments=draw(tuples_of(assessments)),
        association_basis=draw(choice(AssociationBasis) | st.just("")),
        evidence=draw(st.integers(0, 2)),
        waiver_granted_by=draw(names),
        stacking_approach=draw(choice(StackingApproach)),
        components=draw(tuples_of(component)),
        groups=tuple(replace(draw(group), code=code) for code in group_codes),
        prerequisites=draw(tuples_of(prerequisite)),
        award=draw(choice(AwardKind)),
        delivery_modes=draw(tuples_of(choice(DeliveryMode))),
        hours=draw(amounts),
        weeks=draw(st.none() | st.integers(0, 60)),
        asks_for_osap=draw(st.booleans()),
        contracted_for=draw(st.sampled_from([*[""] * 5, UNIT])),
        governing_policy=draw(words),
        iqap_reference=draw(words),
        iqap_date=draw(some_day),
        has_iqap_document=draw(st.booleans()),
        parent_program=draw(words),
        relative_weight=draw(words),
        relative_weight_approval=draw(words),
        review_interval_months=draw(st.none() | st.integers(0, 120)),
        has_image=draw(st.booleans()),
        is_published=draw(st.booleans()),
        reviewed_on=draw(some_day),
        agreement=draw(st.none() | agreements),
        sign_off=draw(st.none() | sign_offs),
        graph=Graph(catalogue, draw(edges), draw(edges)),
    )


# What the clause on mastery speaks to, and all that it reads.
micro_credentials = st.builds(
    lambda outcomes, assessments: complete(
        Kind.MICRO_CREDENTIAL, outcomes=outcomes, assessments=assessments
    ),
    tuples_of(outcomes),
    tuples_of(assessments),
)


def mastery_findings(view: OfferingView) -> tuple[Finding, ...]:
    rules = tuple(terms for terms in TERMS.rules if terms.rule == "mastery")
    return evaluate(view, PolicyTerms("mastery", rules)).findings


@given(views(), st.permutations(TERMS.rules))
@settings(deadline=None)
def test_the_order_of_the_rules_changes_nothing(view: OfferingView, shuffled: list) -> None:
    policy = PolicyTerms(TERMS.label, tuple(shuffled))
    assert evaluate(view, policy) == evaluate(view, TERMS)


@given(views())
@settings(deadline=None)
def test_the_same_content_read_again_has_the_same_findings(view: OfferingView) -> None:
    first = evaluate(view, TERMS)
    assert evaluate(view, TERMS) == first
    assert evaluate(deepcopy(view), TERMS) == first


@given(views())
@settings(deadline=None)
def test_the_order_in_which_the_catalogue_was_read_changes_nothing(view: OfferingView) -> None:
    graph = Graph(
        *(
            dict(reversed(list(mapping.items())))
            for mapping in (view.graph.parts, view.graph.contains, view.graph.requires)
        )
    )
    assert evaluate(replace(view, graph=graph), TERMS) == evaluate(view, TERMS)


@given(views())
@settings(deadline=None)
def test_every_finding_stands_under_a_clause_that_was_asked(view: OfferingView) -> None:
    report = evaluate(view, TERMS)
    assert {finding.clause for finding in report.findings} <= set(report.asked)
    assert set(report.met) | set(report.failing) == set(report.asked)
    assert not set(report.met) & set(report.failing)
    for finding in report.findings:
        assert finding.place.field
        assert finding.sentence.endswith(".") and "%(" not in finding.sentence


@pytest.mark.clause("MC-4")
@given(
    micro_credentials, st.sampled_from(sorted(set(AssessmentKind.values) - NOT_MASTERY)), st.data()
)
@settings(deadline=None)
def test_an_assessment_of_mastery_that_covers_all_outcomes_settles_mastery(
    view: OfferingView, kind: str, data: st.DataObject
) -> None:
    added = Assessment("At the bench", kind, tuple(outcome.code for outcome in view.outcomes))
    row = data.draw(st.integers(0, len(view.assessments)))
    with_it = (*view.assessments[:row], added, *view.assessments[row:])
    assert mastery_findings(replace(view, assessments=with_it)) == ()


@pytest.mark.clause("MC-4")
@given(micro_credentials, st.sampled_from(sorted(NOT_MASTERY)))
@settings(deadline=None)
def test_an_assessment_of_an_excluded_kind_settles_nothing(view: OfferingView, kind: str) -> None:
    quiz = Assessment("Quiz", kind, tuple(outcome.code for outcome in view.outcomes))
    with_it = replace(view, assessments=(*view.assessments, quiz))
    assert mastery_findings(with_it) == mastery_findings(view)
