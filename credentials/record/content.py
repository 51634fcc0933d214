"""The content of an offering as plain data, and its hashes (law 2).

Content is what people decide on: every classified field of the page and of its child rows, by
class. Primary keys, block ids and publishing state are not content, so saving, reverting or
copying the same words gives the same hash; nor is how an editor marks up what rich text says.

Each hash on record says by which rules it was made. By the first rules rich text stood as it was
written; by the present ones it stands as `credentials.record.rich_text` writes it.
"""

import datetime
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import rfc8785
from django.apps import apps
from django.db import models
from django.db.models import prefetch_related_objects
from modelcluster.models import get_all_child_relations
from wagtail.blocks import ListBlock, RichTextBlock
from wagtail.fields import RichTextField, StreamField

from credentials.record.classification import Classification, classification_of, classified_fields
from credentials.record.rich_text import said

if TYPE_CHECKING:
    from credentials.models import Offering

Content = dict[str, Any]

FIRST_RULES = 1
RULES = 2


@dataclass(frozen=True)
class FrozenContent:
    """Content with its canonical form and hashes, each a lowercase hexadecimal SHA-256.

    `document` is the public document that stands with it, as canonical JSON, where there is one.
    """

    content: Content
    canonical: str
    content_hash: str
    governed_hash: str
    rules: int = RULES
    document: str = ""
    document_hash: str = ""

    @property
    def hashes(self) -> dict[str, str | int]:
        """Its hashes by the names of the record's columns, for a row that is bound to it."""
        return {
            "content_hash": self.content_hash,
            "governed_hash": self.governed_hash,
            "hash_rules": self.rules,
            "document_hash": self.document_hash,
        }

    @property
    def shown(self) -> str:
        """Names content and document together, for a form to say what its reader was shown."""
        return f"{self.content_hash}.{self.document_hash}"

    def with_document(self, document: Any) -> "FrozenContent":
        """The same content with the public document, plain data, that is decided on with it."""
        encoded = canonical(document)
        hash_ = hashlib.sha256(encoded).hexdigest()
        return replace(self, document=encoded.decode(), document_hash=hash_)


def canonical(data: Any) -> bytes:
    """Encode plain data as RFC 8785 canonical JSON."""
    return rfc8785.dumps(data)


def sha256(data: Any) -> str:
    """Hash plain data by its canonical form."""
    return hashlib.sha256(canonical(data)).hexdigest()


def freeze(offering: "Offering", rules: int = RULES) -> FrozenContent:
    """Freeze what stands in memory: a form's result, a revision's object or the live row."""
    written = content_of(offering)
    return _frozen(by_present_rules(written) if rules == RULES else written, rules)


def freeze_by_each_rules(offering: "Offering") -> tuple[FrozenContent, ...]:
    """Freeze by the present rules, and by the rules that standing hashes may be made by."""
    written = content_of(offering)
    return _frozen(by_present_rules(written), RULES), _frozen(written, FIRST_RULES)


def frozen_again(canonical_content: str) -> FrozenContent:
    """Content that stands in the record, by the present rules whatever it was hashed by then."""
    return _frozen(by_present_rules(json.loads(canonical_content)), RULES)


def _frozen(content: Content, rules: int) -> FrozenContent:
    encoded = canonical(content)
    return FrozenContent(
        content=content,
        canonical=encoded.decode(),
        content_hash=hashlib.sha256(encoded).hexdigest(),
        governed_hash=sha256([content["kind"], content[Classification.GOVERNED]]),
        rules=rules,
    )


def by_present_rules(content: Content) -> Content:
    """The same content with its rich text as it is written by the present rules."""
    model = _model_of_kind(content.get("kind", ""))
    if model is None:
        return content
    children = {accessor: dict(_named(fields)) for accessor, fields in _child_relations(model)}
    own = dict(_named(_fields(model)))
    return content | {
        str(c): {
            name: (
                [{n: _said(children[name].get(n), v) for n, v in row.items()} for row in value]
                if name in children
                else _said(own.get(name), value)
            )
            for name, value in content.get(c, {}).items()
        }
        for c in Classification
    }


def _named(fields: tuple[tuple[Any, str], ...]) -> Iterator[tuple[str, Any]]:
    return ((field.name, field) for field, _classification in fields)


def _said(field: Any, value: Any) -> Any:
    if isinstance(field, RichTextField) and isinstance(value, str):
        return said(value)
    return _said_in_block(field.stream_block, value) if isinstance(field, StreamField) else value


