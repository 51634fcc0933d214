"""Routes as data: which Wagtail workflow carries each (MC-2)."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, Workflow

from workflows.choices import RouteKey


class Route(models.Model):
    """A route and the workflow whose tasks are its stages, in order.

    The office edits the stages in Wagtail's workflow settings; the key stays.
    """

    key = models.CharField(_("key"), max_length=20, unique=True, choices=RouteKey.choices)
    workflow = models.OneToOneField(
        Workflow, verbose_name=_("workflow"), on_delete=models.PROTECT, related_name="route"
    )

    class Meta:
        verbose_name = _("route")
        verbose_name_plural = _("routes")

    def __str__(self) -> str:
        return str(self.get_key_display())

    @property
    def stages(self) -> list[Task]:
        """The active stages in order, as their own classes."""
        return stages_of(self.workflow)


def stages_of(workflow: Workflow) -> list[Task]:
    """The active tasks of a workflow in order, as their own classes."""
    tasks = Task.objects.filter(workflow_tasks__workflow=workflow, active=True)
    return as_kinds(tasks.order_by("workflow_tasks__sort_order"))


def as_kinds(tasks: "models.QuerySet[Task]") -> list[Task]:
    """Tasks as their own classes, with their committees; one query for all kinds."""
    relations = [
        relation
        for relation in Task._meta.related_objects
        if relation.one_to_one and relation.parent_link
    ]
    kinds = [relation.name for relation in relations]
    committees = [
        f"{relation.name}__committee"
        for relation in relations
        if any(field.name == "committee" for field in relation.related_model._meta.fields)
    ]
    found = tasks.select_related(*kinds, *committees)
    return [next((k for k in _kinds_of(task, kinds)), task) for task in found]


def _kinds_of(task: Task, kinds: list[str]) -> Iterator[Any]:
    """The task as its own class, which came with the same query."""
    for kind in kinds:
        if hasattr(task, kind):
            yield getattr(task, kind)
