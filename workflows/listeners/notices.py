"""What is told to whom, and when: receivers of what happens to proposals and motions."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from credentials.message_templates.occasions import Facts
from credentials.message_templates.placeholders import as_text
from credentials.models import Offering
from credentials.people.actors import name_of
from workflows.choices import Act, Office, Outcome, VotingMethod
from workflows.committee.outcome_words import explain
from workflows.committee_seats.seats import members
from workflows.deciding.stage_reading import draft_of
from workflows.letters.decision_letter import compose, is_final
from workflows.models import (
    Decision,
    Meeting,
    Minutes,
    Motion,
    ProposalEvent,
    RetirementRequest,
    ReviewCycle,
    ReviewOutcome,
    ReviewSubmission,
)
from workflows.notices import recipients
from workflows.notices.outbox import Message, tell
from workflows.reviews.authority import deciding_stage
from workflows.reviews.people import authors_under_review
from workflows.signals import (
    acted,
    decided,
    field_commented,
    meeting_called,
    meeting_changed,
    minutes_confirmed,
    motion_closed,
    motion_opened,
    review_concluded,
    review_returned,
    review_submitted,
    stage_started,
)
from workflows.stages.stage_state import StageState


def _proposal(offering_id: int) -> str:
    return reverse("governance:proposal", args=[offering_id])


def _title(offering_id: int) -> str:
    page = Offering.objects.get(pk=offering_id)
    return page.draft_title or page.title


@receiver(stage_started)
def on_stage(sender: Any, state: StageState, draft: Offering, **kwargs: Any) -> None:
    """Those who are to decide learn that it waits for them."""
    offering_id = int(state.workflow_state.object_id)
    facts = {"title": _title(offering_id), "stage": state.task.name}
    message = Message(f"stage:{state.pk}", "stage", facts, _proposal(offering_id))
    tell(recipients.deciders(state, draft), message)


@receiver(decided)
def on_decision(
    sender: Any,
    decision: Decision,
    state: StageState | None,
    draft: Offering | None,
    **kwargs: Any,
) -> None:
    """Proposers read every decision with its comment; a refusal reaches who approved before."""
    facts = _facts(decision)
    link = _proposal(decision.offering_id)
    if state is None or draft is None:  # a request to retire or withdraw
        request = RetirementRequest.objects.get(decision__decision=decision)
        asker = recipients.with_keys({request.requested_by_key})
        _send_letter(decision, asker, recipients.unit_of(decision.offering))
        return
    unit = recipients.unit_of(draft)
    if is_final(decision, state):
        _send_letter(decision, recipients.proposers(state), unit)
    elif decision.outcome != Outcome.PASSED:
        letter = Message(f"decision:{decision.pk}", "decision", facts, link, is_urgent=True)
        tell(recipients.proposers(state), letter)
    if not decision.goes_on:
        before = recipients.who_approved(decision) | unit
        tell(before, Message(f"decision:{decision.pk}", "decision", facts, link))
    if decision.outcome == Outcome.OVERRIDDEN:
        owners = recipients.in_office(Office.POLICY_OWNER)
        message = Message(f"override:{decision.pk}", "override", facts, link, is_urgent=True)
        tell(owners, message)


def _facts(decision: Decision) -> Facts:
    return {
        "title": _title(decision.offering_id),
        "stage": decision.stage,
        "outcome": decision.get_outcome_display,
        "decider": lambda: decision.decided_by,
        "office": decision.office,
        "returned_to": decision.returned_to,
        "comment": decision.comment,
        "instrument": decision.instrument,
        "policy_version": decision.policy_version,
    }


def _send_letter(decision: Decision, addressees: set[Any], copies: set[Any]) -> None:
    """Send the letter at once; the unit that takes part has a copy, when it wants to be told."""
    letter = compose(decision, addressees | copies)
    facts = {
        "subject": letter.subject,
        "reference": letter.reference,
        "letter": as_text(letter.sections),
    }
    link = reverse("governance:letter", args=[letter.pk])
    key = f"decision:{decision.pk}"
    tell(addressees, Message(key, "letter", facts, link, is_urgent=True))
    tell(copies - addressees, Message(key, "letter", facts, link))


@receiver(acted)
def on_act(sender: Any, event: ProposalEvent, **kwargs: Any) -> None:
    """Questions, answers, holds, assignments and withdrawals reach those they concern."""
    people = _concerned(event)
    if not people:
        return
    facts = {
        "title": _title(event.offering_id),
        "what": event.get_kind_display,
        "name": lambda: event.who,
        "text": event.text,
    }
    message = Message(f"event:{event.pk}", "event", facts, _proposal(event.offering_id))
    tell({person for person in people if str(person.pk) != event.by_key}, message)


@receiver(field_commented)
def on_field_comment(
    sender: Any, comment: Any, label: str, state: StageState, **kwargs: Any
) -> None:
    """Its authors learn of a comment on a field."""
    facts = {
        "title": _title(comment.page_id),
        "name": name_of(comment.user),
        "field": label,
        "text": comment.text,
    }
    message = Message(
        f"field-comment:{comment.pk}", "field_comment", facts, _proposal(comment.page_id)
    )
    tell(recipients.proposers(state) - {comment.user}, message)


def _concerned(event: ProposalEvent) -> set[Any]:
    if event.kind == Act.COMMENT_ASKED:
        return recipients.asked(event)
    if event.kind == Act.ASSIGNED:
        return recipients.with_keys({event.to_key})
    state = _state(event)
    if state is None or event.kind == Act.SUBMITTED:
        return set()
    proposers = recipients.proposers(state)
    if event.kind == Act.COMMENT_GIVEN:
        return proposers | recipients.with_keys({event.to_key})
    return proposers | recipients.deciders(state, draft_of(state))


def _state(event: ProposalEvent) -> StageState | None:
    states = StageState.objects.filter(workflow_state=event.proposal_key, task=event.stage_key or 0)
    return states.order_by("-pk").first()


@receiver(motion_opened)
def on_motion(sender: Any, motion: Motion, **kwargs: Any) -> None:
    """In an electronic vote those who may vote learn until when."""
    if motion.method != VotingMethod.E_VOTE:
        return
    seats = motion.roster.filter(is_recused=False)
    keys = {seat.holder_key for seat in seats} | {seat.alternate_key for seat in seats}
    link = reverse("governance:motion", args=[motion.pk])
    facts = {"motion": motion, "committee": motion.committee, "until": motion.closes_at}
    message = Message(f"motion:{motion.pk}", "motion", facts, link)
    tell(recipients.with_keys(keys), message)


@receiver(motion_closed)
def on_result(sender: Any, motion: Motion, **kwargs: Any) -> None:
    """Members learn what became of it, in words."""
    facts = {
        "motion": motion,
        "committee": motion.committee,
        "outcome": motion.result.get_outcome_display,
        "figures": lambda: explain(motion.result),
    }
    link = reverse("governance:motion", args=[motion.pk])
    tell(members(motion.committee), Message(f"result:{motion.pk}", "result", facts, link))


@receiver(meeting_called)
def on_meeting(sender: Any, meeting: Meeting, **kwargs: Any) -> None:
    """Members learn that they meet, or that they do not."""
    link = reverse("governance:meeting", args=[meeting.pk])
    cancelled = meeting.cancellation()
    occasion = "meeting_called" if cancelled is None else "meeting_cancelled"
    facts = {**_when_and_where(meeting), "text": cancelled.text if cancelled else ""}
    message = Message(f"meeting:{meeting.pk}:{meeting.state}", occasion, facts, link)
    tell(members(meeting.committee), message)


@receiver(meeting_changed)
def on_changed_meeting(sender: Any, meeting: Meeting, **kwargs: Any) -> None:
    """Members who were called learn of the new time or place."""
    link = reverse("governance:meeting", args=[meeting.pk])
    key = f"meeting:{meeting.pk}:changed:{meeting.history.latest().history_id}"
    message = Message(key, "meeting_changed", _when_and_where(meeting), link)
    tell(members(meeting.committee), message)


def _when_and_where(meeting: Meeting) -> Facts:
    return {
        "committee": meeting.committee,
        "meeting": meeting,
        "state": meeting.get_state_display,
        "starts": meeting.starts_at,
        "place": meeting.place,
        "online": meeting.link,
    }


@receiver(minutes_confirmed)
def on_minutes(sender: Any, minutes: Minutes, **kwargs: Any) -> None:
    """Members learn that the minutes can be read."""
    link = reverse("governance:minutes", args=[minutes.meeting_id])
    facts = {"minutes": minutes.title, "committee": minutes.meeting.committee}
    message = Message(f"minutes:{minutes.pk}", "minutes", facts, link)
    tell(members(minutes.meeting.committee), message)


def _review(cycle: ReviewCycle) -> str:
    return reverse("governance:review", args=[cycle.pk])


@receiver(review_submitted)
def on_study(sender: Any, submission: ReviewSubmission, **kwargs: Any) -> None:
    """Those who decide on a review learn that its self-study waits for them."""
    cycle = submission.cycle
    stage = deciding_stage(cycle.offering)
    people = set(stage.people_to_act(cycle.offering))
    if stage.committee is not None:
        people |= recipients.in_office(Office.DEPARTMENT)
    people = {person for person in people if str(person.pk) != submission.submitted_by_key}
    facts = {
        "title": cycle.offering.title,
        "name": submission.submitted_by_name,
        "due": cycle.due_on,
    }
    tell(people, Message(f"study:{submission.pk}", "study", facts, _review(cycle)))


@receiver(review_returned)
def on_study_returned(sender: Any, cycle: ReviewCycle, reason: str, by: str, **kwargs: Any) -> None:
    """Its authors learn what is missing."""
    last = cycle.submissions.latest("pk")
    authors = recipients.with_keys({*last.authors, last.submitted_by_key})
    facts = {"title": cycle.offering.title, "name": by, "text": reason, "due": cycle.due_on}
    key = f"study:{last.pk}:returned"
    tell(authors, Message(key, "study_returned", facts, _review(cycle), is_urgent=True))


@receiver(review_concluded)
def on_review(sender: Any, outcome: ReviewOutcome, **kwargs: Any) -> None:
    """Who wrote the offering or its self-study, and the Department, get the letter."""
    submission = outcome.submission
    keys = {*submission.authors, submission.submitted_by_key}
    writers = recipients.with_keys(keys | set(authors_under_review(outcome.offering_id)))
    owner = outcome.offering.owner
    if owner is not None and owner.is_active:
        writers.add(owner)
    copies = recipients.in_office(Office.DEPARTMENT) | recipients.unit_of(outcome.offering)
    _send_letter(outcome.decision, writers, copies)
