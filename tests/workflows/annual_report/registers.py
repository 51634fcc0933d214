"""A simulated past of reviews and of requests for OSAP, written with triggers on.

Of each kind that a report must tell apart there is at least one; the rest is up to chance. Moments
lie anywhere in three years, some at the very edge of an academic year.
"""

import datetime
import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils import timezone

from credentials.models import OsapEvent, OsapRecord, OsapYear
from credentials.record.ledger import PublishedVersion
from tests.workflows.annual_report.simulation import moments
from workflows.choices import ReviewResult, ReviewState
from workflows.models import Decision, ReviewCycle, ReviewOutcome, ReviewSubmission

ENDS = timezone.make_aware(datetime.datetime(2025, 9, 1))  # the first instant after 2024-25
LAST_INSTANT = ENDS - datetime.timedelta(microseconds=1)
AFTER = ENDS + datetime.timedelta(days=40)
WITHIN = ENDS - datetime.timedelta(days=100)
DAY = datetime.timedelta(days=1)
# Ways to each state, by their acts.
WAYS: dict[str, tuple[str, ...]] = {
    "to_prepare": ("opened",),
    "submitted": ("opened", "submitted", "departed"),
    "approved": ("opened", "submitted", "approved", "reported"),
    "declined": ("opened", "submitted", "declined"),
    "lapsed": ("opened", "lapsed"),
}
NEXT = {"to_prepare": "submitted", "submitted": "approved", "approved": "lapsed"}


def save_cycle(cycle: ReviewCycle, at: datetime.datetime, **facts: Any) -> None:
    """Keep a change of a review as of a moment."""
    for name, value in facts.items():
        setattr(cycle, name, value)
    cycle._history_date = at
    cycle.save()


def schedule(offering: Any, at: datetime.datetime, due_on: datetime.date) -> ReviewCycle:
    """A review of an offering, scheduled at a moment."""
    cycle = ReviewCycle(
        offering_id=offering.pk,
        number=ReviewCycle.objects.filter(offering=offering.pk).count() + 1,
        counted_from=due_on,
        interval_months=36,
        clause="SH-3",
        policy_version="1",
    )
    save_cycle(cycle, at, due_on=due_on)
    return cycle


def conclude(cycle: ReviewCycle, at: datetime.datetime, result: str) -> None:
    """Its outcome at a moment, on the version of the offering that stood then."""
    versions = PublishedVersion.objects.filter(offering=cycle.offering_id, valid_from__lte=at)
    version = versions.order_by("-number").first() or PublishedVersion.objects.get(
        offering=cycle.offering_id, number=1
    )
    submission = ReviewSubmission.objects.create(
        cycle=cycle, offering_id=cycle.offering_id, number=1, version=version, study={}, record={}
    )
    decision = Decision.objects.create(
        offering_id=cycle.offering_id,
        proposal_key=cycle.key,
        stage_key="1",
        stage="Committee",
        route="review",
        office="Committee",
        instrument="Terms of reference",
        outcome=result,
        content_hash=version.content_hash,
        governed_hash=version.governed_hash,
        policy_version="1",
        decided_by_key="1",
        decided_by_name="Ada",
        decided_at=at,
    )
    day = timezone.localdate(at)
    ReviewOutcome.objects.create(
        cycle=cycle,
        offering_id=cycle.offering_id,
        submission=submission,
        decision=decision,
        result=result,
        reviewed_on=day,
        was_due_on=cycle.due_on,
    )
    save_cycle(cycle, at, state=ReviewState.CONCLUDED, closed_on=day)


def write_event(record: OsapRecord, act: str, at: datetime.datetime) -> None:
    """One act on a record of OSAP at a moment."""
    last = OsapEvent.objects.filter(record=record).order_by("-pk").first()
    before = last.state_after if last else ""
    (after,) = {a for (name, b, a) in OsapEvent.STEPS if (name, b) == (act, before)}
    OsapEvent.objects.create(
        record=record, offering_id=record.offering_id, act=act, at=at,
        state_before=before, state_after=after, by_key="1", by_name="Ada",
    )  # fmt: skip


