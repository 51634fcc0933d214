"""Wagtail's own APIs on the same content: what a project would serve without the catalogue API.

Offerings have no `api_fields` by design, so they are assigned here, in the benchmark only: every
field and child row that the public document holds, and nothing internal.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.api import APIField

from credentials.record.classification import Classification, classified_fields

ALREADY_SERVED = {"title", "slug", "show_in_menus", "seo_title", "search_description"}


def expose_content(assign: Callable[..., None] = setattr) -> None:
    """Give every offering type and child row the `api_fields` that Wagtail's APIs read.

    `assign` is called like setattr; a test passes one that undoes itself.
    """
    offering = apps.get_model("credentials", "Offering")
    for model in (offering, *offering.__subclasses__()):
        fields = [APIField("uuid"), *_public(model)]
        for relation in get_all_child_relations(model):
            child_fields = _public(relation.related_model)
            if child_fields:
                assign(relation.related_model, "api_fields", child_fields)
                fields.append(APIField(relation.get_accessor_name()))
        assign(model, "api_fields", fields)


def _public(model: Any) -> list[APIField]:
    return [
        APIField(field.name)
        for field in classified_fields(model)
        if not _is_internal(field) and field.name not in ALREADY_SERVED
    ]


def _is_internal(field: models.Field) -> bool:
    return getattr(field, "classification", None) == Classification.INTERNAL
