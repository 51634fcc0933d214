"""What became of offerings in a period: one happening for each version in the ledger.

All of it is read from what is only added to: versions, approvals, decisions. A category is the
one that stood in the document at that version.

A version that only tells whether the ministry approves OSAP is none: nobody changed the offering.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Value, When
from django.utils import timezone

from credentials.models import Approval
from credentials.record.ledger import PublishedVersion
from credentials.record.projection import CatalogueEntry
from workflows.annual_report.measures import Measure
from workflows.annual_report.period import Period
from workflows.models import Decision

Event = PublishedVersion.Event
OFFERED = (Event.PUBLISHED, Event.REVISED)
CHANGING = tuple(action for action in Approval.Action if action != Approval.Action.OSAP)
CHUNK = 500
# Documents are canonical JSON, in whose texts every quotation mark is escaped: these characters
# occur where the document says for whom it is delivered under contract, and nowhere else (FW-2).
CONTRACTED = '"contracted":{'

PLAIN = ("sequence", "offering_uuid", "title", "kind", "category", "number", "event", "valid_from")
JOINED = {
    "version_key": "version",
    "before_key": "version__supersedes",
    "governed_hash": "version__governed_hash",
    "hash_rules": "version__hash_rules",
    "before_hash_rules": "version__supersedes__hash_rules",
    "before_event": "version__supersedes__event",
    "before_category": "version__supersedes__entry__category",
    "before_governed_hash": "version__supersedes__governed_hash",
    "contracted": "is_contracted",
    "before_contracted": "was_contracted",
}
APPROVAL = {
    "reference": "version__approval__reference",
    "authority": "version__approval__authority",
    "instrument": "version__approval__instrument",
    "route": "version__approval__route",
    "clauses": "version__approval__clauses",
    "policy_version": "version__approval__policy_version",
    "approved_at": "version__approval__decided_at",
}
DECISION_PLAIN = ("stage", "office", "outcome", "decided_at")
DECISION_JOINED = {
    "version": "offering__versions__sequence",
    "letter_reference": "letter__reference",
    "outside_reference": "outside_outcome__reference",
}


@dataclass(frozen=True)
class Happening:
    """One version: what it did to its offering, and whether the offering counts (FW-2)."""

    row: dict[str, Any]
    decisions: list[dict[str, Any]] = field(default_factory=list)

    @property
    def counts(self) -> bool:
        """Whether it is ours to report: not delivered under another's policy."""
        return not self.row["contracted"]

    @property
    def category(self) -> str:
        """Of this version."""
        return str(self.row["category"])

    @property
    def was_offered(self) -> bool:
        """Whether it could be taken up before."""
        return self.row["before_event"] in OFFERED

    @property
    def counted_before(self) -> str:
        """The category among whose offered ones it was until then; empty for none."""
        if self.was_offered and not self.row["before_contracted"]:
            return str(self.row["before_category"])
        return ""

    @property
    def measure(self) -> Measure:
        """What became of the offering."""
        row = self.row
        if row["event"] == Event.RETIRED:
            return Measure.RETIRED
        if row["event"] == Event.WITHDRAWN:
            return Measure.WITHDRAWN
        if row["before_event"] is None:
            return Measure.NEW
        if not self.was_offered:
            return Measure.AGAIN
        return Measure.CHANGED_EDITORIAL if _is_editorial(row) else Measure.CHANGED_GOVERNED

    def moves(self) -> Iterator[tuple[str, Measure]]:
        """Categories that it leaves or enters without being new, offered again or ended."""
        if self.row["event"] not in OFFERED:
            if self.counts and not self.was_offered:
                yield self.category, Measure.ENDED_BEFORE
            return
        before, after = self.counted_before, self.category if self.counts else ""
        if before and before != after:
            yield before, Measure.MOVED_OUT
        if after and before != after and self.was_offered:
            yield after, Measure.MOVED_IN


def _is_editorial(row: dict[str, Any]) -> bool:
    """Whether governed content stayed as it was; hashes by other rules do not tell, content does.

    Two queries once in an offering's life, where its hashes begin to be made by new rules.
    """
    if row["hash_rules"] == row["before_hash_rules"]:
        return bool(row["governed_hash"] == row["before_governed_hash"])
    versions = PublishedVersion.objects.select_related("approval")
    now, before = versions.get(pk=row["version_key"]), versions.get(pk=row["before_key"])
    return now.shares_governed_content(before)


