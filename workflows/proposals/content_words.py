"""Values of canonical content in words: choices, names of related rows, labelled parts of items."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.formats import localize
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField

from credentials.choices import DeliveryMode
from credentials.models import Offering
from credentials.record.classification import Classification
from credentials.record.content import Content

Model = type[models.Model]
Owner = Any  # a model or a struct block: what says which parts an item has, and in what order


class ContentWords:
    """Says values of some contents of one kind of offering; reads related rows once a kind."""

    def __init__(
        self,
        model: type[Offering],
        contents: Iterable[Content],
        frozen_names: Mapping[tuple[Any, str], str],
    ) -> None:
        self._model = model
        self._children: dict[str, Model] = {
            relation.get_accessor_name(): relation.related_model
            for relation in get_all_child_relations(model)
        }
        unknown = (r for r in self._references(contents) if (r[0], str(r[1])) not in frozen_names)
        self._names = {**dict(self._read_names(unknown)), **frozen_names}

    def say(self, name: str, value: Any) -> str:
        """A field's value, or one item of it where it is a list; "" for nothing."""
        if name in self._children:
            return self._item(self._children[name], value)
        field = _field(self._model, name)
        if isinstance(field, StreamField) and isinstance(value, dict):
            return self._block(field.stream_block, value)
        return self._plain(self._model, name, value)

    def _references(self, contents: Iterable[Content]) -> Iterator[tuple[Model, Any]]:
        """Related models with what the content names rows of them by."""
        for content in contents:
            for classification in Classification:
                for name, value in content.get(classification, {}).items():
                    child = self._children.get(name)
                    rows = value if child is not None else [{name: value}]
                    for row in rows:
                        yield from _references_of(child or self._model, row)

    @staticmethod
    def _read_names(references: Iterable[tuple[Model, Any]]) -> Iterator[tuple[Any, str]]:
        keys: dict[Model, set[Any]] = {}
        for related, key in references:
            keys.setdefault(related, set()).add(key)
        for related, wanted in keys.items():
            by = _key_field(related)
            for row in related._default_manager.filter(**{f"{by}__in": wanted}):
                yield (related, str(getattr(row, by))), str(row)

    def _item(self, owner: Owner, value: dict[str, Any]) -> str:
        """A child row or a struct block: its parts in the order of their declaration."""
        parts: list[str] = []
        for key in sorted(value, key=_order_of(owner).index):
            text = self._plain(owner, key, value[key])
            if text and parts and _needs_label(owner, key):
                text = _("%(label)s: %(text)s") % {"label": label_of(owner, key), "text": text}
            parts += [text] if text else []
        return " · ".join(parts)

    def _block(self, block: Any, value: dict[str, Any]) -> str:
        child = block.child_blocks.get(value.get("type"))
        inner = value.get("value")
        if isinstance(inner, dict) and hasattr(child, "child_blocks"):
            return self._item(child, inner)
        return self._plain(block, str(value.get("type")), inner)

    def _plain(self, owner: Owner, name: str, value: Any) -> str:
        if value is None or value == "" or value == []:
            return ""
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, list):
            return "; ".join(self._plain(owner, name, item) for item in value)
        if isinstance(value, dict) and {"type", "value"} <= value.keys():
            return self._plain(owner, name, value["value"])
        field = _field(owner, name)
        if isinstance(field, models.ForeignKey):
            return self._related(field, value)
        return _choice(field, name, strip_tags(str(value).replace("</p>", "</p> ")).strip())

    def _related(self, field: Any, value: Any) -> str:
        """A related row by its name now; what it was called by when it is gone."""
        if not isinstance(value, dict):
            return self._names.get((field.related_model, str(value)), str(value))
        name = self._names.get((field.related_model, str(value["id"])), str(value["id"]))
        # The hash tells files apart that were exchanged under one name.
        return _("%(name)s (file %(hash)s)") % {"name": name, "hash": str(value["file"])[:8]}


def label_of(owner: Owner, name: str) -> str:
    """The label of a field, of a relation, or of a part of a block."""
    if hasattr(owner, "child_blocks"):
        return str(owner.child_blocks[name].label)
    for relation in get_all_child_relations(owner):
        if relation.get_accessor_name() == name:
            return _capital(relation.related_model._meta.verbose_name_plural)
    return _capital(owner._meta.get_field(name).verbose_name)


def _capital(text: Any) -> str:
    return str(text)[:1].upper() + str(text)[1:]


def _references_of(owner: Model, row: dict[str, Any]) -> Iterator[tuple[Model, Any]]:
    for name, value in row.items():
        field = _field(owner, name)
        if value is not None and isinstance(field, models.ForeignKey):
            yield field.related_model, value["id"] if isinstance(value, dict) else value


def _key_field(model: Model) -> str:
    """What content names a row of this model by, as `credentials.record.content` does."""
    names = {field.name for field in model._meta.get_fields()}
    return next((name for name in ("uuid", "code") if name in names), "id")


def _field(owner: Owner, name: str) -> Any:
    if hasattr(owner, "child_blocks"):
        return None
    try:
        return owner._meta.get_field(name)
    except FieldDoesNotExist:
        return None


class _Order(list[str]):
    """Names in order; a name that is not among them, such as a former field's, comes last."""

    def index(self, name: str, *args: Any) -> int:
        return super().index(name) if name in self else len(self)


def _order_of(owner: Owner) -> _Order:
    if hasattr(owner, "child_blocks"):
        return _Order(owner.child_blocks)
    return _Order(field.name for field in owner._meta.get_fields())


def _needs_label(owner: Owner, name: str) -> bool:
    """Running text says what it is; a number, a date or a tick does not."""
    if hasattr(owner, "child_blocks"):
        return True
    field = _field(owner, name)
    is_text = isinstance(field, models.TextField | models.URLField)
    return field is not None and not is_text and not field.choices


def _choice(field: Any, name: str, text: str) -> str:
    if name == "delivery_modes":
        return str(dict(DeliveryMode.choices).get(text, text))
    choices = dict(getattr(field, "flatchoices", None) or ())
    return str(localize(choices.get(text, text)))
