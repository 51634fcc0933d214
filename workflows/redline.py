"""What a proposal changes, field by field and item by item, for people to read."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations

from credentials.choices import DeliveryMode
from credentials.content import Content, changes
from credentials.models import Offering

EMPTY = "—"


@dataclass(frozen=True)
class Piece:
    """A run of text that was kept, added or removed; the word says it, not a colour alone."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """One field, or one item of a list, as it was and as it would be."""

    status: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Row:
    """One field of the redline."""

    label: str
    classification: str
    lines: tuple[Line, ...]


def redline(model: type[Offering], before: Content, after: Content) -> Iterator[Row]:
    """Yield a row for each field that differs, in the editor's order.

    `before` is {} for a new offering; its empty fields are left out.
    """
    order = {name: place for place, name in enumerate(_editor_order(model.get_edit_handler()))}
    differing = [c for c in changes(before, after) if c.before or c.after not in (None, "", [])]
    for change in sorted(differing, key=lambda c: order.get(c.name, len(order))):
        yield Row(
            label=_label(model, change.name),
            classification=change.classification,
            lines=tuple(_lines(model, change.name, change.before, change.after)),
        )


def _editor_order(panel: Any) -> Iterator[str]:
    """Names of fields and relations as the editor's tabs present them."""
    name = getattr(panel, "relation_name", None) or getattr(panel, "field_name", None)
    if name:
        yield name
    else:
        for child in getattr(panel, "children", []):
            yield from _editor_order(child)


def _lines(model: type[Offering], name: str, before: Any, after: Any) -> Iterator[Line]:
    if isinstance(before, list) or isinstance(after, list):
        yield from _list_lines(model, name, before or [], after or [])
        return
    old, new = _text(model, name, before), _text(model, name, after)
    if not old or not new:
        yield Line(
            "added" if new else "removed",
            (Piece("added" if new else "removed", new or old or EMPTY),),
        )
    else:
        yield Line("changed", tuple(words(old, new)))


def _list_lines(
    model: type[Offering], name: str, before: list[Any], after: list[Any]
) -> Iterator[Line]:
    old = [_text(model, name, item) for item in before]
    new = [_text(model, name, item) for item in after]
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for operation, a1, a2, b1, b2 in matcher.get_opcodes():
        if operation == "equal":
            for text in old[a1:a2]:
                yield Line("kept", (Piece("kept", text),))
            continue
        pairs = min(a2 - a1, b2 - b1) if operation == "replace" else 0
        for offset in range(pairs):
            yield Line("changed", tuple(words(old[a1 + offset], new[b1 + offset])))
        for text in old[a1 + pairs : a2]:
            yield Line("removed", (Piece("removed", text),))
        for text in new[b1 + pairs : b2]:
            yield Line("added", (Piece("added", text),))


def words(old: str, new: str) -> Iterator[Piece]:
    """Compare two texts word by word."""
    a, b = re.findall(r"\w+|\W", old), re.findall(r"\w+|\W", new)
    for operation, a1, a2, b1, b2 in difflib.SequenceMatcher(
        a=a, b=b, autojunk=False
    ).get_opcodes():
        if operation == "equal":
            yield Piece("kept", "".join(a[a1:a2]))
            continue
        if a2 > a1:
            yield Piece("removed", "".join(a[a1:a2]))
        if b2 > b1:
            yield Piece("added", "".join(b[b1:b2]))


def _text(model: type[Offering], name: str, value: Any) -> str:
    """Say a value of the canonical content in words."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return "; ".join(_text(model, name, item) for item in value)
    if isinstance(value, dict):
        if {"type", "value"} <= value.keys():
            return _text(model, name, value["value"])
        parts = {key: _text(model, key, item) for key, item in value.items()}
        return " · ".join(text for text in parts.values() if text)
    text = strip_tags(str(value).replace("</p>", "</p> ")).strip()
    return _choice(model, name, text)


def _choice(model: type[Offering], name: str, text: str) -> str:
    if name == "delivery_modes":
        return str(dict(DeliveryMode.choices).get(text, text))
    try:
        choices = dict(model._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
    except (FieldDoesNotExist, AttributeError):
        return text
    return str(choices.get(text, text))


def _label(model: type[Offering], name: str) -> str:
    for relation in get_all_child_relations(model):
        if relation.get_accessor_name() == name:
            return str(relation.related_model._meta.verbose_name_plural).capitalize()
    label = str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]
