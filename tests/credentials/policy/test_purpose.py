"""What makes a micro-credential one: its purpose and its short duration (DEF-9)."""

from decimal import Decimal

import pytest

from credentials.choices import Kind
from credentials.policy.findings import Place, Severity
from tests.credentials.policy.offering_views import (
    CONTRACTED,
    FOR_CREDIT,
    complete,
    is_asked,
    is_met,
    terms_of,
    the_finding,
    without,
)

pytestmark = pytest.mark.clause("DEF-9")
MICRO = Kind.MICRO_CREDENTIAL


def test_a_short_one_is_short_enough() -> None:
    most = terms_of("DEF-9", "short-duration").number
    assert most is not None
    assert is_met(complete(MICRO, hours=Decimal(most)), "DEF-9", "short-duration")


def test_a_long_one_is_advised_to_be_divided() -> None:
    most = terms_of("DEF-9", "short-duration").number
    assert most is not None
    view = complete(MICRO, hours=Decimal(most) + Decimal("0.5"))
    finding = the_finding(view, "DEF-9", "short-duration")
    assert finding.severity == Severity.ADVICE
    assert f"More than {most} hours" in finding.sentence
    assert "Shorten “hours of learning”, or divide it" in finding.sentence
    assert finding.place == Place("hours")


def test_its_purpose_is_stated() -> None:
    assert is_met(complete(MICRO), "DEF-9", "distinct-purpose")
    finding = the_finding(without(MICRO, "description"), "DEF-9", "distinct-purpose")
    assert finding.severity == Severity.BLOCKS_SUBMISSION
    assert "Say what the micro-credential is for" in finding.sentence
    assert finding.place == Place("description")


@pytest.mark.parametrize("rule", ["short-duration", "distinct-purpose"])
def test_only_micro_credentials_that_are_governed_here_are_asked(rule: str) -> None:
    for other in set(Kind) - {MICRO}:
        assert not is_asked(complete(other), "DEF-9", rule)
    for changes in (FOR_CREDIT, CONTRACTED):
        assert not is_asked(complete(MICRO, **changes), "DEF-9", rule)


def test_an_unknown_length_is_not_judged() -> None:
    assert not is_asked(complete(MICRO, hours=None), "DEF-9", "short-duration")
