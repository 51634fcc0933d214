"""Responsibilities are settled and signed, and the offering agrees with them (MC-6)."""

from dataclasses import replace
from typing import Any

import pytest

from credentials.choices import DeliveryMode, Duty, Kind, PartyKind, StackingApproach
from credentials.policy.findings import Place, Severity
from credentials.policy.view import OfferingView, Party
from tests.credentials.policy.offering_views import (
    AGREEMENT,
    AGREEMENT_PAGE,
    AUTHORITIES,
    CONTRACTED,
    EMPLOYER,
    FOR_CREDIT,
    TODAY,
    TOMORROW,
    UNIT,
    YESTERDAY,
    complete,
    is_asked,
    is_met,
    terms_of,
    the_finding,
)

pytestmark = pytest.mark.clause("MC-6")
RULES = (
    "agreement-made",
    "agreement-duties",
    "agreement-signed",
    "agreement-in-force",
    "agreement-fits",
)
DEPARTMENT_PARTY, EMPLOYER_PARTY = AGREEMENT.parties
each_rule = pytest.mark.parametrize("rule", RULES)


def agreed(**changes: Any) -> OfferingView:
    return complete(Kind.MICRO_CREDENTIAL, agreement=replace(AGREEMENT, **changes))


def with_unit(*parties: Party) -> OfferingView:
    return complete(
        Kind.MICRO_CREDENTIAL,
        unit=UNIT,
        authority=AUTHORITIES["AD-3"],
        agreement=replace(AGREEMENT, parties=(*AGREEMENT.parties, *parties)),
    )


# Refused by name in the issue: an agreement with an unsigned duty.
def test_an_agreement_with_an_unsigned_duty_is_refused() -> None:
    unsigned = replace(EMPLOYER_PARTY, has_signed=False)
    finding = the_finding(agreed(parties=(DEPARTMENT_PARTY, unsigned)), "MC-6", "agreement-signed")
    assert finding.clause == "MC-6"
    assert finding.severity == Severity.BLOCKS_APPROVAL
    assert f"“{EMPLOYER}” has not signed for what it takes on (Development)" in finding.sentence
    assert "Ask its signatory to sign" in finding.sentence
    assert finding.place == AGREEMENT_PAGE


@each_rule
@pytest.mark.parametrize("kind", [Kind.MICRO_CREDENTIAL, Kind.DIGITAL_BADGE])
def test_a_signed_agreement_that_fits_is_enough(rule: str, kind: Kind) -> None:
    assert is_met(complete(kind), "MC-6", rule)


@each_rule
def test_a_stackable_credential_of_any_kind_needs_one(rule: str) -> None:
    stacked = complete(Kind.CERTIFICATE_PROGRAM, stacking_approach=StackingApproach.HORIZONTAL)
    assert is_met(stacked, "MC-6", rule)
    assert not is_asked(complete(Kind.CERTIFICATE_PROGRAM), "MC-6", rule)
    assert not is_asked(complete(Kind.COURSE), "MC-6", rule)


@each_rule
@pytest.mark.parametrize("changes", [FOR_CREDIT, CONTRACTED], ids=["credit", "contract"])
def test_credit_and_contracts_are_settled_elsewhere(rule: str, changes: dict[str, Any]) -> None:
    assert not is_asked(complete(Kind.MICRO_CREDENTIAL, **changes), "MC-6", rule)


def test_there_is_an_agreement() -> None:
    finding = the_finding(complete(Kind.MICRO_CREDENTIAL, agreement=None), "MC-6", "agreement-made")
    assert finding.severity == Severity.BLOCKS_APPROVAL
    assert "Begin one" in finding.sentence
    assert finding.place == AGREEMENT_PAGE


@each_rule
def test_what_an_agreement_says_is_asked_once_there_is_one(rule: str) -> None:
    view = complete(Kind.MICRO_CREDENTIAL, agreement=None)
    assert is_asked(view, "MC-6", rule) == (rule == "agreement-made")


def test_a_draft_is_opened_for_signature() -> None:
    finding = the_finding(agreed(is_open=False), "MC-6", "agreement-made")
    assert "Open it for signature" in finding.sentence
    assert finding.place == AGREEMENT_PAGE


