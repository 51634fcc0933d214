"""Taking a decision: who may, and writing it down (laws 2, 4, 5)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from credentials.compliance.gates import check_may_be_approved
from credentials.compliance.policies import label_in_force
from credentials.people.actors import Actor, Person, actor_of
from workflows.choices import APPROVING, MotionOutcome, Office, Outcome, Purpose
from workflows.deciding.frozen_proposal import freeze_proposal
from workflows.deciding.offices import is_in_office
from workflows.deciding.position import earlier_stages
from workflows.deciding.stage_reading import StageReading
from workflows.deciding.verdict import Verdict
from workflows.exceptions import DecisionRefused, NotYours
from workflows.models.decisions import Decision
from workflows.models.routes import stages_of

OVERRIDE = "workflows.override_decision"


@dataclass(frozen=True)
class Authority:
    """Who decides, for which office, and what gives them the authority."""

    actor: Actor
    office: str
    instrument: str


def may_decide(reading: StageReading, user: Any) -> bool:
    """Whether this person may decide now; the reason, if not, comes from check_may_decide."""
    try:
        check_may_decide(reading, user)
    except DecisionRefused:
        return False
    return True


def check_may_decide(reading: StageReading, user: Person | None) -> None:
    """Raises DecisionRefused when this person may not decide on what was read."""
    if user is None or not user.is_active:
        raise DecisionRefused(_("A decision is taken by a person; sign in to take it."))
    _check_under_way(reading)
    stage = reading.stage
    if refusal := stage.refusal(reading.draft, user):
        raise NotYours(refusal)
    check_content(reading)
    if not stage.authors_may_decide:
        _check_not_own(reading, user, stage.office_for(reading.draft))


def check_may_override(reading: StageReading, user: Any) -> None:
    """Raises DecisionRefused when this person may not override the stage in an emergency.

    An override replaces the authority of a stage (law 5). Having every permission does
    not make a person the policy's owner.
    """
    if user is None or not user.has_perm(OVERRIDE) or not is_in_office(user, Office.POLICY_OWNER):
        raise NotYours(
            _("Only the %(office)s decides in an emergency.")
            % {"office": Office.POLICY_OWNER.official_name}
        )
    _check_under_way(reading)
    if not reading.stage.asks_people:
        raise DecisionRefused(_("A gate cannot be overridden: meet what its clauses ask for."))
    check_content(reading)
    _check_not_own(reading, user, Office.POLICY_OWNER.official_name)


def record(reading: StageReading, user: Person | None, verdict: Verdict) -> Decision:
    """Check that this verdict may be given on what was read, and write it down.

    Raises DecisionRefused when it may not, or asks for changes without saying which;
    PolicyNotMet when it would let through what the policy still holds up (law 5).
    """
    state, stage = reading.state, reading.stage
    authority = _authority(reading, user, verdict)
    frozen = freeze_proposal(state.workflow_state, reading.draft, reading.frozen)
    comment = verdict.comment.strip()
    if verdict.outcome == Outcome.CHANGES_REQUESTED and not comment:
        raise DecisionRefused(_("Say which changes you ask for; the author needs to know."))
    if verdict.outcome in APPROVING:
        check_may_be_approved(reading.draft, frozen)
    decision: Decision = Decision.objects.create(
        offering_id=int(state.workflow_state.object_id),
        proposal_key=reading.proposal_key,
        stage_key=str(stage.pk),
        stage=stage.name,
        route=state.workflow_state.workflow.name,
        office=authority.office,
        instrument=authority.instrument,
        outcome=verdict.outcome,
        comment=comment,
        motion=verdict.motion,
        returned_to_key=str(verdict.back_to.pk) if verdict.back_to else "",
        returned_to=verdict.back_to.name if verdict.back_to else "",
        **frozen.hashes,
        policy_version=label_in_force(),
        decided_by_key=authority.actor.key,
        decided_by_name=authority.actor.name,
        by_token=authority.actor.by_token,
    )
    return decision


def _authority(reading: StageReading, user: Person | None, verdict: Verdict) -> Authority:
    """Who decides here by what authority: a motion, an override, a gate's rules, or a person."""
    stage = reading.stage
    if verdict.motion is not None:
        _check_motion(reading, verdict)
        committee = verdict.motion.committee
        actor = Actor(f"committee:{committee.pk}", committee.name)
        return Authority(actor, stage.office_name, stage.instrument)
    if verdict.outcome == Outcome.OVERRIDDEN:
        check_may_override(reading, user)
        if not verdict.comment.strip() or not verdict.instrument.strip():
            raise DecisionRefused(
                _("Give the reason for the override, and what gives you the authority for it.")
            )
        assert user is not None  # the check refuses nobody
        office = Office.POLICY_OWNER.official_name
        return Authority(actor_of(user), office, verdict.instrument.strip()[:200])
    if verdict.outcome == Outcome.PASSED:
        _check_passes(reading)
        return Authority(stage.actor, stage.actor.name, stage.instrument)
    check_may_decide(reading, user)
    if verdict.outcome not in stage.acts:
        raise DecisionRefused(_("That cannot be decided at this stage."))
    check_earlier(reading, verdict.back_to)
    assert user is not None  # the check refuses nobody
    return Authority(actor_of(user), stage.office_for(reading.draft), stage.instrument)


