"""Stages of all routes, chosen by what they do and not by what kind they are."""

from wagtail.models import Task

from workflows.models.committees import Committee
from workflows.models.routes import as_kinds
from workflows.stages.base import Stage


def all_stages() -> list[Stage]:
    """Every stage there is, as its own kind; one query."""
    return [stage for stage in as_kinds(Task.objects.all()) if isinstance(stage, Stage)]


def stages_of_committee(committee: Committee) -> list[Stage]:
    """Those at which this committee decides or is informed."""
    return [stage for stage in all_stages() if stage.committee_id == committee.pk]


def stages_without_people() -> list[Stage]:
    """Those that pass by themselves."""
    return [stage for stage in all_stages() if not stage.asks_people]
