"""Panels of governance on the admin's home page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import WorkflowState

from credentials.compliance.standings import open_proposals
from credentials.models import Contribution, Offering
from credentials.people.actors import Person
from workflows.deciding.progress import reasons_to_wait
from workflows.deciding.stage_reading import StageReading
from workflows.inbox import Waiting, awaiting
from workflows.models import AgendaItem, Decision, Meeting, SeatTerm
from workflows.stages.current_stage import as_stage_state

SHOWN = 10  # proposals on the home page


class AwaitingPanel(Component):
    """What waits for the person."""

    name = "governance_awaiting"
    template_name = "workflows/admin/panel_awaiting.html"
    order = 50

    def __init__(self, items: list[Waiting]) -> None:
        self.items = items

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The list."""
        return {"items": self.items}


@dataclass(frozen=True)
class Blocked:
    """A proposal of one's own and what it waits for."""

    offering: Offering
    stage: str
    why: tuple[str, ...]


class BlockedPanel(Component):
    """Where the person's own proposals stand, and what they wait for."""

    name = "governance_blocked"
    template_name = "workflows/admin/panel_blocked.html"
    order = 55

    def __init__(self, proposals: list[Blocked], more: int = 0) -> None:
        self.proposals, self.more = proposals, more

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The list."""
        return {"proposals": self.proposals, "more": self.more}


class AgendaPanel(Component):
    """The next meeting, for its members and for those whose proposals are on its agenda."""

    name = "governance_agenda"
    template_name = "workflows/admin/panel_agenda.html"
    order = 58

    def __init__(self, meeting: Meeting, items: list[AgendaItem]) -> None:
        self.meeting, self.items = meeting, items

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The meeting and its items."""
        return {"meeting": self.meeting, "items": self.items}


def add_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Add what concerns this person; nothing else takes room."""
    person = request.user
    if items := awaiting(person):
        panels.append(AwaitingPanel(items))
    own = _own_proposals(person)
    if proposals := list(_blocked(own[:SHOWN])):
        panels.append(BlockedPanel(proposals, own.count() - len(proposals)))
    if (panel := _next_agenda(person)) is not None:
        panels.append(panel)


def _own_proposals(person: Person) -> Any:
    """Those sent back to the person first: the others wait for somebody else."""
    written = Contribution.objects.filter(user_key=str(person.pk)).values("offering")
    sent_back = WorkflowState.objects.filter(
        object_id=Cast(OuterRef("pk"), CharField()), status=WorkflowState.STATUS_NEEDS_CHANGES
    )
    mine = open_proposals().filter(pk__in=written).annotate(is_sent_back=Exists(sent_back))
    return mine.order_by("-is_sent_back", "draft_title")


def _blocked(proposals: Iterable[Offering]) -> Iterator[Blocked]:
    for page in proposals:
        workflow_state = page.current_workflow_state
        if workflow_state is None:
            continue
        state = workflow_state.current_task_state
        stage = state.task.name if state else ""
        yield Blocked(page, stage, tuple(_why(workflow_state, state)))


def _why(workflow_state: WorkflowState, state: Any) -> Iterator[str]:
    if workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        last = Decision.objects.filter(proposal_key=str(workflow_state.pk)).order_by("pk").last()
        comment = last.comment if last else ""
        yield _("Sent back to you: %(comment)s") % {"comment": comment}
        return
    stage_state = as_stage_state(state)
    if stage_state is None:
        return
    reading = StageReading(stage_state)
    if reading.decision is not None:
        yield from reasons_to_wait(reading)
        return
    if reading.hold is not None:
        yield _("On hold: %(reason)s") % {"reason": reading.hold.text}
    if waits := reading.stage.waits_for():
        yield waits


def _next_agenda(person: Person) -> AgendaPanel | None:
    terms = SeatTerm.objects.on().held_by(person).values("seat__committee")
    meetings = Meeting.objects.all().to_come().select_related("committee")
    meeting = meetings.filter(committee__in=terms).first()
    if meeting is not None:
        return AgendaPanel(meeting, list(meeting.items.all()[:20]))
    written = Contribution.objects.filter(user_key=str(person.pk)).values("offering")
    mine = AgendaItem.objects.filter(meeting__in=meetings, offering__in=written)
    items = list(mine.select_related("meeting__committee")[:20])
    if not items:
        return None
    first = min((item.meeting for item in items), key=lambda m: m.starts_at)
    return AgendaPanel(first, [item for item in items if item.meeting_id == first.pk])
