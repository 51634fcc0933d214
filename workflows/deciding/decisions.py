"""Taking a decision: who may, and writing it down (laws 2, 4, 5)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from credentials.compliance.gates import check_may_be_approved
from credentials.compliance.policies import label_in_force
from credentials.models import Offering
from credentials.people.actors import Actor, Person, actor_of
from credentials.people.identity import Recused, recuse
from credentials.record.authorship import authors_of
from credentials.record.content import FrozenContent
from workflows.choices import APPROVING, Act, MotionOutcome, Office, Outcome, Purpose
from workflows.deciding.events import hold_on
from workflows.deciding.frozen_proposal import content_at, freeze_proposal
from workflows.deciding.offices import is_in_office
from workflows.deciding.position import earlier_stages, is_gate
from workflows.deciding.progress import standing_decision
from workflows.deciding.verdict import Verdict
from workflows.exceptions import DecisionRefused, NotYours
from workflows.models.decisions import Decision
from workflows.models.events import ProposalEvent
from workflows.models.routes import stages_of

if TYPE_CHECKING:
    from workflows.stages.base import StageState

OVERRIDE = "workflows.override_decision"


def draft_of(state: "StageState") -> Offering:
    """The proposal as it now stands: the latest revision, whoever saved it.

    A page that only reads hands in what it has read; a decision reads anew, see StageState.decide.
    """
    if state.draft_read is not None:
        return state.draft_read
    page = state.workflow_state.content_object.specific
    return page.get_latest_revision_as_object()


def may_decide(state: Any, user: Any) -> bool:
    """Whether this person may decide now; the reason, if not, comes from check_may_decide."""
    try:
        check_may_decide(state, user)
    except DecisionRefused:
        return False
    return True


def check_may_decide(state: Any, user: Person | None) -> tuple[Offering, FrozenContent]:
    """Return the draft they would decide on, and its content.

    Raises DecisionRefused when this person may not.
    """
    stage = state.task.specific
    if user is None or not user.is_active:
        raise DecisionRefused(_("A decision is taken by a person; sign in to take it."))
    _check_under_way(state)
    draft = draft_of(state)
    if refusal := stage.refusal(draft, user):
        raise NotYours(refusal)
    frozen = check_content(state, draft)
    if not stage.authors_may_decide:
        _check_not_own(state, draft, user, stage.office_for(draft))
    return draft, frozen


def check_may_override(state: Any, user: Any) -> tuple[Offering, FrozenContent]:
    """The same for an emergency override, which replaces the authority of a stage (law 5).

    Having every permission does not make a person the policy's owner.
    """
    if user is None or not user.has_perm(OVERRIDE) or not is_in_office(user, Office.POLICY_OWNER):
        raise NotYours(
            _("Only the %(office)s decides in an emergency.")
            % {"office": Office.POLICY_OWNER.official_name}
        )
    _check_under_way(state)
    if is_gate(state.task.specific):
        raise DecisionRefused(_("A gate cannot be overridden: meet what its clauses ask for."))
    draft = draft_of(state)
    frozen = check_content(state, draft)
    _check_not_own(state, draft, user, Office.POLICY_OWNER.official_name)
    return draft, frozen


def recused_from(state: Any, draft: Offering) -> Recused:
    """The people who wrote or submitted the proposal, by any account of theirs (law 4)."""
    found: Recused = state.once("recused", lambda: recuse(_actors(_proposers(state, draft))))
    return found


def recused_from_proposal(workflow_state: Any, draft: Offering) -> Recused:
    """The same of a proposal whose stage the caller does not have."""
    return recuse(_actors(proposers_of(workflow_state, draft)))


def own_keys(workflow_state: Any, draft: Offering) -> set[str]:
    """Keys of the very accounts whose own proposal it is: it gives rights, and recuses nobody."""
    return set(proposers_of(workflow_state, draft))


def is_own(state: Any, person: Person) -> bool:
    """Whether this very account wrote or submitted the proposal at this stage."""
    return str(person.pk) in _proposers(state, draft_of(state))


def proposers_of(workflow_state: Any, draft: Offering) -> dict[str, str]:
    """Whose own proposal it is, key to name: its authors, and whoever submitted it.

    Also those who submitted it again after changes, and also when their accounts are gone.
    """
    submitted = ProposalEvent.objects.filter(
        proposal_key=str(workflow_state.pk), kind=Act.SUBMITTED
    )
    by = submitted.values_list("by_key", "by_name")
    return submitters(workflow_state, by) | authors_of(draft)


def submitters(workflow_state: Any, submitted_by: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Its submitters, key to name, from the events that name them and from Wagtail's own record."""
    requested_by = workflow_state.requested_by_id
    found = {str(requested_by): ""} if requested_by else {}
    return found | {key: name for key, name in submitted_by if key}


def _proposers(state: Any, draft: Offering) -> dict[str, str]:
    found: dict[str, str] = state.once(
        "proposers", lambda: proposers_of(state.workflow_state, draft)
    )
    return found


def _actors(people: dict[str, str]) -> Iterable[Actor]:
    return (Actor(key, name) for key, name in people.items())


