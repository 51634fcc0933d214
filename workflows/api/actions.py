"""The acts of the workflow API by name: each calls the operation that the admin uses."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.documents import get_document_model
from wagtail.permissions import policy_registry

from credentials.api.requests.problems import invalid
from credentials.models import Offering
from workflows.api.schemas import ActionBody
from workflows.choices import Act, Office, Purpose
from workflows.committee.motions import open_motion
from workflows.committee.question import Question
from workflows.committee.reconsideration import motion_to_reconsider
from workflows.models import Meeting, ProposalEvent
from workflows.models.routes import stages_of
from workflows.proposals import actions
from workflows.proposals.field_comments import comment_on_field
from workflows.proposals.new_words import take_new_words
from workflows.stages.stage_state import StageState


@dataclass(frozen=True)
class Request:
    """Who acts, on which proposal, at which stage (None while it is with its author), with what."""

    person: Any
    page: Offering
    state: Any
    body: ActionBody

    def stage_named(self, name: str) -> Any:
        """A stage of the route by its name; None when none is named. Raises Problem."""
        if not name:
            return None
        stages = {stage.name: stage for stage in stages_of(self.state.workflow_state.workflow)}
        if name not in stages:
            raise invalid("back_to", f"No stage of its route is called “{name}”.")
        return stages[name]


def _request_changes(asked: Request) -> Any:
    back_to = asked.stage_named(asked.body.back_to)
    return actions.request_changes(asked.state, asked.person, asked.body.comment, back_to)


def _record(asked: Request) -> Any:
    body = asked.body
    if body.decided_on is None:
        raise invalid("decided_on", "Give the date on which the body decided: YYYY-MM-DD.")
    facts = actions.OutsideFacts(
        body.body, body.decided_on, body.reference, _document(asked), body.comment
    )
    return actions.record_outside(asked.state, asked.person, facts)


def _document(asked: Request) -> Any:
    """A document that the person may choose in the admin too."""
    if asked.body.document is None:
        return None
    policy = policy_registry.get_by_type(get_document_model())
    choosable = policy.instances_user_has_any_permission_for(asked.person, ["choose", "change"])
    document = choosable.filter(pk=asked.body.document).first()
    if document is None:
        raise invalid("document", "There is no such document among those that you may choose.")
    return document


def _ask(asked: Request) -> Any:
    if asked.body.office not in Office.values:
        raise invalid("office", f"Name one of the offices: {', '.join(Office.values)}.")
    office = Office(asked.body.office)
    return actions.ask_comment(asked.state, asked.person, office, asked.body.comment)


def _answer(asked: Request) -> Any:
    questions = ProposalEvent.objects.filter(offering=asked.page.pk, kind=Act.COMMENT_ASKED)
    question = questions.filter(pk=asked.body.question or 0).first()
    if question is None:
        raise invalid("question", "Give the number of one of the proposal's questions.")
    return actions.give_comment(question, asked.person, asked.body.comment)


def _assign(asked: Request) -> Any:
    people = get_user_model().objects.filter(is_active=True)
    name = get_user_model().USERNAME_FIELD
    colleague = people.filter(**{name: asked.body.assignee}).first()
    if colleague is None:
        raise invalid("assignee", f"Nobody signs in as “{asked.body.assignee}”.")
    return actions.assign(asked.state, asked.person, colleague)


def _open_motion(asked: Request) -> Any:
    body, state = asked.body, asked.state
    if body.purpose not in Purpose.values:
        raise invalid("purpose", f"Use one of: {', '.join(Purpose.values)}.")
    asks_for_changes = body.purpose == Purpose.REQUEST_CHANGES
    defeated = motion_to_reconsider(asked.page.pk, str(state.task_id), state.content_hash)
    question = Question(
        purpose=Purpose(body.purpose),
        text=body.comment,
        conditions=() if asks_for_changes else tuple(body.conditions),
        back_to=asked.stage_named(body.back_to) if asks_for_changes else None,
        meeting=_meeting(body.meeting),
        moved_by=body.moved_by,
        seconded_by=body.seconded_by,
        reconsiders=None if asks_for_changes else defeated,
    )
    return open_motion(state, asked.person, question)


def _meeting(key: int | None) -> Meeting | None:
    if key is None:
        return None
    meeting: Meeting | None = Meeting.objects.filter(pk=key).first()
    if meeting is None:
        raise invalid("meeting", "There is no such meeting.")
    return meeting


def _simple(operation: Callable[[StageState, Any, str], Any]) -> Callable[[Request], Any]:
    """An act that needs the stage, the person and words."""
    return lambda asked: operation(asked.state, asked.person, asked.body.comment)


ACTIONS: dict[str, Callable[[Request], Any]] = {
    "approve": _simple(actions.approve),
    "request_changes": _request_changes,
    "record": _record,
    "note": _simple(actions.note_received),
    "override": lambda asked: actions.override(
        asked.state, asked.person, asked.body.comment, asked.body.instrument
    ),
    "open_motion": _open_motion,
    "assign": _assign,
    "hold": _simple(actions.hold),
    "resume": _simple(actions.resume),
    "ask_comment": _ask,
    "give_comment": _answer,
    "comment_on_field": lambda asked: comment_on_field(
        asked.page, asked.person, asked.body.field, asked.body.comment
    ),
    "take_words": lambda asked: take_new_words(asked.page.specific, asked.person),
    "remark": lambda asked: actions.remark(asked.page.specific, asked.person, asked.body.comment),
    "withdraw": lambda asked: actions.withdraw(
        asked.page.specific, asked.person, asked.body.comment
    ),
}

# Acts on content: they name the hash of what was read (law 2).
ON_CONTENT = frozenset({"approve", "request_changes", "record", "note", "override", "open_motion"})

# Acts that are possible while the proposal is with its author.
WITHOUT_STAGE = frozenset({"remark", "withdraw"})

# What must be said, by act.
NEEDED: dict[str, tuple[str, ...]] = {
    "request_changes": ("comment",),
    "record": ("body", "reference"),
    "override": ("comment", "instrument"),
    "open_motion": ("purpose",),
    "assign": ("assignee",),
    "hold": ("comment",),
    "ask_comment": ("comment", "office"),
    "give_comment": ("comment",),
    "comment_on_field": ("field", "comment"),
    "remark": ("comment",),
    "withdraw": ("comment",),
}
