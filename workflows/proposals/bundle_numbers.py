"""Proposals that belong together: those under one number of the curriculum system (GB-3, GC-1)."""

from typing import Any

from django.db.models import QuerySet

from credentials.compliance.standings import open_proposals
from credentials.models import Offering


def sharing_reference(draft: Offering) -> QuerySet[Any]:
    """Other offerings under decision whose newest drafts carry this one's curriculum reference."""
    if not draft.external_reference:
        return Offering.objects.none()
    sharing = open_proposals().filter(
        latest_revision__content__external_reference=draft.external_reference
    )
    return sharing.exclude(pk=draft.pk).order_by("draft_title")
