"""Keeps one review scheduled for each offering that the policy has reviewed (CP-4, SH-3, MC-8).

The catalogue's ledger says what has changed since the last time, so that a run over a catalogue
in which nothing has changed costs the same few queries at any size.
"""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.db.models import Max, Subquery
from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from credentials.compliance.policies import terms_in_force
from credentials.compliance.review_dates import next_reviews
from credentials.compliance.standings import chunks_of_keys, offered
from credentials.models import Offering, PolicyVersion
from credentials.policy.rules.review import NextReview
from credentials.policy.terms import PolicyTerms
from credentials.record.ledger import LedgerHead, PublishedVersion
from workflows.choices import ReviewState, ReviewTrigger
from workflows.deciding.progress import void
from workflows.models import Motion, ReviewCycle, ReviewSchedule


def schedule_reviews(on: datetime.date | None = None) -> int:
    """Bring the cycles up to date with the catalogue and the policy; how many were changed.

    Safe to repeat, and to run twice at once: the second waits, and finds nothing left to do.
    Raises NoPolicyInForce.
    """
    head, label, before = _where_it_stands()
    if before.sequence >= head and before.policy_version == label:
        return 0
    policy = terms_in_force()
    versions = PublishedVersion.objects.filter(sequence__lte=head)
    if before.policy_version == policy.label:
        versions = versions.filter(sequence__gt=before.sequence)
    offerings = Offering.objects.filter(pk__in=versions.order_by().values("offering"))
    changed = sum(schedule_offerings(keys, policy, on) for keys in chunks_of_keys(offerings))
    ReviewSchedule.objects.update_or_create(
        pk=1, defaults={"sequence": head, "policy_version": policy.label}
    )
    return changed


def _where_it_stands() -> tuple[int, str, ReviewSchedule]:
    """The catalogue's and the policy's present versions, and those that were scheduled for."""
    heads = LedgerHead.objects.filter(pk=1).values("sequence")
    labels = PolicyVersion.objects.in_force().values("label")
    before = (
        ReviewSchedule.objects.filter(pk=1)
        .annotate(head=Subquery(heads), label=Subquery(labels[:1]))
        .first()
    )
    if before is None:
        return LedgerHead.current(), "", ReviewSchedule()
    return before.head or 0, before.label or "", before


def hold_offerings(keys: Collection[int]) -> None:
    """Let one at a time work on the reviews of these offerings.

    They are held before cycles and motions, lowest key first, so that two who hold several
    offerings never wait for each other.
    """
    held = Offering.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    list(held.values_list("pk", flat=True))


def schedule_offerings(
    keys: Collection[int], policy: PolicyTerms, on: datetime.date | None = None
) -> int:
    """Bring the cycles of these offerings up to date; how many were made, moved or cancelled."""
    day = on or timezone.localdate()
    with transaction.atomic():
        hold_offerings(keys)
        cycles = ReviewCycle.objects.standing().filter(offering__in=keys)
        standing = {cycle.offering_id: cycle for cycle in cycles}
        due = next_reviews(offered().filter(pk__in=keys), policy, day)
        wanted: dict[int, NextReview] = {}
        changed = 0
        for key in keys:
            cycle, review = standing.get(key), due.get(key)
            if cycle is not None and (reason := _why_cancelled(cycle, review)):
                cancel(cycle, reason, day)
                changed, cycle = changed + 1, None
            elif cycle is not None and review is not None:
                changed += _move(cycle, review, policy.label)
            if cycle is None and review is not None:
                wanted[key] = review
        return changed + _make(wanted, policy.label)


def cancel(cycle: ReviewCycle, reason: str, on: datetime.date) -> None:
    """Close a cycle without an outcome; open motions on it decide nothing any more."""
    for motion in Motion.objects.filter(proposal_key=cycle.key).open():
        void(motion, "The review was cancelled.")
    cycle.state, cycle.closed_on, cycle.closing_note = ReviewState.CANCELLED, on, reason
    cycle.save()


# The record keeps these in one language, as it does the names of stages.
RETIRED = "The offering was retired or withdrawn, or the policy asks no review of it any more."
SUPERSEDED = "Other content has been approved since, which sets the interval anew."


def _why_cancelled(cycle: ReviewCycle, review: NextReview | None) -> str:
    """Why a cycle is overtaken; empty when it stands.

    One that somebody asked for stays, whatever is approved meanwhile, until it is concluded.
    """
    if review is None:
        return RETIRED
    is_under_way = cycle.state != ReviewState.SCHEDULED
    is_of_the_clock = cycle.trigger == ReviewTrigger.CLOCK
    if is_under_way and is_of_the_clock and review.counted_from > cycle.counted_from:
        return SUPERSEDED
    return ""


def _move(cycle: ReviewCycle, review: NextReview, policy: str) -> bool:
    """Let a cycle that is not open yet follow its date; whether anything changed."""
    if cycle.state != ReviewState.SCHEDULED:
        return False
    facts = _facts(review, policy)
    if all(getattr(cycle, name) == value for name, value in facts.items()):
        return False
    for name, value in facts.items():
        setattr(cycle, name, value)
    cycle.save()
    return True


def _make(wanted: dict[int, NextReview], policy: str) -> int:
    numbers = {
        row["offering"]: row["last"]
        for row in ReviewCycle.objects.filter(offering__in=wanted)
        .order_by()
        .values("offering")
        .annotate(last=Max("number"))
    }
    cycles = [
        ReviewCycle(offering_id=key, number=numbers.get(key, 0) + 1, **_facts(review, policy))
        for key, review in wanted.items()
    ]
    bulk_create_with_history(cycles, ReviewCycle)
    return len(cycles)


def _facts(review: NextReview, policy: str) -> dict[str, object]:
    return {
        "due_on": review.due_on,
        "counted_from": review.counted_from,
        "interval_months": review.months,
        "clause": review.clause,
        "policy_version": policy,
    }
