"""Which clause is held by which rules, lives where, and is shown by which tests: as Markdown."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from credentials.policy.findings import Severity
from credentials.policy.register import RegisteredClause, RegisteredVersion

COLUMNS = ("Clause", "Heading", "Obligation", "Held by", "Where it lives", "Tests")
NONE = "—"
MARKER = "pytest.mark.clause"
CLAUSE = re.compile(r"[A-Z]+-[0-9]+")
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

    Markers on a test, its class, one of its parameters or its module count, also when they stand
    under a name of the module or are drawn from a list of clauses in it. A folder that is not
    there has no tests.
    """
    found: defaultdict[str, list[MarkedTest]] = defaultdict(list)
    for path in sorted(tests.rglob("test_*.py")):
        marked = _Module(ast.parse(path.read_text("utf-8")))
        for clauses, name in marked.tests():
            for clause in dict.fromkeys(clauses):
                found[clause].append(MarkedTest(path.relative_to(root).as_posix(), name))
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


class _Module:
    """The marked tests of one file."""

    def __init__(self, module: ast.Module) -> None:
        self.body = module.body
        self.named: dict[str, ast.expr] = {}
        for node in module.body:
            targets = node.targets if isinstance(node, ast.Assign) else []
            if isinstance(node, ast.AnnAssign):
                targets = [node.target]
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
                self.named |= {t.id: node.value for t in targets if isinstance(t, ast.Name)}

    def tests(self) -> Iterator[tuple[list[str], str]]:
        """Each test's clauses and its name."""
        everywhere = self.named.get("pytestmark")
        return self._below(self.body, list(self._marks(everywhere)) if everywhere else [])

    def _below(self, body: list[ast.stmt], inherited: list[str]) -> Iterator[tuple[list[str], str]]:
        for node in body:
            if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            own = [mark for decorator in node.decorator_list for mark in self._marks(decorator)]
            if isinstance(node, ast.ClassDef):
                yield from self._below(node.body, inherited + own)
            elif node.name.startswith("test"):
                yield inherited + own, node.name

    def _marks(self, expression: ast.expr) -> Iterator[str]:
        """The clauses that `pytest.mark.clause` names anywhere in an expression."""
        nodes = list(self._walk(expression))
        calls = [n for n in nodes if isinstance(n, ast.Call) and ast.unparse(n.func) == MARKER]
        arguments = [argument for call in calls for argument in call.args]
        for argument in arguments:
            if isinstance(argument, ast.Constant):
                yield str(argument.value)
        if all(isinstance(argument, ast.Constant) for argument in arguments):
            return
        for drawn in (node.iter for node in nodes if isinstance(node, ast.comprehension)):
            for node in self._walk(drawn):
                if isinstance(node, ast.Constant) and CLAUSE.fullmatch(str(node.value)):
                    yield str(node.value)

    def _walk(self, expression: ast.expr, seen: frozenset[str] = frozenset()) -> Iterator[ast.AST]:
        """All nodes of an expression, and of what its names stand for in the module."""
        for node in ast.walk(expression):
            yield node
            if isinstance(node, ast.Name) and node.id in self.named and node.id not in seen:
                yield from self._walk(self.named[node.id], seen | {node.id})