def _said_in_block(block: Any, value: Any) -> Any:
    """A block's plain value, with what its rich text says; a block that is gone stays as it is."""
    if isinstance(block, RichTextBlock) and isinstance(value, str):
        return said(value)
    if isinstance(value, list):
        return [
            item | {"value": _said_in_block(_child(block, item["type"]), item["value"])}
            if isinstance(item, dict) and {"type", "value"} <= item.keys()
            else item
            for item in value
        ]
    if isinstance(value, dict) and hasattr(block, "child_blocks"):
        return {name: _said_in_block(block.child_blocks.get(name), v) for name, v in value.items()}
    return value


def _child(block: Any, name: str) -> Any:
    if isinstance(block, ListBlock):
        return block.child_block
    return getattr(block, "child_blocks", {}).get(name)


@cache
def _model_of_kind(kind: str) -> Any:
    """The page type whose offerings are of a kind; None for a kind that is no more."""
    return next((m for m in apps.get_models() if getattr(m, "kind", None) == kind), None)


def content_of(offering: "Offering") -> Content:
    """Return content by class: {"kind": str, "governed": {}, "editorial": {}, "internal": {}}.

    Rich text stands as it was written; see by_present_rules.
    """
    content: Content = {"kind": str(offering.kind), **{str(c): {} for c in Classification}}
    for field, classification in _fields(type(offering)):
        if not _left_out(field, offering):
            content[classification][field.name] = _value(field, offering)
    for accessor, fields in _child_relations(type(offering)):
        children = getattr(offering, accessor).all()
        prefetch_related_objects(list(children), *_references(fields))
        if not children and all(getattr(field, "came_later", False) for field, _c in fields):
            continue
        for classification in {c for _field, c in fields}:
            content[classification][accessor] = [
                {
                    f.name: _value(f, child)
                    for f, c in fields
                    if c == classification and not _left_out(f, child)
                }
                for child in children
            ]
    return content


def _left_out(field: Any, instance: models.Model) -> bool:
    """Whether a field that came later is empty, as it was when older content was approved."""
    came_later = getattr(field, "came_later", False)
    return came_later and getattr(instance, field.attname) in (field.get_default(), None, "")


def _references(fields: tuple[tuple[Any, str], ...]) -> list[str]:
    """Foreign keys among these fields: read at once for all rows, not row by row."""
    return [field.name for field, _c in fields if isinstance(field, models.ForeignKey)]


@cache
def _fields(model: type[models.Model]) -> tuple[tuple[Any, str], ...]:
    return tuple((f, str(classification_of(model, f))) for f in classified_fields(model))


@cache
def _child_relations(
    model: type[models.Model],
) -> tuple[tuple[str, tuple[tuple[Any, str], ...]], ...]:
    relations = (
        (relation.get_accessor_name(), _fields(relation.related_model))
        for relation in get_all_child_relations(model)
    )
    return tuple((accessor, fields) for accessor, fields in relations if fields)


def _value(field: "models.Field[Any, Any]", instance: models.Model) -> Any:
    if isinstance(field, models.ForeignKey):
        return _reference(field, instance)
    value = getattr(instance, field.name)
    if isinstance(field, StreamField):
        return _without_ids(value.get_prep_value())
    value = field.to_python(value)
    if isinstance(value, Decimal):
        return str(value.quantize(Decimal(1).scaleb(-field.decimal_places)))  # type: ignore[attr-defined]
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    return value


def _reference(field: Any, instance: models.Model) -> Any:
    """Name a related row by what lasts: its UUID, its code, or its file's hash."""
    if getattr(instance, field.attname) is None:
        return None
    related = getattr(instance, field.name)
    for name in ("uuid", "code"):
        if hasattr(related, name):
            return str(getattr(related, name))
    return {"id": related.pk, "file": related.get_file_hash()}


def _without_ids(value: Any) -> Any:
    """Drop block ids, and write numbers as text: forms, APIs and rows hold both differently."""
    if isinstance(value, list):
        return [_without_ids(item) for item in value]
    if isinstance(value, dict):
        is_block = {"type", "value"} <= value.keys()
        return {k: _without_ids(v) for k, v in value.items() if not (is_block and k == "id")}
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return str(value)
    return value


@dataclass(frozen=True)
class Change:
    """One field that differs between two frozen contents."""

    name: str
    classification: str
    before: Any
    after: Any


def changes(before: Content, after: Content) -> Iterator[Change]:
    """Yield the fields that differ, in declaration order of the newer content."""
    for classification in Classification:
        old, new = before.get(classification, {}), after.get(classification, {})
        for name in [*new, *(name for name in old if name not in new)]:
            if old.get(name) != new.get(name):
                yield Change(name, classification, old.get(name), new.get(name))
