"""The tests that are chosen for PostgreSQL send every shape of statement that all of them send."""

from hypothesis import given
from hypothesis import strategies as st

from tests.statements import fewest, shape

SHAPES = st.frozensets(st.sampled_from("abcdefgh"))
SPENT = st.dictionaries(st.sampled_from("123456789"), st.tuples(st.floats(0, 60), SHAPES))


def sent(names: set[str], spent: dict[str, tuple[float, frozenset[str]]]) -> set[str]:
    return set().union(*(spent[name][1] for name in names if name in spent))


@given(SPENT, st.frozensets(st.sampled_from("12345")))
def test_every_shape_is_sent(
    spent: dict[str, tuple[float, frozenset[str]]], always: frozenset[str]
) -> None:
    chosen = fewest(always, spent)
    assert always <= chosen <= always | set(spent)
    assert sent(chosen, spent) == sent(always | set(spent), spent)


@given(SPENT)
def test_none_is_chosen_that_sends_nothing_new(
    spent: dict[str, tuple[float, frozenset[str]]],
) -> None:
    chosen = fewest(frozenset(), spent)
    assert all(spent[name][1] for name in chosen)
    assert len(chosen) <= len(sent(set(spent), spent))


def test_of_two_that_send_the_same_the_cheaper_is_chosen() -> None:
    spent = {"slow": (9.0, frozenset("ab")), "quick": (0.1, frozenset("ab"))}
    assert fewest(frozenset(), spent) == {"quick"}


def test_values_and_their_number_do_not_make_a_shape() -> None:
    one, three = ("SELECT a FROM t WHERE a IN (%s)", "SELECT a FROM t WHERE a IN (%s, %s, %s)")
    assert shape(one) == shape(three) != shape("SELECT a FROM t WHERE b IN (%s)")
    rows = "INSERT INTO t (a, b) VALUES "
    assert shape(f"{rows}(%s, %s)") == shape(f"{rows}(%s, %s), (%s, %s)")
    assert shape('SAVEPOINT "s1_x1"') == ""
