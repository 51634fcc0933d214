"""Ballots, results, decisions and approvals against what was decided on (laws 2 and 3)."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q

from credentials.models import Approval
from credentials.verification.checks import CHUNK, Tick
from workflows.choices import GOING_ON, Choice, MotionOutcome
from workflows.models import Ballot, Decision, FrozenProposal, MotionResult

_ON_ITS_MOTION = Q(content_hash=F("motion__content_hash"))
_CAST_BY_ITS_SEAT = Q(cast_by_key=F("roster_seat__holder_key")) | Q(
    cast_by_key=F("roster_seat__alternate_key")
)


def ballot_faults(tick: Tick) -> Iterator[str]:
    """Ballots on other content or another document than their motion's, or by nobody's seat."""
    ballots = Ballot.objects.order_by("pk")
    on_motion = _ON_ITS_MOTION & Q(document_hash=F("motion__document_hash"))
    for ballot in ballots.exclude(on_motion).iterator(chunk_size=CHUNK):
        yield f"Ballot {ballot.pk} was cast on something else than motion {ballot.motion_id}."
    of_seat = _CAST_BY_ITS_SEAT & Q(roster_seat__motion=F("motion"))
    for ballot in ballots.exclude(of_seat).iterator(chunk_size=CHUNK):
        yield f"Ballot {ballot.pk} was cast by somebody who has no seat on its motion."


def result_faults(tick: Tick) -> Iterator[str]:
    """Carried motions with fewer ballots for them than their result says."""
    last = ~Exists(
        Ballot.objects.filter(roster_seat=OuterRef("roster_seat"), pk__gt=OuterRef("pk"))
    )
    for_it = (
        Ballot.objects.filter(last, motion=OuterRef("motion"), choice=Choice.YES)
        .order_by()
        .values("motion")
        .annotate(number=Count("pk"))
        .values("number")
    )
    results = MotionResult.objects.filter(outcome=MotionOutcome.CARRIED).annotate(for_it=for_it)
    for result in results.order_by("pk").iterator(chunk_size=CHUNK):
        if result.yes > (result.for_it or 0) or not result.yes:
            yield (
                f"Motion {result.motion_id} was carried by {result.yes} votes, and there are "
                f"{result.for_it or 0}."
            )
        tick()


def decision_faults(tick: Tick) -> Iterator[str]:
    """Decisions on something else than their motion, or than the proposal as it was frozen."""
    decisions = Decision.objects.order_by("pk")
    # Older motions froze no document; what was decided on them has one all the same.
    on_motion = (
        _ON_ITS_MOTION
        & Q(proposal_key=F("motion__proposal_key"), stage_key=F("motion__stage_key"))
        & (Q(document_hash=F("motion__document_hash")) | Q(motion__document_hash=""))
    )
    by_motion = decisions.filter(motion__isnull=False)
    for decision in by_motion.exclude(on_motion).iterator(chunk_size=CHUNK):
        yield f"Decision {decision.pk} is on something else than motion {decision.motion_id}."
    frozen = FrozenProposal.objects.filter(
        proposal_key=OuterRef("proposal_key"),
        content_hash=OuterRef("content_hash"),
        frozen_at__lte=OuterRef("decided_at"),
    ).exclude(document_hash=OuterRef("document_hash"))
    for decision in decisions.filter(Exists(frozen)).iterator(chunk_size=CHUNK):
        yield f"Decision {decision.pk} is on another document than its proposal froze."


def approval_faults(tick: Tick) -> Iterator[str]:
    """Approvals that no decision stands behind: nobody with the authority decided on that.

    What the ministry decided on OSAP is announced by the Department and has no route.
    """
    decided = Decision.objects.filter(
        offering=OuterRef("offering"),
        content_hash=OuterRef("content_hash"),
        document_hash=OuterRef("document_hash"),
        office=OuterRef("authority"),
        decided_by_key=OuterRef("decided_by_key"),
        outcome__in=GOING_ON,
    )
    approvals = Approval.objects.exclude(action=Approval.Action.OSAP).order_by("pk")
    for reference in approvals.exclude(Exists(decided)).values_list("reference", flat=True):
        yield f"Approval {reference} has no decision behind it."
