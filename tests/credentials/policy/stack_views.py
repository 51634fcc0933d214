"""Stacks in few words: views of an offering made of others, as rules read them."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from credentials.choices import CreditBasis, Kind, PrerequisiteKind
from credentials.policy.admission import Authority
from credentials.policy.findings import Gap, Severity
from credentials.policy.rulebook import RULES
from credentials.policy.terms import RuleTerms
from credentials.policy.view import Component, Graph, Group, OfferingView, Part, Prerequisite

DRAFT = 1


def part(key: int, **facts: Any) -> Part:
    """A published course of two hours, named by a letter: 1 is A, 2 is B."""
    given = {
        "title": chr(64 + key),
        "kind": Kind.COURSE,
        "is_offered": True,
        "hours": Decimal(2),
        **facts,
    }
    return Part(key=key, **given)


def holds(item: Part, required: bool = True, group: str = "") -> Component:
    """A row of Components."""
    return Component(item, required, group)


def needs(item: Part | None, description: str = "") -> Prerequisite:
    """A row of Prerequisites."""
    return Prerequisite(PrerequisiteKind.PREREQUISITE, item, description)


def catalogue(
    *parts: Part,
    contains: Mapping[int, tuple[int, ...]] | None = None,
    requires: Mapping[int, tuple[int, ...]] | None = None,
) -> Graph:
    """The published catalogue around the draft."""
    return Graph({item.key: item for item in parts}, contains or {}, requires or {})


def stack(approach: str, *parts: Part | Component, **facts: Any) -> OfferingView:
    """A draft of a certificate program, A, with these parts. The catalogue knows them."""
    components = tuple(holds(item) if isinstance(item, Part) else item for item in parts)
    given: dict[str, Any] = {
        "key": DRAFT,
        "kind": Kind.CERTIFICATE_PROGRAM,
        "category": "certificate_program",
        "credit_basis": CreditBasis.NAC,
        "title": "A",
        "today": datetime.date(2027, 1, 11),
        "authority": Authority("Continuous Learning Department", "AD-1"),
        "graph": catalogue(*(item.part for item in components)),
        **facts,
    }
    return OfferingView(stacking_approach=approach, components=components, **given)


def group(code: str, rule: str, minimum: int | str | None = None, name: str = "") -> Group:
    """A row of Requirement groups."""
    return Group(code, name or f"Group {code}", rule, None if minimum is None else Decimal(minimum))


def gaps(rule: str, view: OfferingView, **terms: Any) -> list[Gap]:
    """What a rule finds; nothing where it does not apply."""
    told = RuleTerms("DEF-10", rule, Severity.BLOCKS_SUBMISSION, **terms)
    return list(RULES[rule].check(view, told)) if RULES[rule].applies(view, told) else []
