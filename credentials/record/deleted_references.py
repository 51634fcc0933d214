"""Drafts that name what has been deleted since: a draft's references hold nothing back."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations

Keys = dict[type[models.Model], set[Any]]
OF_EVERY_PAGE = ("content_type", "locale")  # Wagtail takes them from the page, not from the draft


def without_missing(model: type[models.Model], content: dict[str, Any]) -> dict[str, Any] | None:
    """A draft's content without references to rows that are gone, for one query a kind of row.

    A child row that cannot be without its reference goes; None when the object itself cannot be.
    """
    named: Keys = defaultdict(set)
    for field, key in _references(model, content):
        named[field.related_model].add(key)
    return _kept(model, content, _present(named), is_child=False)


def _references(model: type[models.Model], content: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    for field in _foreign_keys(model):
        key = _key(field, content)
        if key is not None:
            yield field, key
    for name, related in _children(model, content):
        for row in content[name]:
            yield from _references(related, row)


def _foreign_keys(model: type[models.Model]) -> Iterator[Any]:
    """References that a draft makes itself: not a child's to its page, nor what every page has."""
    for field in model._meta.concrete_fields:
        remote = field.remote_field
        if not remote or remote.parent_link or remote.on_delete is models.DO_NOTHING:
            continue
        if not isinstance(field, ParentalKey) and field.name not in OF_EVERY_PAGE:
            yield field


def _key(field: Any, content: dict[str, Any]) -> Any:
    key = content.get(field.name)
    return None if key is None else field.target_field.to_python(key)


def _children(model: Any, content: dict[str, Any]) -> list[tuple[str, type[models.Model]]]:
    found = [(one.get_accessor_name(), one.related_model) for one in get_all_child_relations(model)]
    return [(name, related) for name, related in found if name in content]


def _present(named: Keys) -> Keys:
    return {
        model: set(model._default_manager.filter(pk__in=keys).values_list("pk", flat=True))
        for model, keys in named.items()
    }


def _kept(
    model: type[models.Model], content: dict[str, Any], present: Keys, is_child: bool
) -> dict[str, Any] | None:
    kept = dict(content)
    for field in _foreign_keys(model):
        key = _key(field, content)
        if key is None or key in present[field.related_model]:
            continue
        goes_along = is_child and field.remote_field.on_delete is models.CASCADE
        if goes_along or not field.null:
            return None
        kept[field.name] = None
    for name, related in _children(model, content):
        rows = [_kept(related, row, present, is_child=True) for row in content[name]]
        kept[name] = [row for row in rows if row is not None]
    return kept
