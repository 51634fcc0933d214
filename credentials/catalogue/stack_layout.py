"""Boxes and arrows laid out in columns, from left to right. Pure arithmetic, in pixels.

Each box stands as late as what it leads to allows, and arrows that pass a column get a gap in it.
"""

import textwrap
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter
from itertools import pairwise

from django.utils.translation import gettext as _

BOX, ACROSS, DOWN, PADDING, MARGIN = 172, 40, 16, 10, 4
CHARACTERS, SMALL_CHARACTERS, LINE, SMALL_LINE = 17, 22, 19, 16
ARROW = 8
VIA = "via"

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
    """A line, and the head of its arrow, as SVG path data. Dashed beside, solid before."""

    line: str
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


def placed(nodes: list[Node], arrows: list[Arrow], beside: set[str]) -> Drawing:
    """Lay out boxes whose arrows form no loop; arrows from keys in `beside` are dashed."""
    distance = _distances(nodes, arrows)
    ways = {arrow: _way(arrow, distance) for arrow in arrows}
    leads_to: dict[str, list[str]] = {key: [] for key in distance}
    for way in ways.values():
        for start, end in pairwise(way):
            leads_to[start].append(end)
    known = {node.key: node for node in nodes}
    columns: list[list[Node]] = [[] for _step in range(max(distance.values()) + 1)]
    for key, column in distance.items():
        columns[column].append(known.get(key) or Node(key, VIA, (), 0))
    height = max(_height(column) for column in columns)
    done: dict[str, Node] = {}
    for number, boxes in enumerate(columns):
        x = MARGIN + (len(columns) - 1 - number) * (BOX + ACROSS)
        y = MARGIN + (height - _height(boxes)) // 2
        for node in sorted(boxes, key=lambda node: _pull(leads_to[node.key], done)):
            done[node.key] = replace(node, x=x, y=y)
            y += node.height + DOWN
    drawn = sorted(done.values(), key=lambda node: (node.x, node.y))
    edges = tuple(_edge([done[key] for key in ways[a]], a[0] in beside) for a in arrows)
    width = len(columns) * (BOX + ACROSS) - ACROSS
    return Drawing(
        width + 2 * MARGIN,
        height + 2 * MARGIN,
        tuple(node for node in drawn if node.role != VIA),
        edges,
    )


def _distances(nodes: list[Node], arrows: list[Arrow]) -> dict[str, int]:
    """How many columns before the last each box stands: the longest way to the whole."""
    leads_to: dict[str, list[str]] = {node.key: [] for node in nodes}
    for start, end in arrows:
        leads_to[start].append(end)
    distance: dict[str, int] = {}
    for key in TopologicalSorter(leads_to).static_order():
        distance[key] = 1 + max((distance[end] for end in leads_to[key]), default=-1)
    return {node.key: distance[node.key] for node in nodes}


def _way(arrow: Arrow, distance: dict[str, int]) -> list[str]:
    """Where an arrow passes: a gap of its own in each column between, entered in `distance`."""
    start, end = arrow
    between = range(distance[start] - 1, distance[end], -1)
    gaps = [f"via {start} {end} {column}" for column in between]
    distance.update(zip(gaps, between, strict=True))
    return [start, *gaps, end]


def _pull(ends: list[str], done: dict[str, Node]) -> float:
    """The height at which a box's arrows go in, so that few of them cross."""
    return sum(done[end].middle for end in ends) / len(ends) if ends else 0.0


def _height(column: list[Node]) -> int:
    return sum(node.height + DOWN for node in column) - DOWN


def _edge(way: list[Node], is_dashed: bool) -> Edge:
    end = way[-1]
    x, y = way[0].x + BOX, way[0].middle
    line = f"M{x} {y}"
    for node in way[1:]:
        to_x = node.x - ARROW if node is end else node.x
        bend = (to_x - x) // 2
        line += f"C{x + bend} {y} {to_x - bend} {node.middle} {to_x} {node.middle}"
        x, y = node.x + BOX, node.middle
        line += "" if node is end else f"H{x}"
    return Edge(line, f"M{end.x} {end.middle}l-{ARROW} -5v10z", is_dashed)


def box(key: str, role: str, title: str, below: str, url: str = "") -> Node:
    """A box as high as its title, wrapped, and the smaller words below it ask for."""
    y = PADDING // 2
    lines = []
    for text in textwrap.wrap(title, CHARACTERS) or [_("Untitled")]:
        y += LINE
        lines.append(Line(text, y - 4, is_small=False))
    for text in textwrap.wrap(below, SMALL_CHARACTERS) if below != title else []:
        y += SMALL_LINE
        lines.append(Line(text, y - 3, is_small=True))
    return Node(key, role, tuple(lines), y + PADDING // 2 + 2, url)
