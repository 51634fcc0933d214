"""Which route a proposal takes: one pure function of what it is and what changed (MC-2)."""

import pytest

from credentials.choices import CreditBasis, Kind
from workflows.choices import RouteKey
from workflows.deciding.routing import Proposal, clauses_for, route_for

NAC, FAC = CreditBasis.NAC, CreditBasis.FAC


@pytest.mark.clause("MC-2")
@pytest.mark.parametrize(
    ("proposal", "route"),
    [
        (Proposal(Kind.CERTIFICATE_PROGRAM, NAC, True), RouteKey.CERTIFICATE),
        (Proposal(Kind.MICRO_CREDENTIAL, NAC, True), RouteKey.MICRO_CREDENTIAL),
        (Proposal(Kind.DIGITAL_BADGE, NAC, True), RouteKey.MICRO_CREDENTIAL),
        (Proposal(Kind.COURSE, NAC, True), RouteKey.COURSE),
        (Proposal(Kind.COURSE, NAC, True, stackable=True), RouteKey.MICRO_CREDENTIAL),
        (Proposal(Kind.CERTIFICATE_PROGRAM, NAC, True, stackable=True), RouteKey.CERTIFICATE),
        (Proposal(Kind.MICRO_CREDENTIAL, FAC, True), RouteKey.FOR_CREDIT),
        (Proposal(Kind.COURSE, FAC, True), RouteKey.FOR_CREDIT),
        (Proposal(Kind.MICRO_CREDENTIAL, FAC, True, embedded=True), RouteKey.EMBEDDED),
        (Proposal(Kind.MICRO_CREDENTIAL, NAC, True, contracted=True), RouteKey.CONTRACTED),
        (Proposal(Kind.MICRO_CREDENTIAL, NAC, False), RouteKey.EDITORIAL),
        (Proposal(Kind.MICRO_CREDENTIAL, FAC, False, embedded=True), RouteKey.EDITORIAL),
        (Proposal(Kind.MICRO_CREDENTIAL, NAC, True, retiring=True), RouteKey.RETIREMENT),
        (Proposal(Kind.COURSE, NAC, False, retiring=True), RouteKey.RETIREMENT),
    ],
)
def test_each_proposal_has_one_route(proposal: Proposal, route: RouteKey) -> None:
    assert route_for(proposal) == route


@pytest.mark.parametrize(
    ("proposal", "clauses"),
    [
        (Proposal(Kind.COURSE, NAC, True, stackable=True), ["MC-1"]),
        (Proposal(Kind.COURSE, NAC, True), ["SH-2"]),
        (Proposal(Kind.MICRO_CREDENTIAL, FAC, True, embedded=True), ["GB-1", "GB-2"]),
        (Proposal(Kind.MICRO_CREDENTIAL, NAC, True, contracted=True), ["FW-2"]),
    ],
)
def test_the_approval_names_the_clauses_of_its_route(
    proposal: Proposal, clauses: list[str]
) -> None:
    assert clauses_for(proposal) == clauses
