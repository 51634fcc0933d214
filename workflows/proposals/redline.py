"""What a proposal changes, field by field and item by item, for people to read."""

import difflib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations

from credentials.models import Offering
from credentials.published.words import names_in
from credentials.record.classification import Classification
from credentials.record.content import Change, Content, changes
from workflows.proposals.content_words import ContentWords, label_of

EMPTY = "—"
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+|\W")  # a number is one word
ALIKE = 0.6  # of the words and spaces; below, marking each word would leave nothing to read
Say = Callable[[Any], str]
CLASSES = {
    Classification.GOVERNED: _("Governed"),
    Classification.EDITORIAL: _("Editorial"),
    Classification.INTERNAL: _("Internal"),
}


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


def redline(
    model: type[Offering], before: Content, after: Content, document: str = ""
) -> Iterator[Row]:
    """Yield a row for each field that differs, in the editor's order.

    `before` is {} for a new offering; its empty fields are left out. What `document`, canonical
    JSON, calls other records is what they are called; others are called as they are now.
    """
    order = {name: place for place, name in enumerate(_editor_order(model.get_edit_handler()))}
    differing = [c for c in changes(before, after) if c.before or c.after not in (None, "", [])]
    names = names_in(json.loads(document)) if document else {}
    say = ContentWords(model, _differing(differing), names).say
    for change in sorted(differing, key=lambda c: order.get(c.name, len(order))):
        yield Row(
            label=label_of(model, change.name),
            classification=str(CLASSES[Classification(change.classification)]),
            lines=tuple(_lines(partial(say, change.name), change.before, change.after)),
        )


def _differing(found: list[Change]) -> Iterator[Content]:
    """Only what differs, before and after: nothing else needs to be put into words."""
    for change in found:
        for value in (change.before, change.after):
            if value is not None:
                yield {change.classification: {change.name: value}}


def _editor_order(panel: Any) -> Iterator[str]:
    """Names of fields and relations as the editor's tabs present them."""
    name = getattr(panel, "relation_name", None) or getattr(panel, "field_name", None)
    if name:
        yield name
    else:
        for child in getattr(panel, "children", []):
            yield from _editor_order(child)


def _lines(say: Say, before: Any, after: Any) -> Iterator[Line]:
    if isinstance(before, list) or isinstance(after, list):
        yield from _list_lines(list(map(say, before or [])), list(map(say, after or [])))
        return
    old, new = say(before), say(after)
    if not old or not new:
        kind = "added" if new else "removed"
        yield Line(kind, (Piece(kind, new or old or EMPTY),))
    else:
        yield Line("changed", tuple(words(old, new)))


def _list_lines(old: list[str], new: list[str]) -> Iterator[Line]:
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
    """Compare two texts word by word; texts with little in common are shown one after the other."""
    a, b = TOKEN.findall(old), TOKEN.findall(new)
    matcher = difflib.SequenceMatcher(a=a, b=b, autojunk=False)
    if matcher.ratio() < ALIKE:
        yield Piece("removed", old)
        yield Piece("added", new)
        return
    for operation, a1, a2, b1, b2 in matcher.get_opcodes():
        if operation == "equal":
            yield Piece("kept", "".join(a[a1:a2]))
            continue
        if a2 > a1:
            yield Piece("removed", "".join(a[a1:a2]))
        if b2 > b1:
            yield Piece("added", "".join(b[b1:b2]))


def field_names(model: type[Offering]) -> list[tuple[str, str]]:
    """Names and labels of the fields that the editor shows, in its order."""
    names = dict.fromkeys(_editor_order(model.get_edit_handler()))
    relations = {relation.get_accessor_name() for relation in get_all_child_relations(model)}
    fields = {field.name for field in model._meta.get_fields()}
    return [(name, label_of(model, name)) for name in names if name in fields | relations]
