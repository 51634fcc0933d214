"""Concluding a review: continue, revise or retire, with reasons and the next date (laws 2 to 5)."""

import datetime
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from credentials.compliance.policies import terms_in_force
from credentials.compliance.standings import refresh_one
from credentials.models import ReviewDate
from credentials.people.actors import Actor, Person, actor_of
from credentials.policy.months import months_after
from credentials.record.content import FrozenContent
from credentials.record.ledger import PublishedVersion
from workflows.choices import Act, MotionOutcome, ReviewResult, ReviewState, RouteKey
from workflows.exceptions import DecisionRefused, NotYours
from workflows.models import (
    Decision,
    Motion,
    ProposalEvent,
    RetirementRequest,
    ReviewCycle,
    ReviewOutcome,
    ReviewSubmission,
)
from workflows.reviews.authority import deciding_stage
from workflows.reviews.evidence import replaced_evidence
from workflows.reviews.people import recused_from
from workflows.reviews.schedule import schedule_offerings
from workflows.reviews.self_study import hold
from workflows.signals import review_concluded

MOST_YEARS = 10  # ahead; the policy asks for about three


@dataclass(frozen=True)
class Conclusion:
    """What is decided and why; `next_due_on` is None for the policy's interval."""

    result: ReviewResult
    reasons: str
    next_due_on: datetime.date | None = None


def conclude(
    cycle: ReviewCycle, person: Person, conclusion: Conclusion, *, shown_hash: str
) -> ReviewOutcome:
    """Let an office conclude a review on the self-study that it was shown.

    Raises DecisionRefused when this person may not, the self-study is another one by now, or the
    content was changed (laws 2, 4, 5).
    """
    with transaction.atomic():
        cycle = hold(cycle)
        submission = check_may_conclude(cycle, person)
        if submission.study_hash != shown_hash:
            raise DecisionRefused(_("The self-study has changed since you read it. Read it again."))
        return _conclude(cycle, submission, conclusion, actor_of(person))


def conclude_by_motion(motion: Motion) -> ReviewOutcome | None:
    """Let the committee's resolution take effect; nothing when it was not carried.

    Its motion says what is decided: another one can be put, or the self-study handed back.
    """
    if motion.review is None or motion.result.outcome != MotionOutcome.CARRIED:
        return None
    cycle = hold(motion.review.cycle)
    submission = check_to_be_decided(cycle)
    stage = deciding_stage(cycle.offering)
    is_on_this = submission.pk == motion.review_id and motion.proposal_key == cycle.key
    if stage.committee != motion.committee or not is_on_this:
        raise DecisionRefused(_("This motion does not decide that."))
    conclusion = Conclusion(ReviewResult(motion.purpose), motion.text, motion.next_review_on)
    committee = Actor(f"committee:{motion.committee_id}", motion.committee.name)
    return _conclude(cycle, submission, conclusion, committee, motion=motion)


def check_may_conclude(cycle: ReviewCycle, person: Person) -> ReviewSubmission:
    """Return the self-study to decide on. Raises DecisionRefused when this person may not."""
    submission = check_to_be_decided(cycle)
    stage = deciding_stage(cycle.offering)
    if refusal := stage.refusal(cycle.offering, person):
        raise NotYours(refusal)
    recused = recused_from(submission)
    if recused.includes(person):
        refusal = _(
            "You wrote the offering or its self-study, so you are recused. "
            "Another member of the %(office)s must decide."
        ) % {"office": stage.office_name}
        raise NotYours(recused.explain(person, refusal))
    return submission


def check_to_be_decided(cycle: ReviewCycle) -> ReviewSubmission:
    """The self-study that waits for a decision. Raises DecisionRefused when none does."""
    if cycle.state != ReviewState.WITH_DECIDER:
        raise DecisionRefused(_("No self-study of this offering waits for a decision."))
    submission = cycle.submissions.select_related("version__approval").order_by("pk").last()
    replaced = replaced_evidence(submission.study) if submission else []
    if replaced:
        raise DecisionRefused(
            _(
                "Evidence was replaced since it was submitted: %(titles)s. Hand the self-study "
                "back to its authors, who submit it with what it is to show."
            )
            % {"titles": ", ".join(replaced)}
        )
    if submission is None or not content_hash_now(submission):
        raise DecisionRefused(
            _("Other content has been published since. Hand the self-study back to its authors.")
        )
    found: ReviewSubmission = submission
    return found


def content_hash_now(submission: ReviewSubmission) -> str:
    """The hash of the content under review while it still is what is published; else empty.

    Empty, too, when a file of the self-study's evidence was replaced. A fee or a date that changed
    meanwhile is no part of what is reviewed.
    """
    version = submission.version
    head = PublishedVersion.objects.head_of(submission.offering_id)
    latest = ReviewSubmission.objects.filter(cycle=submission.cycle_id).order_by("pk").last()
    is_latest = latest is not None and latest.pk == submission.pk
    state = ReviewCycle.objects.values_list("state", flat=True).get(pk=submission.cycle_id)
    stands = (
        is_latest
        and state == ReviewState.WITH_DECIDER
        and head is not None
        and head.is_offered
        and head.shares_governed_content(version)
        and not replaced_evidence(submission.study)
    )
    return version.content_hash if stands else ""


