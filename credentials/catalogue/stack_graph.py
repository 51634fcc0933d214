"""A stack drawn: boxes in columns from left to right, each as late as what it leads to allows.

Pure arithmetic over a published document's data; the template makes SVG of the result.
"""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from credentials.catalogue.stack_outline import Choice
from credentials.choices import Kind, PrerequisiteKind, StackingApproach

BOX, ACROSS, DOWN, PADDING, MARGIN = 200, 56, 20, 12, 4
CHARACTERS, SMALL_CHARACTERS, LINE, SMALL_LINE = 22, 26, 20, 17
ARROW = 8

Arrow = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """A line of text in a box, by its baseline."""

    text: str
    y: int
    is_small: bool


@dataclass(frozen=True)
class Node:
    """A box. `role` is prerequisite, corequisite, part, group or whole."""

    key: str
    role: str
    lines: tuple[Line, ...]
    height: int
    url: str = ""
    x: int = 0
    y: int = 0
    width: int = BOX

    @property
    def middle(self) -> int:
        """Where arrows come in and go out."""
        return self.y + self.height // 2

    @property
    def text_x(self) -> int:
        """Where its lines begin."""
        return self.x + PADDING


@dataclass(frozen=True)
class Edge:
    """A curve, and the head of its arrow, as SVG path data. Dashed beside, solid before."""

    curve: str
    head: str
    is_dashed: bool


@dataclass(frozen=True)
class Drawing:
    """What the template writes out; all measures are pixels."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    @property
    def has_links(self) -> bool:
        """With links it is a group of things to reach, without any a single image."""
        return any(node.url for node in self.nodes)


def draw(
    document: dict[str, Any],
    choices: Sequence[Choice],
    prerequisites: Sequence[dict[str, Any]],
    order: Iterable[Arrow],
) -> Drawing:
    """Draw a stackable document. `order` holds pairs of its parts' ids: (earlier, later)."""
    parts = {member["id"]: member for choice in choices for member in choice.members}
    nodes = [
        _box(key, "part", item["title"], _kind(item), item["url"]) for key, item in parts.items()
    ]
    nodes.append(_box("whole", "whole", document["title"], _kind(document)))
    ids = list(parts)
    arrows = _order(document["stacking"]["approach"], ids, order)
    for row, item in enumerate(prerequisites):
        key, node = _required(row, item, set(ids))
        nodes += [node] if node else []
        if item["kind"] == PrerequisiteKind.COREQUISITE:
            arrows += [(key, "whole")] if node else []
            continue
        firsts = _firsts(ids, arrows) or ["whole"]
        arrows += [(key, first) for first in firsts if not _leads(first, key, arrows)]
    if len(choices) == 1 and not choices[0].name:
        arrows += [(key, "whole") for key in ids]
    else:
        for number, choice in enumerate(choices):
            nodes.append(_box(f"group-{number}", "group", choice.name or choice.asks, choice.asks))
            arrows += [(member["id"], f"group-{number}") for member in choice.members]
            arrows.append((f"group-{number}", "whole"))
    beside = {node.key for node in nodes if node.role == "corequisite"}
    return _placed(nodes, _without_detours(arrows), beside)


def _required(row: int, item: dict[str, Any], parts: set[str]) -> tuple[str, Node | None]:
    """The key of what is required, and its box unless it is a part that has one."""
    offering = item["offering"] or {}
    if offering.get("id") in parts:
        return offering["id"], None
    title = offering.get("title") or item["description"]
    role = str(item["kind"])
    label = str(PrerequisiteKind(role).label) if role in PrerequisiteKind.values else role
    node = _box(f"required-{row}", role, title, label, item.get("url", ""))
    return node.key, node


def _order(approach: str, ids: list[str], order: Iterable[Arrow]) -> list[Arrow]:
    """Known order among the parts; a vertical stack's own order where nothing else is known."""
    arrows: list[Arrow] = []
    for before, after in order:
        if before != after and not _leads(after, before, arrows):
            arrows.append((before, after))
    if approach == StackingApproach.VERTICAL:
        for before, after in pairwise(ids):
            is_first = all(end != after for _start, end in arrows)
            if is_first and before != after and not _leads(after, before, arrows):
                arrows.append((before, after))
    return arrows


