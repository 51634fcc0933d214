"""An offering that is complete is asked for nothing more, and an empty one for a great deal."""

from typing import Any

import pytest

from credentials.choices import CreditBasis, Kind
from credentials.policy.evaluation import evaluate
from credentials.policy.view import OfferingView
from tests.credentials.policy.first_terms import default_terms
from tests.credentials.policy.offering_views import (
    AUTHORITIES,
    CONTRACTED,
    FOR_CREDIT,
    TODAY,
    complete,
)

each_kind = pytest.mark.parametrize("kind", list(Kind))


@each_kind
@pytest.mark.parametrize(
    "changes", [{}, FOR_CREDIT, CONTRACTED], ids=["here", "credit", "contract"]
)
def test_nothing_more_is_asked_of_a_complete_offering(kind: Kind, changes: dict[str, Any]) -> None:
    report = evaluate(complete(kind, **changes), default_terms())
    assert report.findings == ()
    assert report.met == report.asked != ()


@each_kind
@pytest.mark.clause("FW-2")
def test_contracted_delivery_answers_to_one_clause_only(kind: Kind) -> None:
    assert evaluate(complete(kind, **CONTRACTED), default_terms()).asked == ("FW-2",)


@pytest.mark.clause("SC-2")
def test_credit_answers_only_to_the_clauses_about_credit() -> None:
    report = evaluate(complete(Kind.MICRO_CREDENTIAL, **FOR_CREDIT), default_terms())
    assert set(report.asked) == {"AD-4", "FA-1", "GB-1", "SC-2"}


@each_kind
def test_an_empty_draft_is_asked_for_everything_with_a_clause_a_remedy_and_a_place(
    kind: Kind,
) -> None:
    draft = OfferingView(0, kind, "", CreditBasis.NAC, "", TODAY, AUTHORITIES["AD-1"])
    report = evaluate(draft, default_terms())
    assert len(report.blocks_submission) > 10
    for finding in report.findings:
        assert finding.clause and finding.place.field
        assert finding.sentence.endswith(".") and "%(" not in finding.sentence
