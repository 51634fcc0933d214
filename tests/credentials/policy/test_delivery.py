"""How it is delivered, for whom under contract, and what OSAP is asked for (MC-5, FW-2)."""

from decimal import Decimal
from typing import Any

import pytest

from credentials.choices import Kind
from credentials.policy.findings import Place, Severity
from credentials.policy.osap import OsapLimits
from tests.credentials.policy.offering_views import (
    CONTRACTED,
    FOR_CREDIT,
    complete,
    is_asked,
    is_met,
    the_finding,
)


@pytest.mark.clause("MC-5")
class TestOsap:
    @pytest.mark.parametrize(
        ("weeks", "hours"), [(11, Decimal("5.0")), (1, Decimal("300.0")), (8, Decimal(40))]
    )
    def test_is_for_what_keeps_within_the_limits(self, weeks: int, hours: Decimal) -> None:
        view = complete(Kind.MICRO_CREDENTIAL, asks_for_osap=True, weeks=weeks, hours=hours)
        assert is_met(view, "MC-5", "osap-limits")

    @pytest.mark.parametrize(
        ("changes", "remedy", "field"),
        [
            ({"weeks": 12}, "12 weeks is too long for OSAP: it must be under 12 in", "weeks"),
            ({"weeks": None}, "“Length in weeks” is empty: for OSAP it must be under 12", "weeks"),
            ({"hours": Decimal("4.9")}, "5 to 300 in 2024-25. Give “hours", "hours"),
            ({"hours": Decimal("300.1")}, "5 to 300 in 2024-25. Give “hours", "hours"),
            ({"hours": None}, "is empty: for OSAP it must be 5 to 300", "hours"),
        ],
    )
    def test_is_refused_beyond_them(self, changes: dict[str, Any], remedy: str, field: str) -> None:
        limits = OsapLimits("2024-25")
        view = complete(Kind.MICRO_CREDENTIAL, asks_for_osap=True, osap_limits=limits, **changes)
        finding = the_finding(view, "MC-5", "osap-limits")
        assert finding.severity == Severity.BLOCKS_SUBMISSION
        assert remedy in finding.sentence
        assert finding.place == Place(field)

    def test_is_refused_beyond_what_the_ministry_takes_in_that_year(self) -> None:
        limits = OsapLimits("2030-31", under_weeks=16, most_hours=Decimal(200))
        asked: dict[str, Any] = {"asks_for_osap": True, "osap_limits": limits}
        longer = complete(Kind.MICRO_CREDENTIAL, weeks=15, hours=Decimal(200), **asked)
        assert is_met(longer, "MC-5", "osap-limits")
        too_much = complete(Kind.MICRO_CREDENTIAL, weeks=15, hours=Decimal(201), **asked)
        assert "5 to 200 in 2030-31" in the_finding(too_much, "MC-5", "osap-limits").sentence

    def test_is_for_micro_credentials_only(self) -> None:
        for other in set(Kind) - {Kind.MICRO_CREDENTIAL}:
            finding = the_finding(complete(other, asks_for_osap=True), "MC-5", "osap-limits")
            assert "Clear “ask for OSAP”" in finding.sentence
            assert finding.place == Place("osap_eligible")

    def test_is_not_asked_about_where_it_is_not_ticked_or_elsewhere(self) -> None:
        assert not is_asked(complete(Kind.MICRO_CREDENTIAL, weeks=52), "MC-5", "osap-limits")
        for changes in (FOR_CREDIT, CONTRACTED):
            view = complete(Kind.MICRO_CREDENTIAL, asks_for_osap=True, **changes)
            assert not is_asked(view, "MC-5", "osap-limits")


@pytest.mark.clause("FW-2")
class TestContractedDelivery:
    @pytest.mark.parametrize("kind", list(Kind))
    def test_names_for_whom_and_under_which_policy(self, kind: Kind) -> None:
        assert is_met(complete(kind, **CONTRACTED), "FW-2", "contract-policy")

    @pytest.mark.parametrize(
        ("missing", "remedy"),
        [
            ("governing_policy", "Name that policy under “governing policy”"),
            ("contracted_for", "Fill in “delivered under contract for”"),
        ],
    )
    def test_is_refused_with_only_one_of_them(self, missing: str, remedy: str) -> None:
        view = complete(Kind.COURSE, **{**CONTRACTED, missing: ""})
        finding = the_finding(view, "FW-2", "contract-policy")
        assert finding.severity == Severity.BLOCKS_SUBMISSION
        assert remedy in finding.sentence
        assert finding.place == Place(missing)

    def test_a_blank_is_no_policy(self) -> None:
        blank = complete(Kind.COURSE, **{**CONTRACTED, "governing_policy": " "})
        assert the_finding(blank, "FW-2", "contract-policy").place == Place("governing_policy")
        assert not is_asked(complete(Kind.COURSE, governing_policy=" "), "FW-2", "contract-policy")

    def test_is_not_asked_about_where_there_is_none(self) -> None:
        assert not is_asked(complete(Kind.COURSE), "FW-2", "contract-policy")
        assert not is_asked(complete(Kind.COURSE, **FOR_CREDIT), "FW-2", "contract-policy")
