"""A policy version as plain data: what the rules are told."""

from dataclasses import dataclass, field

from credentials.policy.findings import Severity


@dataclass(frozen=True)
class RuleTerms:
    """One rule under a clause: how grave, for which kinds, and with what figure, field or terms.

    Empty `kinds` mean every kind that the rule applies to.
    """

    clause: str
    rule: str
    severity: Severity
    kinds: frozenset[str] = field(default_factory=frozenset)
    field: str = ""
    number: int | None = None
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class PolicyTerms:
    """A whole version: its label and its rules, in the order of its clauses."""

    label: str
    rules: tuple[RuleTerms, ...]