def open_record(offering: Any, begins_in: int, at: datetime.datetime) -> OsapRecord:
    """A record of OSAP for an academic year, opened at a moment."""
    year, _made = OsapYear.objects.get_or_create(begins_in=begins_in)
    record: OsapRecord = OsapRecord.objects.create(offering_id=offering.pk, year=year)
    write_event(record, "opened", at)
    return record


def simulate_registers(offerings: Sequence[Any], seed: int) -> None:
    """Reviews and requests for OSAP of these offerings, planned ones first."""
    chance = random.Random(seed)
    offered = _offered_at_the_end(offerings)
    _planned_reviews(iter(offered))
    taken = set(ReviewCycle.objects.values_list("offering", flat=True))
    for offering in (offering for offering in offerings if offering.pk not in taken):
        _random_reviews(chance, offering)
    _planned_requests(iter(offerings))
    for offering in offerings[8:16]:
        for begins_in in (2023, 2024):
            _random_request(chance, offering, begins_in)


def _offered_at_the_end(offerings: Iterable[Any]) -> list[Any]:
    """Those that could be taken up at the end of 2024-25 and are ours."""
    found = []
    for offering in offerings:
        versions = PublishedVersion.objects.filter(offering=offering.pk, valid_from__lt=ENDS)
        head = versions.order_by("-number").first()
        if head is not None and head.is_offered and not head.public_document["contracted"]:
            found.append(offering)
    return found


def _planned_reviews(offerings: Iterator[Any]) -> None:
    early, due_on = WITHIN - 200 * DAY, timezone.localdate(WITHIN)
    for result in ReviewResult.values:
        conclude(schedule(next(offerings), early, due_on), WITHIN, result)
    conclude(schedule(next(offerings), early, due_on), AFTER, "continue")  # overdue at the end
    conclude(schedule(next(offerings), early, due_on), ENDS, "revise")  # a moment too late
    conclude(schedule(next(offerings), early, due_on), LAST_INSTANT, "retire")
    brought_forward = schedule(next(offerings), early, due_on + 300 * DAY)
    save_cycle(brought_forward, AFTER, due_on=due_on)  # it was not overdue then
    cancelled = schedule(next(offerings), early, due_on)
    save_cycle(cancelled, AFTER, state=ReviewState.CANCELLED, closed_on=timezone.localdate(AFTER))


def _random_reviews(chance: random.Random, offering: Any) -> None:
    points = iter(moments(chance, 8))
    first = PublishedVersion.objects.get(offering=offering.pk, number=1).valid_from
    for at in points:
        if at <= first:
            continue
        days = datetime.timedelta(days=chance.randrange(-60, 200))
        cycle = schedule(offering, at, timezone.localdate(at) + days)
        later = next(points, None)
        if later is not None and chance.random() < 0.4:
            save_cycle(cycle, later, due_on=cycle.due_on - chance.randrange(90) * DAY)
            later = next(points, None)
        if later is None:
            return
        if chance.random() < 0.3:
            on = timezone.localdate(later)
            save_cycle(cycle, later, state=ReviewState.CANCELLED, closed_on=on)
        else:
            conclude(cycle, later, chance.choice(ReviewResult.values))


def _planned_requests(offerings: Iterator[Any]) -> None:
    for acts in WAYS.values():
        record = open_record(next(offerings), 2024, WITHIN - 10 * DAY)
        for number, act in enumerate(acts[1:]):
            write_event(record, act, WITHIN + number * DAY)
    answered_later = open_record(next(offerings), 2024, WITHIN)
    write_event(answered_later, "submitted", LAST_INSTANT)
    write_event(answered_later, "approved", ENDS)
    write_event(answered_later, "lapsed", AFTER)
    open_record(next(offerings), 2024, AFTER)  # opened when the year was over


def _random_request(chance: random.Random, offering: Any, begins_in: int) -> None:
    points = moments(chance, 7)
    record = open_record(offering, begins_in, points[0])
    for at in points[1:]:
        state = OsapEvent.objects.filter(record=record).order_by("-pk")[0].state_after
        acts = sorted(act for act, before, _after in OsapEvent.STEPS if before == state)
        if not acts:
            return
        write_event(record, chance.choice(acts), at)
