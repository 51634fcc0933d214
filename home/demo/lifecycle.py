"""Takes a proposal through its real route, by the calls that the admin makes."""

from typing import Any

from credentials.models import Offering
from home.demo.people import People
from home.demo.reading import Record
from workflows.choices import Office, Outcome
from workflows.retiring import decide_retirement, deciding_office, request_retirement

STANDINGS = frozenset({"published", "draft", "submitted", "reviewed", "changes_requested"})


def bring_to(offering: Offering, record: Record, people: People, turn: int) -> None:
    """Bring the newest draft to the standing that the record names (`published` by default).

    `submitted` waits at the first stage, `reviewed` at the second; `changes_requested` was sent
    back from the stage that `asked` names, with the reason it gives. `turn` chooses who decides.
    """
    standing = record.get("standing", "published")
    if standing == "draft":
        return
    draft = offering.get_latest_revision_as_object()
    draft.get_workflow().start(draft, people.editor)
    if standing == "reviewed":
        _act(offering, "approve", people, turn)
    elif standing == "changes_requested":
        while _stage(offering).office != record["asked"]["by"]:
            _act(offering, "approve", people, turn)
        _act(offering, "reject", people, turn, record["asked"]["reason"])
    elif standing == "published":
        while _state(offering) is not None:
            _act(offering, "approve", people, turn, record.get("approved_with", ""))


def end(offering: Offering, ending: Record, people: People, turn: int) -> None:
    """Retire or withdraw a published offering: the Department asks, another person decides."""
    request = request_retirement(
        offering,
        people.decider(Office.DEPARTMENT, turn),
        action=ending["how"],
        note=ending["note"],
        reason=ending["reason"],
    )
    decider = people.decider(deciding_office(offering), turn + 1)
    decide_retirement(request, decider, Outcome.APPROVED)


def _state(offering: Offering) -> Any:
    return Offering.objects.get(pk=offering.pk).current_workflow_task_state


def _stage(offering: Offering) -> Any:
    return _state(offering).task.specific


def _act(offering: Offering, action: str, people: People, turn: int, comment: str = "") -> None:
    state = _state(offering)
    stage = state.task.specific
    stage.on_action(state, people.decider(stage.office, turn), action, comment=comment)
