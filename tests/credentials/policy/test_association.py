"""A micro-credential answers an employer, a regulation or a law, with evidence (MC-3)."""

import pytest

from credentials.choices import AssociationBasis, Kind
from credentials.policy.findings import Place, Severity
from tests.credentials.policy.offering_views import (
    CONTRACTED,
    FOR_CREDIT,
    complete,
    is_asked,
    is_met,
    the_finding,
)

pytestmark = pytest.mark.clause("MC-3")
MICRO = Kind.MICRO_CREDENTIAL
GRANTED = "Dean's office, the dean"


# Refused by name in the issue: a waiver without evidence.
def test_a_waiver_without_evidence_is_refused() -> None:
    waived = complete(
        MICRO, association_basis=AssociationBasis.WAIVER, evidence=0, waiver_granted_by=GRANTED
    )
    finding = the_finding(waived, "MC-3", "waiver")
    assert finding.clause == "MC-3"
    assert finding.severity == Severity.BLOCKS_SUBMISSION
    assert "waived without evidence. Add evidence" in finding.sentence
    assert finding.place == Place("association_evidence")
    assert is_met(waived, "MC-3", "association"), "the same thing is not found twice"


def test_a_waiver_names_who_granted_it() -> None:
    finding = the_finding(
        complete(MICRO, association_basis=AssociationBasis.WAIVER, waiver_granted_by=" "),
        "MC-3",
        "waiver",
    )
    assert "Name office and person under “waiver granted by”" in finding.sentence
    assert finding.place == Place("waiver_granted_by")


def test_a_waiver_granted_on_evidence_needs_no_employer() -> None:
    waived = complete(
        MICRO, association_basis=AssociationBasis.WAIVER, waiver_granted_by=GRANTED, partners=()
    )
    assert is_met(waived, "MC-3", "waiver")
    assert is_met(waived, "MC-3", "association")


def test_a_waiver_is_not_asked_about_where_there_is_none() -> None:
    assert not is_asked(complete(MICRO), "MC-3", "waiver")
    for changes in (FOR_CREDIT, CONTRACTED):
        waived = complete(MICRO, association_basis=AssociationBasis.WAIVER, **changes)
        assert not is_asked(waived, "MC-3", "waiver")


def test_an_employer_with_evidence_is_enough() -> None:
    assert is_met(complete(MICRO), "MC-3", "association")


@pytest.mark.parametrize("basis", [AssociationBasis.REGULATION, AssociationBasis.LEGISLATION])
def test_a_regulation_or_a_law_needs_no_employer(basis: str) -> None:
    assert is_met(complete(MICRO, association_basis=basis, partners=()), "MC-3", "association")


def test_a_basis_is_chosen() -> None:
    finding = the_finding(complete(MICRO, association_basis=""), "MC-3", "association")
    assert finding.severity == Severity.BLOCKS_SUBMISSION
    assert "Choose what the micro-credential answers" in finding.sentence
    assert finding.place == Place("association_basis")


@pytest.mark.parametrize("basis", sorted(set(AssociationBasis) - {AssociationBasis.WAIVER}))
def test_a_basis_is_shown_by_evidence(basis: str) -> None:
    view = complete(MICRO, association_basis=basis, evidence=0)
    finding = the_finding(view, "MC-3", "association")
    assert "Add evidence with its description" in finding.sentence
    assert finding.place == Place("association_evidence")


def test_an_employer_is_named() -> None:
    finding = the_finding(complete(MICRO, partners=()), "MC-3", "association")
    assert "Add the employer under “Partners”" in finding.sentence
    assert finding.place == Place("partners")


def test_only_micro_credentials_that_are_governed_here_are_asked() -> None:
    for other in set(Kind) - {MICRO}:
        assert not is_asked(complete(other), "MC-3", "association")
        waived = complete(other, association_basis=AssociationBasis.WAIVER)
        assert not is_asked(waived, "MC-3", "waiver")
    for changes in (FOR_CREDIT, CONTRACTED):
        assert not is_asked(complete(MICRO, **changes), "MC-3", "association")