@pytest.mark.parametrize("duty", list(Duty))
def test_every_duty_is_taken(duty: Duty) -> None:
    assert duty in terms_of("MC-6", "agreement-duties").terms
    parties = tuple(replace(p, duties=p.duties - {duty}) for p in AGREEMENT.parties)
    finding = the_finding(agreed(parties=parties), "MC-6", "agreement-duties")
    assert finding.severity == Severity.BLOCKS_APPROVAL
    assert f"Nobody takes on “{duty.label}”. Give this duty to a party" in finding.sentence
    assert finding.place == AGREEMENT_PAGE


def test_parties_may_share_a_duty() -> None:
    parties = tuple(replace(p, duties=frozenset(Duty.values)) for p in AGREEMENT.parties)
    assert is_met(agreed(parties=parties), "MC-6", "agreement-duties")


def test_an_agreement_without_parties_is_signed_by_nobody() -> None:
    finding = the_finding(agreed(parties=()), "MC-6", "agreement-signed")
    assert "it has no parties. Add them." in finding.sentence


def test_an_agreement_has_a_first_day() -> None:
    finding = the_finding(agreed(starts_on=None), "MC-6", "agreement-in-force")
    assert "Give its first day" in finding.sentence
    assert finding.place == AGREEMENT_PAGE


def test_an_agreement_lapses_after_its_last_day() -> None:
    assert is_met(agreed(ends_on=TOMORROW), "MC-6", "agreement-in-force")
    assert is_met(agreed(ends_on=TODAY), "MC-6", "agreement-in-force")
    finding = the_finding(agreed(ends_on=YESTERDAY), "MC-6", "agreement-in-force")
    assert "lapsed after March 30, 2025. Make a new version" in finding.sentence
    assert finding.place == AGREEMENT_PAGE


class TestTheAgreementFitsTheOffering:
    def test_in_its_partners(self) -> None:
        view = complete(Kind.MICRO_CREDENTIAL, partners=("Another firm",))
        finding = the_finding(view, "MC-6", "agreement-fits")
        assert finding.severity == Severity.BLOCKS_APPROVAL
        assert f"“{EMPLOYER}” is an outside partner" in finding.sentence
        assert "Add it under “Partners”" in finding.sentence
        assert finding.place == Place("partners")

    def test_whatever_the_case_and_spacing_of_a_name(self) -> None:
        shouted = f" {EMPLOYER.upper().replace(' ', '  ')}"
        view = complete(Kind.MICRO_CREDENTIAL, partners=(shouted,))
        assert is_met(view, "MC-6", "agreement-fits")

    def test_in_its_academic_unit(self) -> None:
        finding = the_finding(with_unit(), "MC-6", "agreement-fits")
        assert f"“{UNIT}” develops the offering" in finding.sentence
        assert "Add it as a party" in finding.sentence
        assert finding.place == AGREEMENT_PAGE
        party = Party(UNIT, PartyKind.ACADEMIC_UNIT, frozenset(), has_signed=True)
        assert is_met(with_unit(party), "MC-6", "agreement-fits")

    def test_in_who_issues_its_badges(self) -> None:
        parties = (
            replace(DEPARTMENT_PARTY, duties=DEPARTMENT_PARTY.duties - {Duty.BADGES}),
            replace(EMPLOYER_PARTY, duties=EMPLOYER_PARTY.duties | {Duty.BADGES}),
        )
        finding = the_finding(agreed(parties=parties), "MC-6", "agreement-fits")
        assert "Give “Issuing of badges” to one" in finding.sentence
        assert finding.place == AGREEMENT_PAGE
        without_badge = replace(agreed(parties=parties), award="")
        assert is_met(without_badge, "MC-6", "agreement-fits")

    @pytest.mark.parametrize(
        "mode", [DeliveryMode.ONLINE, DeliveryMode.HYBRID, DeliveryMode.DISTANCE]
    )
    def test_in_where_learners_learn(self, mode: DeliveryMode) -> None:
        nowhere = replace(agreed(learning_system=" "), delivery_modes=(mode,))
        finding = the_finding(nowhere, "MC-6", "agreement-fits")
        assert f"Delivery is “{mode.label}”" in finding.sentence
        assert "Name the one that learners use" in finding.sentence
        assert finding.place == AGREEMENT_PAGE
        on_site = replace(nowhere, delivery_modes=(DeliveryMode.FACE_TO_FACE,))
        assert is_met(on_site, "MC-6", "agreement-fits")
