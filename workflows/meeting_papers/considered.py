"""What an agenda item puts before the committee: on a motion its frozen content, else the draft."""

from dataclasses import dataclass
from typing import Any

from credentials.compliance.gates import is_governed_change, report_on
from credentials.exceptions import NoPolicyInForce
from credentials.models import Offering
from credentials.policy.findings import Report
from credentials.record.content import Content, freeze, frozen_again
from credentials.record.ledger import PublishedVersion
from workflows.agendas.items import motions_on, stage_on
from workflows.models import AgendaItem, Motion
from workflows.proposals.redline import Row, redline
from workflows.stages.stage_state import StageState


@dataclass(frozen=True)
class Considered:
    """An item's subject as the committee has it before it.

    `draft` is None when nothing of it is under decision any more, or it is a matter of its own;
    `rows` are None when what the committee saw cannot be told from what was written since.
    """

    item: AgendaItem
    state: StageState | None
    draft: Offering | None
    motions: list[Motion]
    head: PublishedVersion | None
    rows: list[Row] | None
    report: Report | None = None
    is_editorial: bool = False


def considered(item: AgendaItem) -> Considered:
    """Read what an item is about."""
    motions = list(
        motions_on(item).select_related("result").prefetch_related("conditions").order_by("pk")
    )
    is_proposal = item.retirement_id is None and item.review_id is None
    if item.offering is None or not is_proposal:
        return Considered(item, None, None, motions, None, None)
    page = item.offering.specific
    state = stage_on(item)
    draft = page.get_latest_revision_as_object() if state is not None else None
    content: Content | None = None
    if motions:
        content = frozen_again(motions[-1].content).content
    elif draft is not None:
        content = freeze(draft).content
    head = _head(item.offering.pk, motions)
    report, is_editorial = _report(draft)
    return Considered(
        item, state, draft, motions, head, _rows(type(page), head, content), report, is_editorial
    )


def _head(offering_id: int, motions: list[Motion]) -> PublishedVersion | None:
    """What was public when the last motion was opened; what is public now without one."""
    versions = PublishedVersion.objects.select_related("approval")
    if motions:
        versions = versions.filter(valid_from__lte=motions[-1].opened_at)
    return versions.head_of(offering_id)


def _rows(model: Any, head: PublishedVersion | None, content: Content | None) -> list[Row] | None:
    if content is None:
        return None
    before = head.approval.frozen_content if head else {}
    return list(redline(model, before, content))


def _report(draft: Offering | None) -> tuple[Report | None, bool]:
    if draft is None:
        return None, False
    if not is_governed_change(draft):
        return None, True
    try:
        return report_on(draft), False
    except NoPolicyInForce:
        return None, False
