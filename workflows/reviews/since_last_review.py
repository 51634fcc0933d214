"""What the record says of an offering since its last review: what a self-study starts from."""

import datetime
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from credentials.compliance.gates import report_on
from credentials.exceptions import NoPolicyInForce
from credentials.models import Offering
from credentials.policy.findings import remedies
from credentials.record.ledger import PublishedVersion
from workflows.models import Decision, ReviewCycle
from workflows.reviews.awards import AwardCounts, awards_since


@dataclass(frozen=True)
class Change:
    """A version published since: its number, what happened, when, under which approval."""

    number: int
    event: str
    on: str
    approval: str
    approval_id: int


@dataclass(frozen=True)
class Ruling:
    """A decision taken since, names as they were."""

    on: str
    stage: str
    outcome: str
    by: str
    comment: str
    policy: str


@dataclass(frozen=True)
class Record:
    """Plain data, dates as ISO 8601: kept as it was when the self-study was submitted.

    `findings` are sentences with their clauses, as the policy in force asks today; `awards` is
    None as long as nothing records awards.
    """

    since: str
    version: int
    outcomes: tuple[dict[str, str], ...]
    assessments: tuple[dict[str, str], ...]
    changes: tuple[Change, ...]
    decisions: tuple[Ruling, ...]
    findings: tuple[str, ...]
    awards: AwardCounts | None

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def record_of(cycle: ReviewCycle) -> Record:
    """Read the record of the offering under review, since what the interval was counted from."""
    page = cycle.offering.specific
    since = cycle.counted_from
    head = PublishedVersion.objects.head_of(page.pk)
    return Record(
        since=since.isoformat(),
        version=head.number if head else 0,
        outcomes=tuple(
            {"code": item.code, "statement": item.statement} for item in page.outcomes.all()
        ),
        assessments=tuple(
            {
                "title": item.title,
                "kind": str(item.get_kind_display()),
                "outcomes": item.outcome_codes,
            }
            for item in page.assessments.all()
        ),
        changes=tuple(_changes(page.pk, since)),
        decisions=tuple(_decisions(page.pk, since)),
        findings=tuple(_findings(page)),
        awards=awards_since(page.pk, since),
    )


def _changes(offering_id: int, since: datetime.date) -> Iterator[Change]:
    """Versions after the day that the interval is counted from: not the approval it begins with."""
    versions = PublishedVersion.objects.filter(
        offering=offering_id, valid_from__date__gt=since
    ).select_related("approval")
    for version in versions.order_by("-number"):
        yield Change(
            version.number,
            str(version.get_event_display()),
            _day(version.valid_from),
            version.approval.reference,
            version.approval_id,
        )


def _decisions(offering_id: int, since: datetime.date) -> Iterator[Ruling]:
    decisions = Decision.objects.filter(offering=offering_id, decided_at__date__gt=since)
    for decision in decisions.order_by("-decided_at", "-pk"):
        yield Ruling(
            _day(decision.decided_at),
            decision.stage,
            str(decision.get_outcome_display()),
            f"{decision.decided_by_name}, {decision.office}",
            decision.comment,
            decision.policy_version,
        )


def _findings(page: Offering) -> Iterator[str]:
    try:
        report = report_on(page)
    except NoPolicyInForce:
        return
    for remedy in remedies(report.findings):
        yield str(remedy)


def _day(at: datetime.datetime) -> str:
    return timezone.localdate(at).isoformat()
