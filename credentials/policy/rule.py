"""What a rule is, and how a function becomes one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from credentials.policy.findings import Gap
from credentials.policy.terms import RuleTerms
from credentials.policy.view import OfferingView

Check = Callable[[OfferingView, RuleTerms], Iterator[Gap]]
Applies = Callable[[OfferingView, RuleTerms], bool]


class Uses(StrEnum):
    """What a rule reads of its terms; the rest must stay empty."""

    FIELD = "field"
    NUMBER = "number"
    TERMS = "terms"


@dataclass(frozen=True)
class Rule:
    """A named check of one thing that the policy asks.

    `applies` says whether the clause has anything to ask of an offering; `check` yields what is
    missing. `uses` names what it needs of its terms, `vocabulary` the terms it understands.
    """

    key: str
    label: Any
    check: Check
    applies: Applies
    uses: frozenset[Uses]
    vocabulary: tuple[str, ...]


REGISTERED: dict[str, Rule] = {}


def rule(
    key: str,
    label: Any,
    *,
    applies: Applies,
    uses: frozenset[Uses] = frozenset(),
    vocabulary: tuple[str, ...] = (),
) -> Callable[[Check], Check]:
    """Register the decorated function under a key, which policy versions refer to for ever.

    Raises ValueError when the key is taken.
    """

    def register(check: Check) -> Check:
        if key in REGISTERED:
            raise ValueError(f"There is a rule {key} already.")
        REGISTERED[key] = Rule(key, label, check, applies, uses, vocabulary)
        return check

    return register