def _firsts(ids: list[str], arrows: list[Arrow]) -> list[str]:
    """Parts that nothing but a box outside the stack leads to."""
    inside = set(ids)
    later = {end for start, end in arrows if start in inside}
    return [key for key in ids if key not in later]


def _leads(start: str, end: str, arrows: list[Arrow]) -> bool:
    steps: dict[str, set[str]] = {}
    for before, after in arrows:
        steps.setdefault(before, set()).add(after)
    pending, seen = [start], {start}
    while pending:
        key = pending.pop()
        if key == end:
            return True
        further = steps.get(key, set()) - seen
        seen |= further
        pending += further
    return False


def _without_detours(arrows: list[Arrow]) -> list[Arrow]:
    """Leave out arrows that others make plain: a to c where a leads to b and b to c."""
    kept = list(dict.fromkeys(arrows))
    for arrow in list(kept):
        others = [other for other in kept if other != arrow]
        if _leads(*arrow, others):
            kept = others
    return kept


def _placed(nodes: list[Node], arrows: list[Arrow], beside: set[str]) -> Drawing:
    leads_to: dict[str, list[str]] = {node.key: [] for node in nodes}
    for start, end in arrows:
        leads_to[start].append(end)
    distance: dict[str, int] = {}
    for key in TopologicalSorter(leads_to).static_order():
        distance[key] = 1 + max((distance[end] for end in leads_to[key]), default=-1)
    columns: list[list[Node]] = [[] for _step in range(max(distance.values()) + 1)]
    for node in nodes:
        columns[distance[node.key]].append(node)
    height = max(_height(column) for column in columns)
    placed: dict[str, Node] = {}
    for number, column in enumerate(columns):
        x = MARGIN + (len(columns) - 1 - number) * (BOX + ACROSS)
        y = MARGIN + (height - _height(column)) // 2
        for node in sorted(column, key=lambda node: _pull(leads_to[node.key], placed)):
            placed[node.key] = replace(node, x=x, y=y)
            y += node.height + DOWN
    drawn = tuple(sorted(placed.values(), key=lambda node: (node.x, node.y)))
    edges = tuple(_edge(placed[start], placed[end], start in beside) for start, end in arrows)
    width = len(columns) * (BOX + ACROSS) - ACROSS
    return Drawing(width + 2 * MARGIN, height + 2 * MARGIN, drawn, edges)


def _pull(ends: list[str], placed: dict[str, Node]) -> float:
    """The height at which a box's arrows go in, so that few of them cross."""
    return sum(placed[end].middle for end in ends) / len(ends) if ends else 0.0


def _height(column: list[Node]) -> int:
    return sum(node.height + DOWN for node in column) - DOWN


def _edge(start: Node, end: Node, is_dashed: bool) -> Edge:
    x, y, to_x, to_y = start.x + BOX, start.middle, end.x - ARROW, end.middle
    bend = (to_x - x) // 2
    return Edge(
        curve=f"M{x} {y}C{x + bend} {y} {to_x - bend} {to_y} {to_x} {to_y}",
        head=f"M{end.x} {to_y}l-{ARROW} -5v10z",
        is_dashed=is_dashed,
    )


def _box(key: str, role: str, title: str, below: str, url: str = "") -> Node:
    y = PADDING // 2
    lines = []
    for text in textwrap.wrap(title, CHARACTERS) or [_("Untitled")]:
        y += LINE
        lines.append(Line(text, y - 4, is_small=False))
    for text in textwrap.wrap(below, SMALL_CHARACTERS) if below != title else []:
        y += SMALL_LINE
        lines.append(Line(text, y - 3, is_small=True))
    return Node(key, role, tuple(lines), y + PADDING // 2 + 2, url)


def _kind(item: dict[str, Any]) -> str:
    kind = item["kind"]
    return str(Kind(kind).label) if kind in Kind.values else kind
