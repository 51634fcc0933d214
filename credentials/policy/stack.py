"""The algebra of stacks: what leads to what, loops, what counts twice, what can be reached.

Plain graphs of keys: an edge leads from an offering to what it contains or requires.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from credentials.choices import GroupRule, PrerequisiteKind
from credentials.policy.view import Group, OfferingView, Part

Edges = Mapping[int, Sequence[int]]


@dataclass(frozen=True)
class Stack:
    """The published catalogue around a draft, with the draft's own edges in place of its old ones.

    `key` is the draft's; `parts` and `needs` are its own components and prerequisites by row.
    """

    key: int
    parts: tuple[int, ...]
    needs: tuple[tuple[int, int], ...]
    contains: Edges
    requires: Edges


def stack_of(view: OfferingView) -> Stack:
    """Read the stack that would stand if this draft were published."""
    parts = tuple(item.part.key for item in view.components)
    needs = tuple(
        (row, item.part.key)
        for row, item in enumerate(view.prerequisites)
        if item.part is not None and item.kind == PrerequisiteKind.PREREQUISITE
    )
    return Stack(
        key=view.key,
        parts=parts,
        needs=needs,
        contains={**view.graph.contains, view.key: parts},
        requires={**view.graph.requires, view.key: tuple(key for _row, key in needs)},
    )


def closure(starts: Iterable[int], *edges: Edges) -> frozenset[int]:
    """Everything that can be reached from these, not counting them unless a loop leads back."""
    reached: set[int] = set()
    pending = list(starts)
    while pending:
        key = pending.pop()
        for end in _ends(key, edges):
            if end not in reached:
                reached.add(end)
                pending.append(end)
    return frozenset(reached)


def path(start: int, end: int, *edges: Edges) -> tuple[int, ...]:
    """A shortest way from one to the other, both included; empty when there is none."""
    came_from: dict[int, int | None] = {start: None}
    pending = deque([start])
    while pending:
        key = pending.popleft()
        if key == end:
            steps = [key]
            while (before := came_from[steps[-1]]) is not None:
                steps.append(before)
            return tuple(reversed(steps))
        for step in _ends(key, edges):
            if step not in came_from:
                came_from[step] = key
                pending.append(step)
    return ()


@dataclass(frozen=True)
class Repeat:
    """An offering that the part in `row` counts again after the part in `first` did."""

    key: int
    first: int
    row: int


def repeats(whole: int, contains: Edges) -> Iterator[Repeat]:
    """What counts twice in an offering, directly or inside its parts; each by its outermost."""
    counted: dict[int, int] = {}
    for row, part in enumerate(contains.get(whole, ())):
        pending = [part]
        while pending:
            key = pending.pop()
            if key == whole:
                continue  # a loop, which is another fault
            if key in counted:
                yield Repeat(key, counted[key], row)
                continue
            counted[key] = row
            pending.extend(contains.get(key, ()))


def wholes_of(key: int, contains: Edges) -> tuple[int, ...]:
    """Offerings that hold this one, directly or inside a part, in order of their keys."""
    holders: dict[int, list[int]] = {}
    for whole, parts in contains.items():
        for part in parts:
            holders.setdefault(part, []).append(whole)
    return tuple(sorted(closure([key], holders) - {key}))


def attainable(group: Group, members: Iterable[Part]) -> Decimal:
    """The most that a group's components can come to: a number of them, or their hours."""
    counted = list(members)
    if group.rule == GroupRule.HOURS:
        return sum((part.hours or Decimal(0) for part in counted), Decimal(0))
    return Decimal(len(counted))


def can_be_met(group: Group, members: Iterable[Part]) -> bool:
    """Whether a learner can do what the group asks. Nobody can meet an empty group."""
    counted = list(members)
    if not counted:
        return False
    if group.rule == GroupRule.ALL:
        return True
    return group.minimum is not None and attainable(group, counted) >= group.minimum


def _ends(key: int, edges: Iterable[Edges]) -> Iterator[int]:
    for each in edges:
        yield from each.get(key, ())