def record(state: "StageState", user: Person | None, verdict: Verdict) -> tuple[Decision, Offering]:
    """Check that this verdict may be given, and write it down; also what it was given on.

    Raises DecisionRefused when it may not, or asks for changes without saying which;
    PolicyNotMet when it would let through what the policy still holds up (law 5).
    """
    stage = state.task.specific
    draft, frozen, actor, office, instrument = _authorised(state, user, verdict)
    frozen = freeze_proposal(state.workflow_state, draft, frozen)
    comment = verdict.comment.strip()
    if verdict.outcome == Outcome.CHANGES_REQUESTED and not comment:
        raise DecisionRefused(_("Say which changes you ask for; the author needs to know."))
    if verdict.outcome in APPROVING:
        check_may_be_approved(draft, frozen)
    decision: Decision = Decision.objects.create(
        offering_id=int(state.workflow_state.object_id),
        proposal_key=str(state.workflow_state_id),
        stage_key=str(stage.pk),
        stage=stage.name,
        route=state.workflow_state.workflow.name,
        office=office,
        instrument=instrument,
        outcome=verdict.outcome,
        comment=comment,
        motion=verdict.motion,
        returned_to_key=str(verdict.back_to.pk) if verdict.back_to else "",
        returned_to=verdict.back_to.name if verdict.back_to else "",
        content_hash=frozen.content_hash,
        governed_hash=frozen.governed_hash,
        hash_rules=frozen.rules,
        document_hash=frozen.document_hash,
        policy_version=label_in_force(),
        decided_by_key=actor.key,
        decided_by_name=actor.name,
        by_token=actor.by_token,
    )
    return decision, draft


def _authorised(
    state: "StageState", user: Person | None, verdict: Verdict
) -> tuple[Offering, FrozenContent, Actor, str, str]:
    """Who decides here by what authority: a motion, an override, a gate's rules, or a person."""
    stage = state.task.specific
    if verdict.motion is not None:
        draft, frozen = _check_motion(state, verdict)
        committee = verdict.motion.committee
        actor = Actor(f"committee:{committee.pk}", committee.name)
        return draft, frozen, actor, stage.office_name, stage.instrument
    if verdict.outcome == Outcome.OVERRIDDEN:
        draft, frozen = check_may_override(state, user)
        if not verdict.comment.strip() or not verdict.instrument.strip():
            raise DecisionRefused(
                _("Give the reason for the override, and what gives you the authority for it.")
            )
        assert user is not None  # the check refuses nobody
        office = Office.POLICY_OWNER.official_name
        return draft, frozen, actor_of(user), office, verdict.instrument.strip()[:200]
    if verdict.outcome == Outcome.PASSED:
        draft, frozen = _check_gate(state)
        return draft, frozen, stage.actor, stage.actor.name, stage.instrument
    draft, frozen = check_may_decide(state, user)
    if verdict.outcome not in stage.acts:
        raise DecisionRefused(_("That cannot be decided at this stage."))
    check_earlier(state, verdict.back_to, draft)
    assert user is not None  # the check refuses nobody
    return draft, frozen, actor_of(user), stage.office_for(draft), stage.instrument


def _check_under_way(state: Any) -> None:
    if state.status != state.STATUS_IN_PROGRESS:
        raise DecisionRefused(_("This stage has ended already. Open the proposal again."))
    if held := state.once("hold", lambda: hold_on(str(state.workflow_state_id))):
        raise DecisionRefused(
            _("%(name)s put this proposal on hold: %(reason)s Take it off hold first.")
            % {"name": held.by_name, "reason": held.text}
        )
    if state.once("decision", lambda: standing_decision(state)) is not None:
        raise DecisionRefused(
            _("This stage is decided already; the proposal page says what it waits for.")
        )


def check_content(state: Any, draft: Offering) -> FrozenContent:
    """The content, which must be what was submitted (law 2). Raises DecisionRefused."""
    frozen = content_at(state, draft)
    if frozen.content_hash != state.content_hash:
        raise DecisionRefused(
            _(
                "The content has changed since it was submitted, so it cannot be decided. "
                "Its author must cancel the workflow and submit it again."
            )
        )
    return frozen


def _check_not_own(state: Any, draft: Offering, user: Person, office: str) -> None:
    recused = recused_from(state, draft)
    if recused.includes(user):
        refusal = _(
            "You wrote or submitted this proposal, so you are recused. "
            "Another member of the %(office)s must decide."
        ) % {"office": office}
        raise NotYours(recused.explain(user, refusal))


def check_earlier(state: "StageState", back_to: Any, draft: Offering) -> None:
    """Raises DecisionRefused unless the stage, if one is named, can be asked for changes."""
    if back_to is None:
        return
    stages = stages_of(state.workflow_state.workflow)
    if back_to.pk not in {stage.pk for stage in earlier_stages(stages, state.task_id, draft)}:
        raise DecisionRefused(_("Changes can be asked of an earlier stage of the route only."))


def _check_gate(state: "StageState") -> tuple[Offering, FrozenContent]:
    _check_under_way(state)
    draft = draft_of(state)
    stage = state.task.specific
    if not hasattr(stage, "is_clear") or not stage.is_clear(draft):
        raise DecisionRefused(_("Something still stands, so the gate does not pass."))
    return draft, check_content(state, draft)


def _check_motion(state: "StageState", verdict: Verdict) -> tuple[Offering, FrozenContent]:
    """A motion decides what it was put on, once, and what it came to."""
    _check_under_way(state)
    motion = verdict.motion
    draft = draft_of(state)
    frozen = check_content(state, draft)
    result = getattr(motion, "result", None)
    belongs = (
        motion.proposal_key == str(state.workflow_state_id)
        and motion.stage_key == str(state.task_id)
        and motion.content_hash == frozen.content_hash
        and motion.committee_id == getattr(state.task.specific, "committee_id", None)
    )
    if result is None or not belongs or verdict.outcome != outcome_of(motion):
        raise DecisionRefused(_("This motion does not decide that."))
    return draft, frozen


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
