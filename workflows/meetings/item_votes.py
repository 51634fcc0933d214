"""What an item waits for in its meeting, and putting it to the vote."""

from dataclasses import dataclass
from enum import Enum

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from credentials.people.actors import Person
from workflows.agendas.consent import consent_items
from workflows.agendas.items import motions_on, stage_on
from workflows.choices import Purpose, ReviewState
from workflows.committee.motions import open_motion, open_retirement_motion
from workflows.committee.question import Question
from workflows.deciding.progress import reasons_to_wait
from workflows.deciding.stage_reading import StageReading
from workflows.exceptions import DecisionRefused
from workflows.models import AgendaItem, Meeting, Motion, RetirementRequest
from workflows.stages.stage_state import StageState


class Due(Enum):
    """What is to be done with an item, in whichever part of the agenda it stands."""

    VOTE = "vote"
    RECEIVE = "receive"
    REVIEW = "review"
    NOTHING = "nothing"


@dataclass(frozen=True)
class ItemStanding:
    """What is due on an item now; `reasons` say what holds it back, in the reader's language."""

    due: Due
    reasons: tuple[str, ...] = ()


def standing_of(item: AgendaItem) -> ItemStanding:
    """What an item waits for, so that nothing is offered that would be refused."""
    if motions_on(item).open().exists():
        return ItemStanding(Due.NOTHING)
    if item.review is not None:
        is_due = item.review.state == ReviewState.WITH_DECIDER
        return ItemStanding(Due.REVIEW if is_due else Due.NOTHING)
    if item.retirement_id is not None:
        requests = RetirementRequest.objects.all().open().filter(pk=item.retirement_id)
        return ItemStanding(Due.VOTE if requests.exists() else Due.NOTHING)
    state = stage_on(item)
    return _standing_at(state) if state is not None else ItemStanding(Due.NOTHING)


def _standing_at(state: StageState) -> ItemStanding:
    reading = StageReading(state)
    if reading.decision is not None:
        return ItemStanding(Due.NOTHING, tuple(reasons_to_wait(reading)))
    if held := reading.hold:
        reason = _("It is on hold: %(reason)s") % {"reason": held.text}
        return ItemStanding(Due.NOTHING, (reason,))
    return ItemStanding(Due.RECEIVE if state.task.specific.acts else Due.VOTE)


def put_to_the_vote(item: AgendaItem, person: Person) -> Motion:
    """Put an item to the vote in the plainest form. Raises DecisionRefused or PolicyNotMet."""
    if item.retirement is not None:
        question = Question(Purpose.RETIRE, meeting=item.meeting)
        return open_retirement_motion(item.retirement, person, question)
    state = stage_on(item)
    if state is None:
        raise DecisionRefused(_("This item does not wait for a decision any more."))
    purpose = Purpose(getattr(state.task.specific, "purpose", Purpose.APPROVE))
    return open_motion(state, person, Question(purpose, meeting=item.meeting))


def put_consent(meeting: Meeting, person: Person) -> tuple[int, list[str]]:
    """Put each consent item that waits for a vote to it.

    Returns how many were put, and a sentence for each of the others that says why it was not.
    """
    put, refused = 0, []
    for item in consent_items(meeting).select_related("meeting__committee", "retirement", "review"):
        standing = standing_of(item)
        try:
            if standing.due == Due.VOTE:
                with transaction.atomic():
                    put_to_the_vote(item, person)
                put += 1
            elif standing.reasons:
                raise DecisionRefused(" ".join(standing.reasons))
        except PermissionDenied as reason:
            refused.append(
                _("“%(title)s” was not put to the vote. %(reason)s")
                % {"title": item.title, "reason": reason}
            )
    return put, refused
