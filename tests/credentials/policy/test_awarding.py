"""What a learner receives fits what was taken (CP-1, SH-1, DEF-6, DEF-9)."""

import pytest

from credentials.choices import AwardKind, Kind
from credentials.policy.findings import Place, Severity
from tests.credentials.policy.offering_views import (
    CONTRACTED,
    FOR_CREDIT,
    complete,
    is_asked,
    is_met,
    the_finding,
)

FITTING = [
    ("CP-1", "certificate-awarded", Kind.CERTIFICATE_PROGRAM, {AwardKind.CERTIFICATE}),
    (
        "SH-1",
        "completion-award",
        Kind.COURSE,
        {AwardKind.NONE, AwardKind.CERTIFICATE_OF_COMPLETION},
    ),
    (
        "DEF-9",
        "own-award",
        Kind.MICRO_CREDENTIAL,
        {AwardKind.MICRO_CREDENTIAL, AwardKind.DIGITAL_BADGE},
    ),
]
REMEDIES = {
    "CP-1": "Choose “Certificate” under “awarded on completion”",
    "SH-1": "Choose “Certificate of completion” under “awarded on completion”",
    "DEF-9": "Choose “Micro-credential” or “Digital badge” under “awarded on completion”",
}


@pytest.mark.parametrize(
    ("clause", "rule", "kind", "fitting"),
    [pytest.param(*case, marks=pytest.mark.clause(case[0]), id=case[0]) for case in FITTING],
)
class TestTheAward:
    def test_fits_the_kind(
        self, clause: str, rule: str, kind: Kind, fitting: set[AwardKind]
    ) -> None:
        for award in fitting:
            assert is_met(complete(kind, award=award), clause, rule)

    def test_is_refused_where_it_does_not(
        self, clause: str, rule: str, kind: Kind, fitting: set[AwardKind]
    ) -> None:
        for award in set(AwardKind) - fitting:
            finding = the_finding(complete(kind, award=award), clause, rule)
            assert finding.severity == Severity.BLOCKS_SUBMISSION
            assert REMEDIES[clause] in finding.sentence
            assert finding.place == Place("award_kind")

    def test_is_asked_about_only_of_its_kind_and_only_here(
        self, clause: str, rule: str, kind: Kind, fitting: set[AwardKind]
    ) -> None:
        for other in set(Kind) - {kind}:
            assert not is_asked(complete(other), clause, rule)
        for changes in (FOR_CREDIT, CONTRACTED):
            assert not is_asked(complete(kind, **changes), clause, rule)


@pytest.mark.clause("DEF-6")
def test_a_digital_badge_has_its_image() -> None:
    assert is_met(complete(Kind.DIGITAL_BADGE), "DEF-6", "badge-image")
    bare = complete(Kind.DIGITAL_BADGE, has_image=False)
    finding = the_finding(bare, "DEF-6", "badge-image")
    assert finding.severity == Severity.BLOCKS_SUBMISSION
    assert "Choose it under “image”" in finding.sentence
    assert finding.place == Place("image")


@pytest.mark.clause("DEF-6")
def test_other_offerings_may_do_without_an_image() -> None:
    for other in set(Kind) - {Kind.DIGITAL_BADGE}:
        assert not is_asked(complete(other, has_image=False), "DEF-6", "badge-image")
    for changes in (FOR_CREDIT, CONTRACTED):
        view = complete(Kind.DIGITAL_BADGE, has_image=False, **changes)
        assert not is_asked(view, "DEF-6", "badge-image")