def content_under_review(submission: ReviewSubmission) -> FrozenContent:
    """The published content that the self-study is about, its hash empty once it has changed."""
    frozen = submission.version.as_published
    return replace(frozen, content_hash=content_hash_now(submission))


def close_cycle(
    cycle: ReviewCycle, by: Actor, next_due_on: datetime.date | None, on: datetime.date
) -> ReviewCycle | None:
    """Write down that a review was concluded, and schedule the next one, which is returned."""
    cycle.state, cycle.closed_on = ReviewState.CONCLUDED, on
    cycle.save()
    ReviewDate.objects.create(
        offering_id=cycle.offering_id,
        reviewed_on=on,
        due_on=next_due_on,
        reference=cycle.reference,
        recorded_by_key=by.key,
        recorded_by_name=by.name,
    )
    schedule_offerings([cycle.offering_id], terms_in_force(), on)
    return ReviewCycle.objects.standing().filter(offering=cycle.offering_id).first()


def _conclude(
    cycle: ReviewCycle,
    submission: ReviewSubmission,
    conclusion: Conclusion,
    by: Actor,
    motion: Motion | None = None,
) -> ReviewOutcome:
    check_conclusion(conclusion)
    stage = deciding_stage(cycle.offering)
    decision = Decision.objects.create(
        offering_id=cycle.offering_id,
        proposal_key=cycle.key,
        stage_key=str(stage.pk),
        stage=stage.name,
        route=RouteKey.REVIEW,
        office=stage.office_name,
        instrument=stage.instrument,
        outcome=conclusion.result.value,
        comment=conclusion.reasons.strip(),
        motion=motion,
        **submission.version.as_published.hashes,
        policy_version=terms_in_force().label,
        decided_by_key=by.key,
        decided_by_name=by.name,
        by_token=by.by_token,
    )
    was_due_on = cycle.due_on
    today = timezone.localdate()
    following = close_cycle(cycle, by, conclusion.next_due_on, today)
    outcome: ReviewOutcome = ReviewOutcome.objects.create(
        cycle=cycle,
        offering_id=cycle.offering_id,
        submission=submission,
        decision=decision,
        result=conclusion.result,
        reviewed_on=today,
        was_due_on=was_due_on,
        next_due_on=following.due_on if following else None,
        retirement=_ask_to_retire(submission, decision, conclusion),
    )
    if conclusion.result == ReviewResult.REVISE:
        _ask_to_revise(cycle, decision)
    review_concluded.send(ReviewOutcome, outcome=outcome)
    transaction.on_commit(partial(refresh_one, cycle.offering_id))
    return outcome


def check_conclusion(conclusion: Conclusion) -> None:
    """Raise DecisionRefused unless reasons are given and the next day lies ahead."""
    if not conclusion.reasons.strip():
        raise DecisionRefused(_("Give the reasons; they stay on record."))
    if conclusion.next_due_on is not None and conclusion.next_due_on <= timezone.localdate():
        raise DecisionRefused(_("The next review lies in the future. Choose a later day."))
    if conclusion.next_due_on is not None and conclusion.next_due_on > latest_next_review():
        raise DecisionRefused(
            _("The next review lies more than %(years)s years ahead. Check the year.")
            % {"years": MOST_YEARS}
        )


def latest_next_review() -> datetime.date:
    """The last day that can be set for a next review: what is later is a slip of the pen."""
    return months_after(timezone.localdate(), 12 * MOST_YEARS)


def _ask_to_revise(cycle: ReviewCycle, decision: Decision) -> None:
    """An event that the offering's page and its editors' home page point to."""
    ProposalEvent.objects.create(
        offering_id=cycle.offering_id,
        proposal_key=cycle.key,
        stage_key=decision.stage_key,
        stage=decision.stage,
        kind=Act.REVISION_ASKED,
        text=decision.comment,
        content_hash=decision.content_hash,
        by_key=decision.decided_by_key,
        by_name=decision.decided_by_name,
    )


def _ask_to_retire(
    submission: ReviewSubmission, decision: Decision, conclusion: Conclusion
) -> RetirementRequest | None:
    """A request on the retirement route, which is decided on its own; one at a time."""
    head = PublishedVersion.objects.head_of(submission.offering_id)
    if conclusion.result != ReviewResult.RETIRE or head is None:
        return None
    open_requests = RetirementRequest.objects.all().open().filter(offering=submission.offering_id)
    if open_requests.exists():
        raise DecisionRefused(
            _("A request to retire it waits for a decision already. Decide on that one.")
        )
    study: dict[str, Any] = submission.study
    made: RetirementRequest = RetirementRequest.objects.create(
        offering_id=submission.offering_id,
        version=head,
        action=RetirementRequest.Action.RETIRE,
        note=study["public_note"].strip() or _("It was retired after its review."),
        teach_out=_date(study["teach_out"]),
        reason=decision.comment,
        requested_by_key=decision.decided_by_key,
        requested_by_name=decision.decided_by_name,
    )
    return made


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
