"""Drafts that name what has been deleted since: a draft's references hold nothing back."""

from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations


def without_missing(model: type[models.Model], content: dict[str, Any]) -> dict[str, Any] | None:
    """A draft's content without protected references to rows that are gone.

    A child row that cannot be without its reference goes; None when the object itself cannot be.
    """
    kept = dict(content)
    for field in model._meta.concrete_fields:
        if _is_missing(field, content.get(field.name)):
            if not field.null:
                return None
            kept[field.name] = None
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if name in content:
            rows = [without_missing(relation.related_model, row) for row in content[name]]
            kept[name] = [row for row in rows if row is not None]
    return kept


def _is_missing(field: Any, key: Any) -> bool:
    if key is None or field.remote_field is None:
        return False
    if field.remote_field.on_delete is not models.PROTECT:
        return False  # django-modelcluster sees to the others
    return not field.related_model._default_manager.filter(pk=key).exists()