def happenings(period: Period) -> Iterator[Happening]:
    """Every version of the period in the ledger's order, contracted ones too. One query."""
    rows = _versions(period).values(*PLAIN, **_read(JOINED))
    for row in rows.iterator(chunk_size=CHUNK):
        yield Happening(row)


def recorded_happenings(period: Period) -> Iterator[Happening]:
    """Those that count, each with its approval and the decisions that led to it. Two queries.

    Both are read side by side, so a long year needs no more memory than a short one.
    """
    versions = _versions(period).filter(is_contracted=False)
    rows = versions.values(*PLAIN, **_read(JOINED | APPROVAL))
    groups = _grouped(_decisions(period).iterator(chunk_size=CHUNK))
    sequence, decisions = next(groups, (None, []))
    for row in rows.iterator(chunk_size=CHUNK):
        while sequence is not None and sequence < row["sequence"]:
            sequence, decisions = next(groups, (None, []))
        yield Happening(row, decisions if sequence == row["sequence"] else [])


def as_data(happening: Happening) -> dict[str, Any]:
    """A happening as the report keeps it: plain JSON data, no person named."""
    row = happening.row
    return {
        "offering": str(row["offering_uuid"]),
        "title": row["title"],
        "kind": row["kind"],
        "category": row["category"],
        "what": str(happening.measure),
        "version": row["number"],
        "on": _day(row["valid_from"]),
        "approval": {
            "reference": row["reference"],
            "authority": row["authority"],
            "instrument": row["instrument"],
            "route": row["route"],
            "clauses": row["clauses"],
            "policy_version": row["policy_version"],
            "on": _day(row["approved_at"]),
        },
        "decisions": [
            {
                "stage": decision["stage"],
                "office": decision["office"],
                "outcome": decision["outcome"],
                "on": _day(decision["decided_at"]),
                "reference": decision["letter_reference"] or decision["outside_reference"] or "",
            }
            for decision in happening.decisions
        ],
    }


def contracted(path: str = "version__document") -> Case:
    """Whether the document at `path` says that it is delivered under contract (FW-2)."""
    return Case(When(**{f"{path}__contains": CONTRACTED}, then=Value(True)), default=Value(False))


def _versions(period: Period) -> Any:
    entries = CatalogueEntry.objects.filter(
        version__approval__action__in=CHANGING,
        sequence__lte=period.head,
        valid_from__gt=period.begins,
        valid_from__lte=period.ends,
    )
    return entries.annotate(
        is_contracted=contracted(), was_contracted=contracted("version__supersedes__document")
    ).order_by("sequence")


def _decisions(period: Period) -> Any:
    """What was decided on exactly the content of a version, since the one before it.

    What the ministry decided on OSAP in between interrupts no proposal.
    """
    versions = PublishedVersion.objects.filter(
        approval__action__in=CHANGING,
        offering=OuterRef("offering"),
        number__lt=OuterRef("offering__versions__number"),
        valid_from__gte=OuterRef("decided_at"),
    )
    return (
        Decision.objects.filter(
            ~Exists(versions),
            offering__versions__approval__action__in=CHANGING,
            offering__versions__sequence__lte=period.head,
            offering__versions__valid_from__gt=period.begins,
            offering__versions__valid_from__lte=period.ends,
            offering__versions__content_hash=F("content_hash"),
            offering__versions__approval__decided_at__gte=F("decided_at"),
        )
        .order_by("offering__versions__sequence", "decided_at", "pk")
        .values(*DECISION_PLAIN, **_read(DECISION_JOINED))
    )


def _grouped(
    decisions: Iterable[dict[str, Any]],
) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    for sequence, group in groupby(decisions, key=itemgetter("version")):
        yield sequence, list(group)


def _read(names: dict[str, str]) -> dict[str, F]:
    return {name: F(path) for name, path in names.items()}


def _day(at: datetime.datetime) -> str:
    return timezone.localtime(at).date().isoformat()
