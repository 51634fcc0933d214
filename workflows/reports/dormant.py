"""Proposals on a route with which nothing has happened for long: where they stand, who has them.

Something happens when it is submitted, held, commented on, assigned, decided, put to a motion or
voted on, and when its author saves a draft.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Max, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Greatest
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, WorkflowState

from credentials.models import Offering
from workflows.choices import GOING_ON, Act, Office
from workflows.models import Ballot, Decision, Motion, ProposalEvent
from workflows.stages.selection import all_stages

FIELDS = (
    "offering_id",
    "title",
    "category",
    "unit",
    "route",
    "task_id",
    "stage",
    "status",
    "stage_status",
    "last_event",
    "hold",
    "held_by",
    "assigned_to",
    "assigned_at",
    "stage_started_at",
    "decided",
    "author_first_name",
    "author_last_name",
    "author_username",
)
LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Dormant:
    """A proposal, since when nothing has happened, where it stands, and who has it."""

    offering_id: int
    title: str
    category: str
    unit: str
    route: str
    stage: str
    last_event: datetime.datetime
    standing: str
    held_by: str


def open_states() -> QuerySet[WorkflowState]:
    """Every proposal of an offering that is on its route or was sent back, with what is filtered.

    Annotated: `offering_id`, `title`, `category`, `unit_id`, `unit`, `last_event`.
    """
    offering = Offering.objects.filter(pk=OuterRef("offering_id"))
    content_type = ContentType.objects.get_for_model(Page, for_concrete_model=False)
    return (
        WorkflowState.objects.active()
        .filter(base_content_type=content_type)
        .annotate(
            offering_id=Cast("object_id", models.BigIntegerField()),
            key=Cast("pk", models.CharField()),
        )
        .annotate(
            title=Subquery(offering.values("draft_title")),
            category=Subquery(offering.values("category")),
            unit_id=Subquery(offering.values("academic_unit_id")),
            unit=Subquery(offering.values("academic_unit__name")),
            saved_at=Subquery(offering.values("latest_revision_created_at")),
        )
        .filter(title__isnull=False)  # Wagtail's other pages are no proposals of this policy
        .annotate(last_event=_last_event())
    )


def dormant(states: QuerySet[WorkflowState], before: datetime.datetime) -> QuerySet[WorkflowState]:
    """Those of `open_states` with which nothing has happened since a moment."""
    return states.filter(last_event__lt=before)


def by_stage(states: QuerySet[WorkflowState]) -> list[tuple[str, int]]:
    """How many stand where, the most first; an empty name stands for their authors."""
    at = models.Case(
        models.When(status=WorkflowState.STATUS_NEEDS_CHANGES, then=Value("")),
        default=F("current_task_state__task__name"),
        output_field=models.CharField(),
    )
    rows = states.order_by().annotate(at=at).values_list("at")
    counted = rows.annotate(number=models.Count("pk"))
    return sorted(counted, key=lambda row: (-row[1], row[0] or ""))


def rows_of(states: QuerySet[WorkflowState]) -> QuerySet[Any, dict[str, Any]]:
    """One row each, the longest silent first, as dictionaries of FIELDS; one query."""
    here = {"proposal_key": OuterRef("key"), "stage_key": OuterRef("stage_key")}
    held = ProposalEvent.objects.filter(
        proposal_key=OuterRef("key"), kind__in=(Act.HELD, Act.RESUMED)
    ).order_by("-pk")
    assigned = ProposalEvent.objects.filter(**here, kind=Act.ASSIGNED).order_by("-pk")
    decided = Decision.objects.filter(**here, content_hash=OuterRef("content_hash"))
    return (
        states.annotate(
            route=F("workflow__name"),
            task_id=F("current_task_state__task"),
            stage=F("current_task_state__task__name"),
            stage_status=F("current_task_state__status"),
            stage_started_at=F("current_task_state__started_at"),
            content_hash=F("current_task_state__stagestate__content_hash"),
            stage_key=Cast("current_task_state__task", models.CharField()),
            author_first_name=F("requested_by__first_name"),
            author_last_name=F("requested_by__last_name"),
            author_username=F("requested_by__username"),
        )
        .annotate(
            hold=Subquery(held.values("kind")[:1]),
            held_by=Subquery(held.values("by_name")[:1]),
            assigned_to=Subquery(assigned.values("to_name")[:1]),
            assigned_at=Subquery(assigned.values("at")[:1]),
            decided=models.Exists(decided.filter(outcome__in=GOING_ON)),
        )
        .order_by("last_event", "pk")
        .values(*FIELDS)
    )


class Holders:
    """Who has a proposal at each stage; read once, for stages are few and proposals many."""

    def __init__(self) -> None:
        stages = all_stages()
        self._units = {stage.pk for stage in stages if stage.deciding_office == Office.UNIT}
        self._offices = {stage.pk: stage.office_name for stage in stages}

    def read(self, row: dict[str, Any]) -> Dormant:
        """A row of `rows_of` in words."""
        standing, held_by = self._standing(row)
        return Dormant(
            offering_id=row["offering_id"],
            title=row["title"],
            category=row["category"],
            unit=row["unit"] or "",
            route=row["route"],
            stage=row["stage"] or "",
            last_event=row["last_event"],
            standing=standing,
            held_by=held_by,
        )

    def _standing(self, row: dict[str, Any]) -> tuple[str, str]:
        in_progress = row["stage_status"] == TaskState.STATUS_IN_PROGRESS
        if row["status"] == WorkflowState.STATUS_NEEDS_CHANGES or not in_progress:
            return _("Sent back to its author"), _author(row)
        if row["hold"] == Act.HELD:
            return _("On hold"), row["held_by"]
        office = row["unit"] if row["task_id"] in self._units else ""
        office = office or self._offices.get(row["task_id"], "")
        if row["decided"]:
            return _("Decided, waiting"), office
        is_assigned = row["assigned_to"] and row["assigned_at"] >= row["stage_started_at"]
        if is_assigned:
            return _("Under decision"), row["assigned_to"]
        # A gate belongs to no office: it waits for what the author has still to bring.
        return _("Under decision"), office or _author(row)


def _author(row: dict[str, Any]) -> str:
    if not row["author_username"]:
        return _("nobody any more: its account was deleted")
    full_name = f"{row['author_first_name']} {row['author_last_name']}".strip()
    return full_name or row["author_username"]


def _last_event() -> Greatest:
    """The latest time of anything that happened; started at least once, so never empty."""
    of_stage = ("current_task_state__started_at", "saved_at", "created_at")
    return Greatest(
        *(
            Coalesce(field, Value(LONG_AGO), output_field=models.DateTimeField())
            for field in of_stage
        ),
        _latest(ProposalEvent, "at", "proposal_key"),
        _latest(Decision, "decided_at", "proposal_key"),
        _latest(Motion, "opened_at", "proposal_key"),
        _latest(Ballot, "cast_at", "motion__proposal_key"),
    )


def _latest(model: Any, field: str, key: str) -> Coalesce:
    rows = model.objects.filter(**{key: OuterRef("key")}).order_by().values(key)
    found = rows.annotate(latest=Max(field)).values("latest")
    return _or_long_ago(Subquery(found))


def _or_long_ago(time: Any) -> Coalesce:
    return Coalesce(time, Value(LONG_AGO), output_field=models.DateTimeField())
