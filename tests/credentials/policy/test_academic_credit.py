"""What counts toward a degree, and what was decided on credit (DEF-7, DEF-8, FA-1, SC-2)."""

from typing import Any

import pytest

from credentials.choices import Kind
from credentials.policy.findings import Place, Severity
from credentials.policy.view import OfferingView
from tests.credentials.policy.offering_views import (
    CONTRACTED,
    FOR_CREDIT,
    TODAY,
    TOMORROW,
    UNIT,
    complete,
    is_asked,
    is_met,
    the_finding,
)

each_clause = pytest.mark.parametrize(
    "clause",
    [pytest.param(clause, marks=pytest.mark.clause(clause)) for clause in ("FA-1", "SC-2")],
)


def weighed(**changes: Any) -> OfferingView:
    facts: dict[str, Any] = {
        "unit": UNIT,
        "relative_weight": "0.25 of a course",
        "relative_weight_approval": "School council, 2025-01-20",
    }
    return complete(Kind.COURSE, **{**facts, **changes})


def for_credit(kind: Kind = Kind.MICRO_CREDENTIAL, **changes: Any) -> OfferingView:
    return complete(kind, **{**FOR_CREDIT, **changes})


@pytest.mark.clause("DEF-8")
class TestAWeightTowardADegree:
    def test_is_assessed_and_approved_by_the_unit(self) -> None:
        assert is_met(weighed(), "DEF-8", "relative-weight")

    @pytest.mark.parametrize(
        ("changes", "remedy", "field"),
        [
            (
                {"relative_weight_approval": " "},
                "Record reference and date",
                "relative_weight_approval",
            ),
            ({"unit": ""}, "Choose the “partner academic unit”", "academic_unit"),
            ({"assessments": ()}, "Add the assessment", "assessments"),
        ],
    )
    def test_is_refused_without(self, changes: dict[str, Any], remedy: str, field: str) -> None:
        finding = the_finding(weighed(**changes), "DEF-8", "relative-weight")
        assert finding.severity == Severity.BLOCKS_SUBMISSION
        assert remedy in finding.sentence
        assert finding.place == Place(field)

    def test_is_not_asked_about_where_there_is_none_or_elsewhere(self) -> None:
        assert not is_asked(complete(Kind.COURSE), "DEF-8", "relative-weight")
        for changes in (FOR_CREDIT, CONTRACTED):
            assert not is_asked(weighed(**changes), "DEF-8", "relative-weight")


@each_clause
class TestTheOutcomeOfTheProcessForCredit:
    @pytest.mark.parametrize("kind", list(Kind))
    def test_is_recorded(self, clause: str, kind: Kind) -> None:
        assert is_met(for_credit(kind), clause, "iqap-outcome")
        assert is_met(for_credit(kind, iqap_date=TODAY), clause, "iqap-outcome")

    @pytest.mark.parametrize(
        ("changes", "remedy", "field"),
        [
            ({"iqap_reference": ""}, "Fill in “IQAP reference”", "iqap_reference"),
            ({"iqap_date": None}, "Fill in “IQAP decision date”", "iqap_date"),
            ({"iqap_date": TOMORROW}, "lies in the future. Give the day", "iqap_date"),
            ({"has_iqap_document": False}, "Choose it under “IQAP document”", "iqap_document"),
        ],
    )
    def test_is_asked_for_part_by_part(
        self, clause: str, changes: dict[str, Any], remedy: str, field: str
    ) -> None:
        finding = the_finding(for_credit(**changes), clause, "iqap-outcome")
        assert finding.severity == Severity.BLOCKS_SUBMISSION
        assert remedy in finding.sentence
        assert finding.place == Place(field)

    def test_is_asked_for_under_contract_too(self, clause: str) -> None:
        assert is_asked(for_credit(**CONTRACTED), clause, "iqap-outcome")

    def test_is_not_asked_for_where_nothing_is_for_credit(self, clause: str) -> None:
        assert not is_asked(complete(Kind.MICRO_CREDENTIAL), clause, "iqap-outcome")


@pytest.mark.clause("FA-1")
def test_the_program_that_credit_counts_in_is_named_or_stands_alone() -> None:
    assert is_met(for_credit(), "FA-1", "parent-program")
    finding = the_finding(for_credit(parent_program=""), "FA-1", "parent-program")
    assert finding.severity == Severity.ADVICE
    assert "Name it, or leave it empty if the offering stands alone" in finding.sentence
    assert finding.place == Place("parent_program")
    assert not is_asked(complete(Kind.MICRO_CREDENTIAL), "FA-1", "parent-program")


@pytest.mark.clause("DEF-7")
class TestWhatIsNotForCredit:
    def test_claims_no_decision_for_credit(self) -> None:
        assert is_met(complete(Kind.COURSE), "DEF-7", "no-credit-claims")
        claiming = complete(Kind.COURSE, iqap_reference="IQAP 2024-17")
        finding = the_finding(claiming, "DEF-7", "no-credit-claims")
        assert finding.severity == Severity.BLOCKS_SUBMISSION
        assert "under “credit basis”, or remove the reference" in finding.sentence
        assert finding.place == Place("credit_basis")

    def test_may_refer_to_the_decision_on_the_degree_it_is_part_of(self) -> None:
        embedded = complete(
            Kind.MICRO_CREDENTIAL, parent_program="Diploma", iqap_reference="IQAP 2024-17"
        )
        assert not is_asked(embedded, "DEF-7", "no-credit-claims")

    def test_is_not_asked_of_what_is_for_credit_or_contracted(self) -> None:
        for changes in (FOR_CREDIT, CONTRACTED):
            assert not is_asked(complete(Kind.COURSE, **changes), "DEF-7", "no-credit-claims")
