"""How long each stage takes, from the record: decisions and submissions, which are never purged.

A stage begins when the stage before it was decided (and the conditions of that decision were met),
or when the proposal was submitted, whichever came last; it ends with its decision. The time that
an author takes to answer requested changes belongs to no stage, for answering submits anew.
"""

import datetime
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import (
    Count,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    Window,
)
from django.db.models.functions import Coalesce, Greatest, RowNumber
from wagtail.models import TaskState

from workflows.choices import Act
from workflows.models import ConditionMet, Decision, ProposalEvent, RetirementRequest
from workflows.stages.stage_state import StageState

NEVER = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
A_DAY = datetime.timedelta(days=1)
OF_STAGE = [F("route"), F("stage")]


@dataclass(frozen=True)
class StageTime:
    """One stage of one route: how many decisions, their median and longest time, what is open.

    `median` and `longest` are None where nothing was decided; `longest_offering` and its title
    are the proposal that took longest. `oldest_open` is since when the oldest one waits.
    """

    route: str
    stage: str
    number: int = 0
    median: datetime.timedelta | None = None
    longest: datetime.timedelta | None = None
    longest_offering: int | None = None
    longest_title: str = ""
    open_now: int = 0
    oldest_open: datetime.datetime | None = None


def days(took: datetime.timedelta | None) -> float | None:
    """A length of time in days, to a hundredth; None stays None."""
    return None if took is None else round(took / A_DAY, 2)


def timed(decisions: QuerySet[Decision]) -> QuerySet[Any]:
    """The decisions with `began_at` and `took`, without those whose beginning is not on record."""
    began = Greatest(
        _latest(Decision, "decided_at", pk__lt=OuterRef("pk")),
        _latest(ProposalEvent, "at", kind=Act.SUBMITTED, at__lte=OuterRef("decided_at")),
        Coalesce(
            Subquery(
                RetirementRequest.objects.filter(decision__decision=OuterRef("pk")).values(
                    "requested_at"
                )[:1]
            ),
            _never(),
        ),
        _conditions_met(),
    )
    took = ExpressionWrapper(F("decided_at") - F("began_at"), output_field=DurationField())
    return decisions.annotate(began_at=began).filter(began_at__gt=NEVER).annotate(took=took)


def stage_times(decisions: QuerySet[Decision]) -> list[StageTime]:
    """Each route and stage with its figures, the slowest first; one query.

    Only the rows in the middle and at the end of each stage's order are read: the median needs one
    of them, or the mean of two, on every database alike.
    """
    ranked = (
        timed(decisions)
        .annotate(
            place=Window(RowNumber(), partition_by=OF_STAGE, order_by=[F("took"), F("pk")]),
            number=Window(Count("pk"), partition_by=OF_STAGE),
        )
        .annotate(twice=F("place") * 2)
    )
    in_the_middle = Q(number__lte=F("twice"), number__gte=F("twice") - 2)
    rows = (
        ranked.filter(in_the_middle | Q(number=F("place")))
        .order_by("route", "stage", "place")
        .values_list(
            "route", "stage", "place", "number", "took", "offering_id", "offering__draft_title"
        )
    )
    times = [_of_rows(list(group)) for _key, group in groupby(rows, key=lambda row: row[:2])]
    return sorted(times, key=lambda time: (-(time.median or NEVER - NEVER), time.route, time.stage))


def open_stages(states: QuerySet[StageState]) -> dict[tuple[str, str], tuple[int, Any]]:
    """By route and stage: how many proposals are there now, and since when the oldest."""
    under_way = states.filter(status=TaskState.STATUS_IN_PROGRESS)
    rows = under_way.order_by().values_list("workflow_state__workflow__name", "task__name")
    found = rows.annotate(number=Count("pk"), oldest=Min("started_at"))
    return {(route, stage): (number, oldest) for route, stage, number, oldest in found}


def with_open(
    times: list[StageTime], found: dict[tuple[str, str], tuple[int, Any]]
) -> list[StageTime]:
    """These rows with what waits at each stage now; stages that were never passed come last."""
    known = [
        StageTime(**{**vars(time), **_open_facts(found.get((time.route, time.stage)))})
        for time in times
    ]
    decided = {(time.route, time.stage) for time in times}
    only_open = [
        StageTime(route, stage, **_open_facts(facts))
        for (route, stage), facts in sorted(found.items())
        if (route, stage) not in decided
    ]
    return [*known, *only_open]


def _open_facts(facts: tuple[int, Any] | None) -> dict[str, Any]:
    number, oldest = facts or (0, None)
    return {"open_now": number, "oldest_open": oldest}


def _of_rows(rows: list[tuple[Any, ...]]) -> StageTime:
    """A stage from the rows in the middle and at the end of its order, by place."""
    route, stage, _place, number, longest, offering, title = rows[-1]
    middle = [took for _r, _s, place, _n, took, *_ in rows if number <= 2 * place <= number + 2]
    median = sum(middle, datetime.timedelta()) / len(middle)
    return StageTime(route, stage, number, median, longest, offering, title)


def _never() -> Value:
    return Value(NEVER, output_field=DateTimeField())


def _latest(model: Any, field: str, **conditions: Any) -> Coalesce:
    """The latest time of rows of the same proposal that fulfil the conditions."""
    rows = model.objects.filter(proposal_key=OuterRef("proposal_key"), **conditions)
    found = rows.order_by().values("proposal_key").annotate(latest=Max(field)).values("latest")
    return Coalesce(Subquery(found), _never())


def _conditions_met() -> Coalesce:
    key = "condition__motion__proposal_key"
    rows = ConditionMet.objects.filter(
        **{key: OuterRef("proposal_key")}, met_at__lte=OuterRef("decided_at")
    )
    found = rows.order_by().values(key).annotate(latest=Max("met_at")).values("latest")
    return Coalesce(Subquery(found), _never())
