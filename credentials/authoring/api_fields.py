"""Which fields other systems may write through Wagtail's API v3: all that is not internal (law 6).

Derived from the classification of fields, so that a new field is never forgotten or exposed by
mistake.
"""

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.api import APIField
from wagtail.models import get_page_models

from credentials.models import Offering
from credentials.record.classification import Classification, classification_of, classified_fields


def declare_api_fields() -> None:
    """Set `api_fields` of all offerings, and of the child rows that hang on them.

    Called once all models are loaded, and before Wagtail derives its schemas from them.
    """
    for model in get_page_models():
        if not issubclass(model, Offering):
            continue
        relations = {
            relation.get_accessor_name(): _writable(relation.related_model)
            for relation in get_all_child_relations(model)
        }
        for relation in get_all_child_relations(model):
            if fields := relations[relation.get_accessor_name()]:
                relation.related_model.api_fields = fields
        children = [APIField(name, writable=True) for name, fields in relations.items() if fields]
        model.api_fields = [*_writable(model), *children]


def _writable(model: type[models.Model]) -> list[APIField]:
    inherited = getattr(model, "inherited_classifications", {})
    return [
        APIField(field.name, writable=True)
        for field in classified_fields(model)
        if classification_of(model, field) != Classification.INTERNAL
        and field.name not in inherited  # Wagtail adds title, slug and the like itself
    ]
