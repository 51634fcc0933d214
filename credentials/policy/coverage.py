"""Which clause is held by which rules, lives where, and is shown by which tests: as Markdown."""

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from credentials.policy.findings import Severity
from credentials.policy.register import RegisteredClause, RegisteredVersion

COLUMNS = ("Clause", "Heading", "Obligation", "Held by", "Where it lives", "Tests")
NONE = "—"
SEVERITIES = {
    Severity.BLOCKS_SUBMISSION: "before submission",
    Severity.BLOCKS_APPROVAL: "before approval",
    Severity.ADVICE: "advice",
}


@dataclass(frozen=True)
class MarkedTest:
    """A test that states what a clause asks for, by its file below the root and its name."""

    file: str
    name: str


def marked_tests(tests: Path, root: Path) -> dict[str, list[MarkedTest]]:
    """Tests by clause, read from `pytest.mark.clause("…")` without importing anything.

    Markers on a test, its class, one of its parameters or its module count. A folder that is
    not there has no tests.
    """
    found: defaultdict[str, list[MarkedTest]] = defaultdict(list)
    for path in sorted(tests.rglob("test_*.py")):
        module = ast.parse(path.read_text("utf-8"))
        file = path.relative_to(root).as_posix()
        for clauses, name in _tests(module.body, _module_marks(module)):
            for clause in dict.fromkeys(clauses):
                found[clause].append(MarkedTest(file, name))
    return dict(found)


def coverage(version: RegisteredVersion, tests: Mapping[str, list[MarkedTest]]) -> str:
    """The whole document, one table for each part of the policy."""
    kinds = Counter(clause.obligation for clause in version.clauses)
    counts = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
    lines = [
        f"# {version.label}: clauses, rules, tests",
        "",
        "Written by `manage.py policy_coverage --write` from `credentials/policy/data` and from",
        'the tests marked with `pytest.mark.clause("…")`. Do not edit it by hand.',
        "",
        f"{len(version.clauses)} clauses: {counts}. Clauses are told in our own words; the policy",
        "itself is published by its approving authority.",
    ]
    for part, clauses in groupby(version.clauses, key=lambda clause: clause.part):
        lines += ["", f"## {part}", "", _row(COLUMNS), _row(["---"] * len(COLUMNS))]
        lines += [_row(_cells(clause, tests.get(clause.number, []))) for clause in clauses]
    return "\n".join(lines) + "\n"


def _cells(clause: RegisteredClause, tests: list[MarkedTest]) -> Iterator[str]:
    yield clause.number
    yield clause.heading
    yield clause.obligation
    yield "<br>".join(_held_by(clause))
    yield clause.home
    yield "<br>".join(f"[{test.name}](../{test.file})" for test in tests) or NONE


def _held_by(clause: RegisteredClause) -> Iterator[str]:
    """Its rules; without any, the code that makes it true."""
    for rule in clause.rules:
        of = f" ({rule.field})" if rule.field else ""
        yield f"`{rule.rule}`{of}: {SEVERITIES[rule.severity]}"
    if not clause.rules:
        for name in clause.code:
            yield f"`{name}`"


def _row(cells: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _tests(body: list[ast.stmt], inherited: list[str]) -> Iterator[tuple[list[str], str]]:
    for node in body:
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        own = [mark for decorator in node.decorator_list for mark in _marks(decorator)]
        if isinstance(node, ast.ClassDef):
            yield from _tests(node.body, inherited + own)
        elif node.name.startswith("test"):
            yield inherited + own, node.name


def _module_marks(module: ast.Module) -> list[str]:
    return [
        mark
        for node in module.body
        if isinstance(node, ast.Assign)
        and any(isinstance(t, ast.Name) and t.id == "pytestmark" for t in node.targets)
        for mark in _marks(node.value)
    ]


def _marks(expression: ast.expr) -> Iterator[str]:
    """The clauses that `pytest.mark.clause` names anywhere in an expression."""
    for node in ast.walk(expression):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.clause":
            for argument in node.args:
                if isinstance(argument, ast.Constant):
                    yield str(argument.value)