def _check_under_way(reading: StageReading) -> None:
    if reading.state.status != reading.state.STATUS_IN_PROGRESS:
        raise DecisionRefused(_("This stage has ended already. Open the proposal again."))
    if held := reading.hold:
        raise DecisionRefused(
            _("%(name)s put this proposal on hold: %(reason)s Take it off hold first.")
            % {"name": held.by_name, "reason": held.text}
        )
    if reading.decision is not None:
        raise DecisionRefused(
            _("This stage is decided already; the proposal page says what it waits for.")
        )


def check_content(reading: StageReading) -> None:
    """Raises DecisionRefused unless the content is what was submitted (law 2)."""
    if not reading.is_unchanged:
        raise DecisionRefused(
            _(
                "The content has changed since it was submitted, so it cannot be decided. "
                "Its author must cancel the workflow and submit it again."
            )
        )


def _check_not_own(reading: StageReading, user: Person, office: str) -> None:
    if reading.recused.includes(user):
        refusal = _(
            "You wrote or submitted this proposal, so you are recused. "
            "Another member of the %(office)s must decide."
        ) % {"office": office}
        raise NotYours(reading.recused.explain(user, refusal))


def check_earlier(reading: StageReading, back_to: Any) -> None:
    """Raises DecisionRefused unless the stage, if one is named, can be asked for changes."""
    if back_to is None:
        return
    stages = stages_of(reading.state.workflow_state.workflow)
    earlier = earlier_stages(stages, reading.state.task_id, reading.draft)
    if back_to.pk not in {stage.pk for stage in earlier}:
        raise DecisionRefused(_("Changes can be asked of an earlier stage of the route only."))


def _check_passes(reading: StageReading) -> None:
    _check_under_way(reading)
    if not reading.stage.is_clear(reading.draft):
        raise DecisionRefused(_("Something still stands, so the gate does not pass."))
    check_content(reading)


def _check_motion(reading: StageReading, verdict: Verdict) -> None:
    """A motion decides what it was put on, once, and what it came to."""
    _check_under_way(reading)
    check_content(reading)
    motion = verdict.motion
    result = getattr(motion, "result", None)
    belongs = (
        motion.proposal_key == reading.proposal_key
        and motion.stage_key == str(reading.state.task_id)
        and motion.content_hash == reading.frozen.content_hash
        and motion.committee_id == reading.stage.committee_id
    )
    if result is None or not belongs or verdict.outcome != outcome_of(motion):
        raise DecisionRefused(_("This motion does not decide that."))


def outcome_of(motion: Any) -> Outcome | None:
    """What a closed motion decides; None when it decides nothing."""
    outcome = motion.result.outcome
    if motion.purpose == Purpose.REQUEST_CHANGES:
        return Outcome.CHANGES_REQUESTED if outcome == MotionOutcome.CARRIED else None
    decides = {
        MotionOutcome.CARRIED: Outcome.APPROVED,
        MotionOutcome.DEFEATED: Outcome.DECLINED,
    }
    return decides.get(outcome)
