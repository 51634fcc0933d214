"""Register, rules and tests fit one another: a clause without a home fails the build."""

from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from credentials.management.commands import policy_coverage
from credentials.policy.coverage import coverage, marked_tests
from credentials.policy.register import RegisteredClause, first_version
from credentials.policy.rulebook import RULES, check_terms
from credentials.policy.terms import RuleTerms
from tests.credentials.policy.first_terms import default_terms

ROOT = Path(__file__).resolve().parents[2]
# The clauses of ACD 1532 by the ids that the project cites, in the order of the policy.
PARTS = {
    "DEF": 13,
    "SC": 3,
    "FW": 2,
    "AD": 4,
    "AP": 2,
    "CP": 7,
    "SH": 3,
    "MC": 8,
    "FA": 2,
    "PO": 1,
    "PA": 11,
    "GB": 3,
    "GC": 1,
}
CLAUSES = [f"{part}-{number}" for part, count in PARTS.items() for number in range(1, count + 1)]


def each_clause() -> Any:
    return pytest.mark.parametrize("clause", first_version().clauses, ids=lambda c: c.number)


def found(name: str) -> Any:
    """What a dotted name stands for: a module, or an attribute of one. Raises when nothing."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            thing = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[length:]:
            thing = getattr(thing, attribute)
        return thing
    raise ModuleNotFoundError(name)


def test_every_clause_of_the_policy_is_registered_in_its_order() -> None:
    assert [clause.number for clause in first_version().clauses] == CLAUSES


@each_clause()
def test_every_clause_has_a_home_and_the_code_behind_it_exists(clause: RegisteredClause) -> None:
    assert clause.home
    assert clause.code
    for name in clause.code:
        assert found(name) is not None, name


@pytest.mark.parametrize("terms", default_terms().rules, ids=lambda t: f"{t.clause} {t.rule}")
def test_every_rule_of_a_clause_exists_and_understands_what_it_is_told(terms: RuleTerms) -> None:
    assert terms.rule in RULES
    check_terms(terms)


def test_every_rule_serves_a_clause() -> None:
    assert {terms.rule for terms in default_terms().rules} == set(RULES)


@each_clause()
def test_every_clause_has_a_test(clause: RegisteredClause) -> None:
    assert marked_tests(ROOT / "tests", ROOT).get(clause.number), clause.number


def test_every_marked_test_names_a_clause() -> None:
    assert set(marked_tests(ROOT / "tests", ROOT)) <= set(CLAUSES)


def test_the_committed_table_is_what_the_code_gives() -> None:
    call_command("policy_coverage", check=True)


def test_markers_are_found_wherever_pytest_allows_them(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text(
        'pytestmark = [pytest.mark.django_db, pytest.mark.clause("A-1")]\n'
        '@pytest.mark.clause("A-2")\n@pytest.mark.clause("A-3")\ndef test_function(): pass\n'
        'def helper(): pytest.mark.clause("A-9")\n'
        '@pytest.mark.clause("A-4")\nclass TestClass:\n    def test_method(self): pass\n'
        '@pytest.mark.parametrize("n", [pytest.param(1, marks=pytest.mark.clause("A-5"))])\n'
        "def test_parameter(n): pass\n"
        'CASES: list[Any] = [("A-6", Kind.COURSE), ("A-7", "not one")]\n'
        'each = pytest.mark.parametrize("c", '
        "[pytest.param(c, marks=pytest.mark.clause(c)) for c, _k in CASES])\n"
        "@each\ndef test_list(c): pass\n"
    )
    tests = marked_tests(tmp_path, tmp_path)
    assert {clause: [test.name for test in named] for clause, named in tests.items()} == {
        "A-1": ["test_function", "test_method", "test_parameter", "test_list"],
        "A-2": ["test_function"],
        "A-3": ["test_function"],
        "A-4": ["test_method"],
        "A-5": ["test_parameter"],
        "A-6": ["test_list"],
        "A-7": ["test_list"],
    }


def test_from_a_wheel_it_is_shown_without_tests_and_cannot_be_written(monkeypatch: Any) -> None:
    monkeypatch.setattr(policy_coverage, "checkout", lambda: None)
    shown = StringIO()
    call_command("policy_coverage", stdout=shown)
    assert shown.getvalue() == coverage(first_version(), {})
    for option in ("write", "check"):
        with pytest.raises(CommandError, match="in a checkout"):
            call_command("policy_coverage", **{option: True})
