"""Law of stacks: whatever is admitted step by step, nothing loops and nothing counts twice."""

from collections import Counter
from graphlib import CycleError, TopologicalSorter
from itertools import chain, combinations, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentials.choices import GroupRule, Kind
from credentials.policy.rules.stack_counts import no_double_counting
from credentials.policy.rules.stack_order import no_cycle
from credentials.policy.stack import closure, path
from tests.credentials.policy.stack_views import catalogue, gaps, group, holds, needs, part, stack

KEYS = st.integers(1, 7)
ROWS = st.lists(KEYS, max_size=4)
EDITS = st.lists(st.tuples(KEYS, ROWS, ROWS), max_size=14)
Edges = dict[int, tuple[int, ...]]


def is_admitted(key: int, parts: list[int], prerequisites: list[int], edges: Any) -> bool:
    """Whether the policy lets this offering be made of these, and need those."""
    contains, requires = edges
    view = stack(
        "horizontal",
        *(part(item) for item in parts),
        key=key,
        prerequisites=tuple(needs(part(item)) for item in prerequisites),
        graph=catalogue(*map(part, range(1, 8)), contains=contains, requires=requires),
    )
    return not (gaps("no-cycle", view) or gaps("no-double-counting", view))


def counted(whole: int, contains: Edges) -> Counter[int]:
    """How often each offering counts in a whole, by walking every way down."""
    total: Counter[int] = Counter()
    for item in contains.get(whole, ()):
        total += Counter([item]) + counted(item, contains)
    return total


def leads_back(key: int, contains: Edges, requires: Edges) -> bool:
    """Whether a walk of any length returns, by trying them all."""
    here = {key}
    for _step in range(8):
        here = {e for k in here for e in (*contains.get(k, ()), *requires.get(k, ()))}
        if key in here:
            return True
    return False


def has_loop(*edges: Edges) -> bool:
    """Whether any offering leads back to itself."""
    sorter: TopologicalSorter[int] = TopologicalSorter()
    for each in edges:
        for key, ends in each.items():
            sorter.add(key, *ends)
    try:
        sorter.prepare()
    except CycleError:
        return True
    return False


@pytest.mark.clause("DEF-10")
@given(EDITS)
def test_stacks_built_step_by_step_never_loop_nor_count_twice(edits: Any) -> None:
    contains: Edges = {}
    requires: Edges = {}
    for key, parts, prerequisites in edits:
        if is_admitted(key, parts, prerequisites, (contains, requires)):
            contains[key], requires[key] = tuple(parts), tuple(prerequisites)
    assert not has_loop(contains, requires)
    for key in range(1, 8):
        assert not leads_back(key, contains, requires)
        assert all(times == 1 for times in counted(key, contains).values())


@pytest.mark.clause("DEF-10")
@given(EDITS, KEYS, ROWS, ROWS)
def test_nothing_is_refused_that_neither_loops_nor_counts_twice(
    edits: Any, key: int, parts: list[int], prerequisites: list[int]
) -> None:
    contains: Edges = {}
    requires: Edges = {}
    for each, its_parts, its_needs in edits:
        if is_admitted(each, its_parts, its_needs, (contains, requires)):
            contains[each], requires[each] = tuple(its_parts), tuple(its_needs)
    admitted = is_admitted(key, parts, prerequisites, (contains, requires))
    after = {**contains, key: tuple(parts)}
    needed = {**requires, key: tuple(prerequisites)}
    faulty = leads_back(key, after, needed) or any(
        times > 1 for whole in range(1, 8) for times in counted(whole, after).values()
    )
    assert admitted is not faulty


@given(st.dictionaries(KEYS, ROWS.map(tuple)), KEYS, KEYS)
def test_a_way_is_found_exactly_where_one_is(edges: Edges, start: int, end: int) -> None:
    way = path(start, end, edges)
    assert bool(way) == (start == end or end in closure([start], edges))
    assert all(after in edges[before] for before, after in pairwise(way))


@pytest.mark.clause("CP-7")
@given(
    st.lists(st.none() | st.integers(1, 40), max_size=6),
    st.sampled_from(GroupRule.values),
    st.integers(1, 80),
)
def test_a_group_is_attainable_exactly_where_some_choice_meets_it(
    hours: list[int | None], rule: str, minimum: int
) -> None:
    members = [part(2 + row, hours=value) for row, value in enumerate(hours)]
    asked = group("X", rule, None if rule == GroupRule.ALL else minimum)
    view = stack("", *(holds(item, False, "X") for item in members), groups=(asked,))
    choices = chain.from_iterable(combinations(hours, n) for n in range(1, len(hours) + 1))
    meets = {
        GroupRule.ALL: lambda choice: len(choice) == len(hours),
        GroupRule.AT_LEAST: lambda choice: len(choice) >= minimum,
        GroupRule.HOURS: lambda choice: sum(value or 0 for value in choice) >= minimum,
    }[GroupRule(rule)]
    assert (gaps("groups-attainable", view) == []) is any(map(meets, choices))


def test_what_is_published_already_cannot_make_the_rules_run_for_ever() -> None:
    looping = catalogue(*map(part, range(1, 8)), contains={2: (3,), 3: (2,)}, requires={2: (2,)})
    view = stack("vertical", part(2), graph=looping, kind=Kind.CERTIFICATE_PROGRAM)
    terms: Any = None
    assert list(no_cycle(view, terms)) == []
    assert len(list(no_double_counting(view, terms))) == 1
