"""Every content field is governed, editorial or internal, said where the field is declared.

Governed: changing it needs the offering's full route. Editorial: the Department alone decides.
Internal: part of the proposal, never shown to the public (law 6).
"""

from enum import StrEnum
from typing import Any, TypeVar

from django.db import models

F = TypeVar("F", bound="models.Field[Any, Any]")


class Classification(StrEnum):
    """Who must decide on a change to a field, and whether the public sees it."""

    GOVERNED = "governed"
    EDITORIAL = "editorial"
    INTERNAL = "internal"


def _classified(field: F, classification: Classification, *, later: bool) -> F:
    field.classification = classification  # type: ignore[attr-defined]
    field.came_later = later  # type: ignore[attr-defined]
    return field


def governed(field: F, *, later: bool = False) -> F:
    """Mark a field whose change needs the full route.

    `later` marks a field added after content had been approved: while it is empty it is left out
    of the content, so that approvals from before it existed still fit what they approved.
    """
    return _classified(field, Classification.GOVERNED, later=later)


def editorial(field: F, *, later: bool = False) -> F:
    """Mark a field that the Department alone may change (fees, dates, marketing copy)."""
    return _classified(field, Classification.EDITORIAL, later=later)


def internal(field: F, *, later: bool = False) -> F:
    """Mark a field that no page, API, feed or search may show."""
    return _classified(field, Classification.INTERNAL, later=later)


def classification_of(
    model: type[models.Model], field: "models.Field[Any, Any]"
) -> Classification | None:
    """Return how a model's field is classified, or None for what is not content.

    A model says the class of fields inherited from Wagtail in `inherited_classifications`.
    """
    inherited = getattr(model, "inherited_classifications", {})
    return getattr(field, "classification", None) or inherited.get(field.name)


def classified_fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """List the content fields of a model, in declaration order."""
    return [
        field
        for field in model._meta.get_fields()
        if isinstance(field, models.Field) and classification_of(model, field) is not None
    ]
