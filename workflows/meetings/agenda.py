"""The agenda of a meeting: built from what waits, and ordered by hand."""

from collections.abc import Iterator, Sequence

from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from credentials.people.actors import Person
from workflows.agendas.consent import check_may_stand_in_consent, objections
from workflows.agendas.items import motions_on
from workflows.agendas.meeting_events import OPEN, presiding
from workflows.choices import Act, AgendaPart, Choice, MeetingState, MotionOutcome, ReviewState
from workflows.deciding.position import standing_decision
from workflows.deciding.progress import bundle_of
from workflows.exceptions import DecisionRefused
from workflows.models import (
    AgendaItem,
    Ballot,
    Committee,
    Meeting,
    Motion,
    ProposalEvent,
    RetirementRequest,
    ReviewCycle,
)
from workflows.proposals.retirement import deciding_stage
from workflows.reviews.authority import deciding_stage as review_stage
from workflows.stages.selection import stages_of_committee
from workflows.stages.stage_state import StageState


def build_agenda(meeting: Meeting, person: Person) -> int:
    """Add what waits for the committee and is on no agenda yet; returns how many items.

    Raises DecisionRefused.
    """
    with presiding(person, meeting, *OPEN) as meeting:
        items = list(_waiting(meeting.committee))
        taken = set(
            AgendaItem.objects.filter(meeting__state__in=OPEN, proposal_key__gt="").values_list(
                "proposal_key", "stage_key"
            )
        )
        new = [item for item in items if (item.proposal_key, item.stage_key) not in taken]
        for item in new:
            _append(meeting, item)
    return len(new)


def add_item(meeting: Meeting, person: Person, title: str, part: str) -> AgendaItem:
    """Add a matter of its own. Raises DecisionRefused."""
    with presiding(person, meeting, *OPEN) as meeting:
        if not title.strip():
            raise DecisionRefused(_("Give the item a title."))
        item = _append(meeting, AgendaItem(title=title.strip()[:255], part=AgendaPart(part)))
    return item


def remove_item(item: AgendaItem, person: Person) -> None:
    """Take an item off; what waits can be put on another agenda. Raises DecisionRefused."""
    with presiding(person, item.meeting, *OPEN):
        if motions_on(item).exists():
            raise DecisionRefused(_("A motion was put on this item, so it stays on the agenda."))
        item.delete()


def reorder(meeting: Meeting, person: Person, keys: Sequence[int], part: str) -> None:
    """Put the items of a part into this order; items named here move to the part.

    Raises DecisionRefused.
    """
    with presiding(person, meeting, *OPEN) as meeting:
        items = {item.pk: item for item in meeting.items.all()}
        if any(key not in items for key in keys) or len(set(keys)) != len(keys):
            raise DecisionRefused(_("The agenda has changed since you opened it. Reload the page."))
        if part == AgendaPart.CONSENT:
            check_may_stand_in_consent([items[key] for key in keys])
        for position, key in enumerate(keys):
            item = items[key]
            item.position, item.part = position, AgendaPart(part)
            item.save(update_fields=["position", "part"])


def move(item: AgendaItem, person: Person, step: int) -> None:
    """Move an item up (-1) or down (+1) within its part. Raises DecisionRefused."""
    keys = list(item.meeting.items.filter(part=item.part).values_list("pk", flat=True))
    place = keys.index(item.pk)
    target = min(max(place + step, 0), len(keys) - 1)
    keys.insert(target, keys.pop(place))
    reorder(item.meeting, person, keys, item.part)


def _append(meeting: Meeting, item: AgendaItem) -> AgendaItem:
    last = meeting.items.filter(part=item.part).aggregate(last=Max("position"))["last"]
    item.meeting = meeting
    item.position = 0 if last is None else last + 1
    item.is_late = meeting.state != MeetingState.PLANNED
    item.save()
    return item


def _waiting(committee: Committee) -> Iterator[AgendaItem]:
    stages = stages_of_committee(committee)
    decides = [stage.pk for stage in stages if not stage.acts]
    informs = [stage.pk for stage in stages if stage.acts]
    under_way = StageState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).select_related(
        "workflow_state", "task"
    )
    for state in under_way.filter(task__in=decides).order_by("started_at"):
        if standing_decision(state) is None and not _has_open_e_vote(state):
            yield _item(state, _part(state))
    for state in under_way.filter(task__in=informs).order_by("started_at"):
        yield _item(state, AgendaPart.INFORMATION)
    for request in RetirementRequest.objects.all().open().select_related("offering"):
        stage = deciding_stage(request.offering)
        if stage.committee == committee:
            yield AgendaItem(
                title=str(request)[:255],
                part=AgendaPart.DISCUSSION,
                offering=request.offering,
                retirement=request,
                proposal_key=f"retirement-{request.pk}",
                stage_key=str(stage.pk),
            )
    to_decide = ReviewCycle.objects.filter(state=ReviewState.WITH_DECIDER)
    for cycle in to_decide.select_related("offering"):
        stage = review_stage(cycle.offering)
        motions = Motion.objects.filter(proposal_key=cycle.key).open()
        if stage.committee == committee and not motions.exists():
            yield AgendaItem(
                title=str(cycle)[:255],
                part=AgendaPart.DISCUSSION,
                offering=cycle.offering,
                review=cycle,
                proposal_key=cycle.key,
                stage_key=str(stage.pk),
            )


def _item(state: StageState, part: AgendaPart) -> AgendaItem:
    offering = state.workflow_state.content_object
    return AgendaItem(
        title=(offering.draft_title or offering.title)[:255],
        part=part,
        offering_id=offering.pk,
        proposal_key=str(state.workflow_state_id),
        stage_key=str(state.task_id),
        bundle=bundle_of(offering.pk),
    )


def _part(state: StageState) -> AgendaPart:
    """Discussion where somebody asked for it, voted against it, or a motion failed; else consent.

    Who pulled it from consent asked for it, also when it was taken off that agenda.
    """
    key, offering_id = str(state.workflow_state_id), int(state.workflow_state.object_id)
    unsettled = (MotionOutcome.HELD, MotionOutcome.DEFEATED, MotionOutcome.NO_QUORUM)
    motions = Motion.objects.filter(offering_id=offering_id)
    needs_discussion = (
        motions.filter(result__outcome__in=unsettled).exists()
        or Ballot.objects.filter(motion__in=motions, choice=Choice.DISCUSS).exists()
        or objections().filter(motion__proposal_key=key).exists()
        or ProposalEvent.objects.filter(proposal_key=key, kind=Act.REMARK).exists()
        or bundle_of(offering_id) is not None
        or AgendaItem.history.filter(proposal_key=key, pulled_by_name__gt="").exists()
    )
    return AgendaPart.DISCUSSION if needs_discussion else AgendaPart.CONSENT


def _has_open_e_vote(state: StageState) -> bool:
    motions = Motion.objects.filter(
        proposal_key=str(state.workflow_state_id), stage_key=str(state.task_id)
    )
    return bool(motions.open().exists())
