"""The report's figures counted another way: by walking through the raw tables, day by day."""

import datetime
import json
from collections import Counter
from typing import Any

from django.utils import timezone

from tests.workflows.annual_report.simulation import raw

LEDGER = """
    SELECT v.offering_id, v.number, v.event, v.governed_hash, v.document, v.valid_from,
           a.reference, v.content_hash, a.action
    FROM credentials_publishedversion v JOIN credentials_approval a ON a.id = v.approval_id
    ORDER BY v.sequence
"""
OUTCOMES = """
    SELECT o.reviewed_on, o.result, v.document
    FROM workflows_reviewoutcome o
    JOIN workflows_reviewsubmission s ON s.id = o.submission_id
    JOIN credentials_publishedversion v ON v.id = s.version_id
"""
CYCLES = """
    SELECT id, offering_id, state, due_on, history_date
    FROM workflows_historicalreviewcycle ORDER BY history_date, history_id
"""
OSAP = """
    SELECT e.record_id, r.offering_id, e.state_before, e.state_after, e.at
    FROM credentials_osapevent e
    JOIN credentials_osaprecord r ON r.id = e.record_id
    JOIN credentials_osapyear y ON y.id = r.year_id
    WHERE y.begins_in = %s ORDER BY e.id
"""


def local_day(at: Any) -> datetime.date:
    """The institution's day of a moment as the database gives it."""
    at = datetime.datetime.fromisoformat(at) if isinstance(at, str) else at
    return timezone.localtime(at if at.tzinfo else at.replace(tzinfo=datetime.UTC)).date()


def day_of(value: Any) -> datetime.date:
    """A day as the database gives it."""
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


def ledger() -> list[tuple[Any, ...]]:
    """All versions in their order, but those that only say OSAP anew."""
    return [row for row in raw(LEDGER) if row[8] != "osap"]


def counted(  # noqa: PLR0912 (one walk, every case in the open)
    first: datetime.date, last: datetime.date
) -> dict[str, dict[str, int]]:
    """What became of offerings, by category; what is 0 is left out."""
    standing: dict[int, tuple[str, str]] = {}  # offering: (category, governed hash), if offered
    counts: dict[str, Counter[str]] = {}

    def add(category: str, what: str) -> None:
        counts.setdefault(category, Counter())[what] += 1

    def stand(what: str) -> None:
        for category, _hash in standing.values():
            if category:
                add(category, what)

    opened = closed = False
    for offering, number, event, governed, document, at, *_others in ledger():
        day, data = local_day(at), json.loads(document)
        if not opened and day >= first:
            opened = True
            stand("opening")
        if not closed and day > last:
            closed = True
            stand("closing")
        ours = "" if data["contracted"] else data["category"]
        before = standing.get(offering)
        within = first <= day <= last
        if event in ("retired", "withdrawn"):
            if within and ours:
                add(ours, event)
                if before is None:
                    add(ours, "ended_before")
            standing.pop(offering, None)
            continue
        if within:
            if ours and number == 1:
                add(ours, "new")
            elif ours and before is None:
                add(ours, "again")
            elif ours and before[1] == governed:
                add(ours, "changed_editorial")
            elif ours:
                add(ours, "changed_governed")
            if before is not None and before[0] != ours:
                if before[0]:
                    add(before[0], "moved_out")
                if ours:
                    add(ours, "moved_in")
        standing[offering] = (ours, governed)
    if not opened:
        stand("opening")
    if not closed:
        stand("closing")
    return {category: dict(counter) for category, counter in counts.items()}


def reviewed(first: datetime.date, last: datetime.date) -> Counter[tuple[str, str]]:
    """Reviews concluded, by category and outcome."""
    found: Counter[tuple[str, str]] = Counter()
    for day, result, document in raw(OUTCOMES):
        data = json.loads(document)
        if first <= day_of(day) <= last and not data["contracted"]:
            found[data["category"], result] += 1
    return found


def offered_at_the_end(last: datetime.date) -> dict[int, str]:
    """The category of each offering of ours that could be taken up then."""
    found: dict[int, str] = {}
    for offering, _number, event, _governed, document, at, *_others in raw(LEDGER):
        if local_day(at) > last:
            break
        data = json.loads(document)
        found.pop(offering, None)
        if event in ("published", "revised") and not data["contracted"]:
            found[offering] = data["category"]
    return found


def overdue(last: datetime.date) -> Counter[tuple[str, str]]:
    """Reviews overdue at the end of a day, by category and due date."""
    stood: dict[int, tuple[int, str, datetime.date]] = {}
    for cycle, offering, state, due_on, at in raw(CYCLES):
        if local_day(at) <= last:
            stood[cycle] = (offering, state, day_of(due_on))
    offered = offered_at_the_end(last)
    return Counter(
        (offered[offering], due_on.isoformat())
        for offering, state, due_on in stood.values()
        if state not in ("concluded", "cancelled") and due_on < last and offering in offered
    )


def osap(begins_in: int, last: datetime.date) -> dict[int, tuple[str, str]]:
    """How each request for a year stood at the end of a day, and since when, by offering."""
    stood: dict[int, tuple[str, str]] = {}
    for _record, offering, before, after, at in raw(OSAP, begins_in):
        if local_day(at) > last:
            continue
        since = stood[offering][1] if before == after else local_day(at).isoformat()
        stood[offering] = (after, since)
    return stood


def uuids() -> dict[str, int]:
    """Offerings by the identifier that is told of them in public."""
    return {json.loads(row[4])["id"]: row[0] for row in raw(LEDGER)}
