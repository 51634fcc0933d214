"""Open cases with their deadlines, the most urgent first (AP-2)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from appeals.choices import Stage
from appeals.deadlines.deadline import Clocks, StageDeadline, stage_deadline
from appeals.models import Case, CaseEvent
from appeals.models.cases import CaseQuerySet
from appeals.rules.life import NOT_CLOSED

SOON = datetime.timedelta(days=3)
NEVER = datetime.datetime.max.replace(tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Card:
    """A case on the board. `deadline` is None where its stage has no time of its own."""

    case: Case
    deadline: StageDeadline | None
    now: datetime.datetime

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return self.case.stage

    @property
    def due(self) -> datetime.datetime:
        """For sorting: a case without a deadline comes last."""
        return (self.deadline and self.deadline.at) or NEVER

    @property
    def is_overdue(self) -> bool:
        """Whether its deadline has passed."""
        return self.deadline is not None and self.deadline.is_overdue(self.now)

    @property
    def is_near(self) -> bool:
        """Whether its deadline comes within three days."""
        return not self.is_overdue and self.due <= self.now + SOON

    @property
    def assignee(self) -> str:
        """Who works it; empty when nobody does."""
        return getattr(self.case, "assignee", None) or ""


def cards(cases: CaseQuerySet, now: datetime.datetime | None = None) -> list[Card]:
    """The cases that are not closed, the most urgent first. Five queries, however many."""
    events = Prefetch("events", CaseEvent.objects.order_by("number"), to_attr="in_order")
    found: Iterable[Any] = (
        cases.with_standing()
        .filter(standing__in=NOT_CLOSED)
        .select_related("procedure")
        .prefetch_related(events, "procedure__steps")
        .order_by("number")
    )
    clocks, now = Clocks(), now or timezone.now()
    made = [Card(case, stage_deadline(case, case.in_order, clocks), now) for case in found]
    return sorted(made, key=lambda card: card.due)
