"""The first policy version as it comes with the apps: clauses, rules, and where each clause lives.

Read from TOML, with no database. Later versions are written in the admin, as drafts of this one.
"""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from credentials.policy.findings import Severity
from credentials.policy.terms import RuleTerms

FILE = "data/acd_1532.toml"
OBLIGATIONS = ("enforced", "recorded", "reported", "informative")
VERSION_KEYS: dict[str, type] = {
    "label": str,
    "classification_number": str,
    "title": str,
    "approving_authority": str,
    "owner": str,
    "owner_email": str,
    "approved_on": datetime.date,
    "review_due_on": datetime.date,
    "in_force_from": datetime.date,
    "changes": str,
}
CLAUSE_KEYS: dict[str, type] = {
    "number": str,
    "part": str,
    "heading": str,
    "summary": str,
    "obligation": str,
    "home": str,
    "code": list,
    "rules": list,
}
RULE_KEYS: dict[str, type] = {
    "rule": str,
    "severity": str,
    "kinds": list,
    "field": str,
    "number": int,
    "terms": list,
}
MAY_BE_EMPTY = frozenset({"owner_email", "changes"})
CLAUSE_MAY_LACK = frozenset({"rules"})
RULE_MAY_LACK = frozenset({"kinds", "field", "number", "terms"})


class RegisterInvalid(ValueError):
    """The file says something that a policy version cannot hold; the sentence says where."""


@dataclass(frozen=True)
class RegisteredClause:
    """A clause in our words, where people see it working, and the code that makes it true."""

    number: str
    part: str
    heading: str
    summary: str
    obligation: str
    home: str
    code: tuple[str, ...]
    rules: tuple[RuleTerms, ...]


@dataclass(frozen=True)
class RegisteredVersion:
    """A whole version with its clauses in the policy's order."""

    label: str
    classification_number: str
    title: str
    approving_authority: str
    owner: str
    owner_email: str
    approved_on: datetime.date
    review_due_on: datetime.date
    in_force_from: datetime.date
    changes: str
    clauses: tuple[RegisteredClause, ...]


@cache
def first_version() -> RegisteredVersion:
    """The version that comes with the apps. Raises RegisterInvalid."""
    return read_version(files("credentials.policy").joinpath(FILE).read_text("utf-8"))


def read_version(text: str) -> RegisteredVersion:
    """Read a version from TOML. Raises RegisterInvalid naming the table and the key."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise RegisterInvalid(f"The policy's file is not TOML: {wrong}.") from wrong
    clauses = tuple(_clause(table) for table in data.pop("clause", []))
    _check(data, VERSION_KEYS, "the version")
    numbers = [clause.number for clause in clauses]
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        raise RegisterInvalid(f"Each clause stands once; remove one of: {', '.join(twice)}.")
    if not clauses:
        raise RegisterInvalid("The version has no clauses. Add a [[clause]] table for each.")
    return RegisteredVersion(**data, clauses=clauses)


def _clause(table: Mapping[str, Any]) -> RegisteredClause:
    where = f"clause {table.get('number', '(no number)')}"
    _check(table, CLAUSE_KEYS, where, CLAUSE_MAY_LACK)
    if table["obligation"] not in OBLIGATIONS:
        raise RegisterInvalid(f"In {where}, obligation is one of: {', '.join(OBLIGATIONS)}.")
    rules = tuple(_rule(table["number"], rule) for rule in table.get("rules", []))
    return RegisteredClause(**{**table, "code": tuple(table["code"]), "rules": rules})


def _rule(clause: str, table: Mapping[str, Any]) -> RuleTerms:
    where = f"rule {table.get('rule', '(no key)')} of clause {clause}"
    _check(table, RULE_KEYS, where, RULE_MAY_LACK)
    if table["severity"] not in Severity.values:
        raise RegisterInvalid(f"In {where}, severity is one of: {', '.join(Severity.values)}.")
    return RuleTerms(
        clause=clause,
        rule=table["rule"],
        severity=Severity(table["severity"]),
        kinds=frozenset(table.get("kinds", [])),
        field=table.get("field", ""),
        number=table.get("number"),
        terms=tuple(table.get("terms", [])),
    )


def _check(
    table: Mapping[str, Any],
    keys: Mapping[str, type],
    where: str,
    may_lack: frozenset[str] = frozenset(),
) -> None:
    unknown = sorted(set(table) - set(keys))
    if unknown:
        raise RegisterInvalid(f"In {where}, there is no such key: {', '.join(unknown)}.")
    missing = sorted(set(keys) - set(table) - may_lack)
    if missing:
        raise RegisterInvalid(f"In {where}, this is missing: {', '.join(missing)}.")
    for key, value in table.items():
        if type(value) is not keys[key]:
            raise RegisterInvalid(f"In {where}, {key} must be a {keys[key].__name__}.")
        if value in ("", []) and key not in MAY_BE_EMPTY:
            raise RegisterInvalid(f"In {where}, {key} is empty.")
