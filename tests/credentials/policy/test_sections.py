"""Sections that clauses ask for are filled in (PA-1 to PA-11, CP-2, DEF-6, DEF-9, MC-4, MC-5)."""

import pytest

from credentials.choices import Kind
from credentials.policy.findings import Place, Severity
from credentials.policy.rules.sections import NAMES
from credentials.policy.view import SECTIONS
from tests.credentials.policy.offering_views import (
    CONTRACTED,
    FOR_CREDIT,
    complete,
    is_asked,
    is_met,
    the_finding,
    without,
)

OF_EVERY_KIND = [
    ("PA-1", "objectives"),
    ("PA-2", "stakeholders"),
    ("PA-3", "typical_student"),
    ("PA-4", "program_outcomes"),
    ("PA-5", "curriculum_design"),
    ("PA-6", "assessment_evaluation"),
    ("PA-7", "continuous_improvement"),
    ("PA-8", "review_accreditation"),
    ("PA-9", "compliance_legal"),
    ("PA-10", "communication_transparency"),
    ("PA-11", "monitoring_reporting"),
    ("CP-2", "rationale"),
]
OF_ONE_KIND = [
    ("DEF-9", "need_evidence", Kind.MICRO_CREDENTIAL),
    ("MC-4", "competency", Kind.MICRO_CREDENTIAL),
    ("DEF-6", "criteria", Kind.DIGITAL_BADGE),
    ("DEF-6", "assessed_how", Kind.DIGITAL_BADGE),
]

of_every_kind = pytest.mark.parametrize(
    ("clause", "field"),
    [pytest.param(c, f, id=f"{c} {f}", marks=pytest.mark.clause(c)) for c, f in OF_EVERY_KIND],
)
of_one_kind = pytest.mark.parametrize(
    ("clause", "field", "kind"),
    [pytest.param(c, f, k, id=f"{c} {f}", marks=pytest.mark.clause(c)) for c, f, k in OF_ONE_KIND],
)
each_kind = pytest.mark.parametrize("kind", list(Kind))
outside = pytest.mark.parametrize("changes", [FOR_CREDIT, CONTRACTED], ids=["credit", "contract"])


@of_every_kind
@each_kind
def test_a_filled_section_is_enough(clause: str, field: str, kind: Kind) -> None:
    assert is_met(complete(kind), clause, "filled", field)


@of_every_kind
@each_kind
def test_an_empty_section_blocks_submission(clause: str, field: str, kind: Kind) -> None:
    finding = the_finding(without(kind, field), clause, "filled", field)
    assert finding.severity == Severity.BLOCKS_SUBMISSION
    assert f"Fill in “{NAMES[field]}”" in finding.sentence
    assert finding.place == Place(field)


@of_every_kind
@outside
def test_the_protocol_is_not_for_credit_or_contract(
    clause: str, field: str, changes: dict[str, object]
) -> None:
    assert not is_asked(without(Kind.COURSE, field, **changes), clause, "filled", field)


@of_one_kind
def test_a_section_of_one_kind_is_asked_of_it(clause: str, field: str, kind: Kind) -> None:
    assert is_met(complete(kind), clause, "filled", field)
    finding = the_finding(without(kind, field), clause, "filled", field)
    assert finding.severity == Severity.BLOCKS_SUBMISSION
    assert f"Fill in “{NAMES[field]}”" in finding.sentence
    assert finding.place == Place(field)


@of_one_kind
def test_a_section_of_one_kind_is_not_asked_of_others(clause: str, field: str, kind: Kind) -> None:
    for other in set(Kind) - {kind}:
        assert not is_asked(without(other, field), clause, "filled", field)


@pytest.mark.clause("MC-5")
def test_delivery_is_stated_in_at_least_one_mode() -> None:
    assert is_met(complete(Kind.MICRO_CREDENTIAL), "MC-5", "filled", "delivery_modes")
    empty = without(Kind.MICRO_CREDENTIAL, "delivery_modes")
    finding = the_finding(empty, "MC-5", "filled", "delivery_modes")
    assert "Fill in “delivery”" in finding.sentence
    assert finding.place == Place("delivery_modes")
    contracted = without(Kind.MICRO_CREDENTIAL, "delivery_modes", **CONTRACTED)
    assert not is_asked(contracted, "MC-5", "filled", "delivery_modes")


def test_every_section_has_the_name_that_people_see() -> None:
    assert set(NAMES) == set(SECTIONS)
