"""Proposals that belong together: those under one number of the curriculum system (GB-3, GC-1)."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import Page, WorkflowState

from credentials.models import Offering


def sharing_reference(draft: Offering) -> QuerySet[Any]:
    """Other offerings under decision whose newest drafts carry this one's curriculum reference."""
    if not draft.external_reference:
        return Offering.objects.none()
    under_decision = WorkflowState.objects.active().filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    keys = [int(key) for key in under_decision.values_list("object_id", flat=True)]
    return (
        Offering.objects.filter(
            pk__in=keys, latest_revision__content__external_reference=draft.external_reference
        )
        .exclude(pk=draft.pk)
        .order_by("draft_title")
    )
