"""A stack as boxes and arrows: what comes before what, and what counts toward the whole.

From a published document's data alone; `stack_layout` places it and the template makes SVG of it.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from credentials.catalogue.stack_layout import Arrow, Drawing, Node, box, placed
from credentials.catalogue.stack_outline import Choice
from credentials.choices import Kind, PrerequisiteKind, StackingApproach


def draw(
    document: dict[str, Any],
    choices: Sequence[Choice],
    prerequisites: Sequence[dict[str, Any]],
    order: Iterable[Arrow],
) -> Drawing:
    """Draw a stackable document. `order` holds pairs of its parts' ids: (earlier, later)."""
    parts = {member["id"]: member for choice in choices for member in choice.members}
    nodes = [
        box(key, "part", item["title"], _kind(item), item["url"]) for key, item in parts.items()
    ]
    nodes.append(box("whole", "whole", document["title"], _kind(document)))
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
            nodes.append(box(f"group-{number}", "group", choice.name or choice.asks, choice.asks))
            arrows += [(member["id"], f"group-{number}") for member in choice.members]
            arrows.append((f"group-{number}", "whole"))
    beside = {node.key for node in nodes if node.role == "corequisite"}
    return placed(nodes, _without_detours(arrows), beside)


def _required(row: int, item: dict[str, Any], parts: set[str]) -> tuple[str, Node | None]:
    """The key of what is required, and its box unless it is a part that has one."""
    offering = item["offering"] or {}
    if offering.get("id") in parts:
        return offering["id"], None
    title = offering.get("title") or item["description"]
    role = str(item["kind"])
    label = str(PrerequisiteKind(role).label) if role in PrerequisiteKind.values else role
    node = box(f"required-{row}", role, title, label, item.get("url", ""))
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


def _kind(item: dict[str, Any]) -> str:
    kind = item["kind"]
    return str(Kind(kind).label) if kind in Kind.values else kind
