"""Published offerings come up for review at their interval (CP-4, SH-3, MC-8)."""

import datetime
from typing import Any

import pytest

from credentials.choices import Kind
from credentials.policy.findings import Place, Severity
from credentials.policy.months import months_after
from credentials.policy.rules.review import review_due_on
from credentials.policy.view import OfferingView
from tests.credentials.policy.offering_views import (
    CONTRACTED,
    FOR_CREDIT,
    complete,
    is_asked,
    is_met,
    terms_of,
    the_finding,
)

CASES = [
    ("SH-3", Kind.COURSE),
    ("MC-8", Kind.MICRO_CREDENTIAL),
    ("MC-8", Kind.DIGITAL_BADGE),
    ("CP-4", Kind.CERTIFICATE_PROGRAM),
]
each_case = pytest.mark.parametrize(
    ("clause", "kind"),
    [pytest.param(c, k, id=f"{c} {k}", marks=pytest.mark.clause(c)) for c, k in CASES],
)
REVIEWED = datetime.date(2022, 3, 31)  # 36 months before TODAY


def reviewed(kind: Kind, on: datetime.date = REVIEWED, **changes: Any) -> OfferingView:
    return complete(kind, is_published=True, reviewed_on=on, **changes)


@each_case
class TestAReview:
    def test_is_in_time_until_the_day_it_is_due(self, clause: str, kind: Kind) -> None:
        assert terms_of(clause, "review-due").number == 36
        assert is_met(reviewed(kind), clause, "review-due")

    def test_is_overdue_the_day_after(self, clause: str, kind: Kind) -> None:
        late = reviewed(kind, on=datetime.date(2022, 3, 30))
        finding = the_finding(late, clause, "review-due")
        assert finding.severity == Severity.ADVICE
        assert "was due on March 30, 2025. Review competencies" in finding.sentence
        assert finding.place == Place("title")

    def test_is_not_asked_of_what_is_not_published_here(self, clause: str, kind: Kind) -> None:
        assert not is_asked(complete(kind), clause, "review-due")
        assert not is_asked(complete(kind, is_published=True), clause, "review-due")
        long_ago = datetime.date(2001, 1, 1)
        withdrawn = complete(kind, is_published=False, reviewed_on=long_ago)
        assert not is_asked(withdrawn, clause, "review-due")
        for changes in (FOR_CREDIT, CONTRACTED):
            assert not is_asked(reviewed(kind, long_ago, **changes), clause, "review-due")

    def test_is_not_asked_of_other_kinds_under_this_clause(self, clause: str, kind: Kind) -> None:
        mine = {k for c, k in CASES if c == clause}
        for other in set(Kind) - mine:
            assert not is_asked(reviewed(other), clause, "review-due")


@pytest.mark.clause("CP-4")
def test_the_committee_sets_the_interval_of_a_program() -> None:
    often = reviewed(Kind.CERTIFICATE_PROGRAM, review_interval_months=12)
    assert "was due on March 31, 2023" in the_finding(often, "CP-4", "review-due").sentence
    unset = reviewed(Kind.CERTIFICATE_PROGRAM, review_interval_months=None)
    assert is_met(unset, "CP-4", "review-due")
    course = reviewed(Kind.COURSE, review_interval_months=12)
    assert is_met(course, "SH-3", "review-due"), "other kinds follow the clause"


def test_what_was_never_reviewed_has_no_due_date() -> None:
    assert review_due_on(complete(Kind.COURSE), 36) is None
    assert review_due_on(complete(Kind.COURSE, is_published=True), 36) is None
    assert review_due_on(complete(Kind.COURSE, reviewed_on=REVIEWED), 36) is None
    assert review_due_on(reviewed(Kind.COURSE), 36) == datetime.date(2025, 3, 31)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2023-11-28", 36, "2026-11-28"),
        ("2024-12-15", 1, "2025-01-15"),
        ("2024-11-30", 1, "2024-12-30"),
        ("2024-08-31", 0, "2024-08-31"),
    ],
)
def test_months_are_calendar_months_and_end_with_the_month(
    day: str, months: int, later: str
) -> None:
    start = datetime.date.fromisoformat(day)
    assert months_after(start, months) == datetime.date.fromisoformat(later)
