"""Confirming that a condition of a carried motion is met; the last one lets the proposal go on."""

from django.db import transaction
from django.utils.translation import gettext as _

from credentials.people.actors import Person, actor_of
from workflows.choices import MotionOutcome, Office
from workflows.committee.subject import conflicted, content_now, hold, stage_of
from workflows.committee_seats.seats import presides
from workflows.deciding.events import hold_on
from workflows.deciding.offices import is_in_office
from workflows.exceptions import DecisionRefused, NotYours
from workflows.models import Condition, ConditionMet


def refusal_to_confirm(condition: Condition, person: Person) -> str:
    """Why this person cannot confirm a condition; empty when they can."""
    motion = condition.motion
    if not presides(person, motion.committee) and not is_in_office(person, Office.DEPARTMENT):
        return _(
            "The chair or the secretary of the %(committee)s, or the %(office)s, confirms it."
        ) % {
            "committee": motion.committee.name,
            "office": Office.DEPARTMENT.official_name,
        }
    recused = conflicted(motion)
    if recused.includes(person):
        refusal = _("You wrote or submitted this proposal, so another person must confirm it.")
        return recused.explain(person, refusal)
    return ""


def confirm_condition(condition: Condition, person: Person, note: str) -> ConditionMet:
    """Write down that a condition is met, and how. Raises DecisionRefused."""
    with transaction.atomic():
        motion = hold(condition.motion)
        if motion.is_open or motion.result.outcome != MotionOutcome.CARRIED:
            raise DecisionRefused(_("Conditions are confirmed once the motion is carried."))
        if refusal := refusal_to_confirm(condition, person):
            raise NotYours(refusal)
        if ConditionMet.objects.filter(condition=condition).exists():
            raise DecisionRefused(_("This condition is confirmed already."))
        if not note.strip():
            raise DecisionRefused(_("Say how the condition was met; it stays on record."))
        if held := hold_on(motion.proposal_key):
            raise DecisionRefused(_("It is on hold: %(reason)s") % {"reason": held.text})
        if content_now(motion) != motion.content_hash:
            raise DecisionRefused(
                _("The content has changed since the vote, so it cannot be published. Withdraw it.")
            )
        by = actor_of(person)
        met: ConditionMet = ConditionMet.objects.create(
            condition=condition,
            note=note.strip(),
            met_by_key=by.key,
            met_by_name=by.name,
            by_token=by.by_token,
        )
        state = stage_of(motion)
        if state is not None:
            state.go_on(person)
    return met
