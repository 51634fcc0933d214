"""Micro-credentials inside degrees follow the parent program's governance (GB-1)."""

from typing import Any

import pytest

from credentials.choices import CreditBasis, Kind
from credentials.policy.findings import Place, Severity
from credentials.policy.view import OfferingView
from tests.credentials.policy.offering_views import (
    CONTRACTED,
    FOR_CREDIT,
    TODAY,
    TOMORROW,
    complete,
    is_asked,
    is_met,
    the_finding,
)

pytestmark = pytest.mark.clause("GB-1")


def embedded(kind: Kind = Kind.MICRO_CREDENTIAL, **changes: Any) -> OfferingView:
    return complete(kind, **{**FOR_CREDIT, **changes})


@pytest.mark.parametrize("basis", list(CreditBasis))
def test_the_outcome_on_the_parent_program_is_recorded(basis: str) -> None:
    view = embedded(credit_basis=basis, iqap_date=TODAY)
    assert is_met(view, "GB-1", "embedded-outcome")


@pytest.mark.parametrize(
    ("changes", "remedy", "field"),
    [
        ({"iqap_reference": " "}, "Fill in “IQAP reference”", "iqap_reference"),
        ({"iqap_date": None}, "under “IQAP decision date”", "iqap_date"),
        ({"iqap_date": TOMORROW}, "under “IQAP decision date”", "iqap_date"),
    ],
)
def test_what_is_missing_of_it_is_asked_for(
    changes: dict[str, Any], remedy: str, field: str
) -> None:
    finding = the_finding(embedded(**changes), "GB-1", "embedded-outcome")
    assert finding.severity == Severity.BLOCKS_SUBMISSION
    assert "“Diploma in Water Studies”" in finding.sentence
    assert remedy in finding.sentence
    assert finding.place == Place(field)


def test_only_micro_credentials_inside_a_program_are_asked() -> None:
    for blank in ("", " "):
        assert not is_asked(embedded(parent_program=blank), "GB-1", "embedded-outcome")
    assert not is_asked(embedded(**CONTRACTED), "GB-1", "embedded-outcome")
    for other in set(Kind) - {Kind.MICRO_CREDENTIAL}:
        assert not is_asked(embedded(other), "GB-1", "embedded-outcome")
