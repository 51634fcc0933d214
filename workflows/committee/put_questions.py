"""Putting a question to a committee, under the rules of this moment."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from credentials.compliance.policies import label_in_force
from credentials.people.actors import Person, actor_of
from credentials.people.identity import Recused
from credentials.record.content import FrozenContent
from workflows.choices import MeetingState, Purpose, VotingMethod
from workflows.committee.question import Question
from workflows.committee.reconsideration import check_reconsideration, motion_to_reconsider
from workflows.committee.roll import call_the_roll
from workflows.committee_seats.seats import check_no_conflict, presides
from workflows.exceptions import DecisionRefused, NotYours
from workflows.models import (
    Committee,
    CommitteeRules,
    Condition,
    Meeting,
    Motion,
    RetirementRequest,
    ReviewSubmission,
)
from workflows.signals import motion_opened


@dataclass(frozen=True)
class Subject:
    """What a motion is about, whichever kind it is."""

    committee: Committee
    offering_id: int
    title: str
    proposal_key: str
    stage_key: str
    stage: str
    frozen: FrozenContent
    recused: Recused
    retirement: RetirementRequest | None = None
    review: ReviewSubmission | None = None


def put_to_committee(subject: Subject, person: Person, question: Question) -> Motion:
    """Open the motion, with its conditions and the roll of who may vote on it.

    In a transaction that holds what it is about and its meeting. Raises DecisionRefused.
    """
    committee = subject.committee
    if not presides(person, committee):
        raise NotYours(
            _("Only the chair or the secretary of the %(committee)s opens a motion.")
            % {"committee": committee.name}
        )
    check_no_conflict(person, subject.recused)
    if question.conditions and question.purpose not in (Purpose.APPROVE, Purpose.ENDORSE):
        raise DecisionRefused(
            _("Only an approval or endorsement has conditions; say in the wording what you mean.")
        )
    _check_meeting(subject, question.meeting)
    rules = _rules(committee)
    on_it = Motion.objects.filter(proposal_key=subject.proposal_key, stage_key=subject.stage_key)
    if on_it.open().exists():
        raise DecisionRefused(_("A motion on it is open already. Close that one first."))
    reconsiders = _reconsidered(subject, question)
    now = timezone.now()
    by = actor_of(person)
    motion = Motion.objects.create(
        committee=committee,
        rules=rules,
        offering_id=subject.offering_id,
        retirement=subject.retirement,
        review=subject.review,
        next_review_on=question.next_review_on if subject.review else None,
        proposal_key=subject.proposal_key,
        stage_key=subject.stage_key,
        stage=subject.stage,
        subject=subject.title[:255],
        purpose=question.purpose,
        text=question.text.strip(),
        returned_to_key=str(question.back_to.pk) if question.back_to else "",
        returned_to=question.back_to.name if question.back_to else "",
        method=VotingMethod.MEETING if question.meeting else VotingMethod.E_VOTE,
        meeting=question.meeting,
        reconsiders=reconsiders,
        content=subject.frozen.canonical,
        document=subject.frozen.document,
        **subject.frozen.hashes,
        policy_version=label_in_force(),
        moved_by=question.moved_by[:200],
        seconded_by=question.seconded_by[:200],
        opened_by_key=by.key,
        opened_by_name=by.name,
        by_token=by.by_token,
        opened_at=now,
        closes_at=None if question.meeting else now + timedelta(hours=rules.e_vote_hours),
    )
    for position, text in enumerate(filter(None, map(str.strip, question.conditions))):
        Condition.objects.create(motion=motion, position=position, text=text)
    call_the_roll(motion, subject.recused)
    motion_opened.send(Motion, motion=motion)
    return motion


def _rules(committee: Committee) -> CommitteeRules:
    try:
        return committee.rules_in_force()
    except CommitteeRules.DoesNotExist:
        raise DecisionRefused(
            _("The %(committee)s has no rules in force. Set its quorum and majority first.")
            % {"committee": committee.name}
        ) from None


def _check_meeting(subject: Subject, meeting: Meeting | None) -> None:
    if meeting is None:
        return
    meeting.refresh_from_db(fields=["state"])
    if meeting.committee_id != subject.committee.pk or meeting.state != MeetingState.UNDER_WAY:
        raise DecisionRefused(_("The meeting is not under way. Open it first."))
    on_agenda = meeting.items.filter(proposal_key=subject.proposal_key, stage_key=subject.stage_key)
    if not on_agenda.exists():
        raise DecisionRefused(_("This is not on the agenda of the meeting. Add it first."))


def _reconsidered(subject: Subject, question: Question) -> Motion | None:
    defeated = None
    is_proposal = subject.retirement is None and subject.review is None
    if is_proposal and question.purpose != Purpose.REQUEST_CHANGES:
        defeated = motion_to_reconsider(
            subject.offering_id, subject.stage_key, subject.frozen.content_hash
        )
    return check_reconsideration(defeated, question.reconsiders, question.moved_by)
