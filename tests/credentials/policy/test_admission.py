"""The authority that the policy names settles admission, consulting whom it must (AD-1 to AD-4)."""

from typing import Any

import pytest

from credentials.choices import Kind
from credentials.policy.findings import Place, Severity
from credentials.policy.view import SECTIONS, OfferingView, SignOff
from tests.credentials.policy.offering_views import (
    ADMISSION_PAGE,
    AUTHORITIES,
    CONTRACTED,
    DEPARTMENT,
    FOR_CREDIT,
    UNIT,
    complete,
    is_asked,
    is_met,
    the_finding,
)

CASES: dict[str, tuple[Kind, dict[str, Any]]] = {
    "AD-1": (Kind.MICRO_CREDENTIAL, {}),
    "AD-2": (Kind.CERTIFICATE_PROGRAM, {"unit": UNIT}),
    "AD-3": (Kind.COURSE, {"unit": UNIT}),
    "AD-4": (Kind.DIGITAL_BADGE, FOR_CREDIT),
}
each_clause = pytest.mark.parametrize(
    "clause", [pytest.param(clause, marks=pytest.mark.clause(clause)) for clause in CASES]
)
each_consultation = pytest.mark.parametrize(
    "clause",
    [pytest.param(clause, marks=pytest.mark.clause(clause)) for clause in ("AD-2", "AD-3")],
)


def case_of(clause: str, **changes: Any) -> OfferingView:
    """A complete offering whose admission is settled under this clause."""
    kind, facts = CASES[clause]
    authority = AUTHORITIES[clause]
    sign_off = SignOff(authority.name, fits=True, consulted=authority.consults)
    return complete(kind, **{**facts, "authority": authority, "sign_off": sign_off, **changes})


@each_clause
@pytest.mark.parametrize("rule", ["admission-stated", "admission-signed-off"])
class TestEachCase:
    def test_is_settled_by_its_own_authority(self, clause: str, rule: str) -> None:
        assert is_met(case_of(clause), clause, rule)

    def test_is_not_asked_about_under_another_clause(self, clause: str, rule: str) -> None:
        for other in set(CASES) - {clause}:
            assert not is_asked(case_of(other), clause, rule)

    def test_is_not_asked_about_under_contract(self, clause: str, rule: str) -> None:
        assert not is_asked(case_of(clause, **CONTRACTED), clause, rule)


@each_clause
def test_requirements_are_stated_even_if_there_are_none(clause: str) -> None:
    silent = case_of(clause, filled=frozenset(SECTIONS) - {"admission_requirements"})
    finding = the_finding(silent, clause, "admission-stated")
    assert finding.severity == Severity.BLOCKS_SUBMISSION
    assert f"{AUTHORITIES[clause].name}" in finding.sentence
    assert "write that there are none" in finding.sentence
    assert finding.place == Place("admission_requirements")


@each_clause
def test_requirements_are_signed_off(clause: str) -> None:
    finding = the_finding(case_of(clause, sign_off=None), clause, "admission-signed-off")
    assert finding.severity == Severity.BLOCKS_APPROVAL
    assert f"Ask {AUTHORITIES[clause].name} to sign them off" in finding.sentence
    assert finding.place == ADMISSION_PAGE


@each_clause
def test_a_sign_off_of_another_text_or_authority_does_not_count(clause: str) -> None:
    stale = case_of(clause, sign_off=SignOff("Another office", fits=False, consulted=DEPARTMENT))
    finding = the_finding(stale, clause, "admission-signed-off")
    assert "changed after Another office signed off" in finding.sentence
    assert f"Ask {AUTHORITIES[clause].name} to sign them off as they stand now" in finding.sentence
    assert finding.place == ADMISSION_PAGE


@each_consultation
def test_the_consultation_is_recorded(clause: str) -> None:
    assert is_met(case_of(clause), clause, "admission-consulted")
    silent = case_of(clause, sign_off=SignOff(UNIT, fits=True, consulted=" "))
    finding = the_finding(silent, clause, "admission-consulted")
    assert finding.severity == Severity.BLOCKS_APPROVAL
    assert f"{DEPARTMENT} was consulted" in finding.sentence
    assert f"Ask {UNIT} to sign off again with who was consulted" in finding.sentence
    assert finding.place == ADMISSION_PAGE


@each_consultation
def test_a_consultation_is_asked_for_with_the_sign_off_and_only_where_due(clause: str) -> None:
    assert not is_asked(case_of(clause, sign_off=None), clause, "admission-consulted")
    assert not is_asked(case_of(clause, **CONTRACTED), clause, "admission-consulted")
    for other in set(CASES) - {clause}:
        assert not is_asked(case_of(other), clause, "admission-consulted")
