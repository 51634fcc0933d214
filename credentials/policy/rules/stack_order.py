"""The order in a stack: prerequisite paths, and no way back (MC-7, CP-5, DEF-10 to DEF-13)."""

from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.choices import Kind, PrerequisiteKind, StackingApproach
from credentials.policy.findings import Gap, Place
from credentials.policy.rule import Uses, rule
from credentials.policy.stack import Stack, closure, path, stack_of
from credentials.policy.terms import RuleTerms
from credentials.policy.view import OfferingView


def _is_vertical(view: OfferingView, terms: RuleTerms) -> bool:
    vertical = view.stacking_approach == StackingApproach.VERTICAL
    return vertical and view.is_governed_here and bool(view.components)


def _is_value_added(view: OfferingView, terms: RuleTerms) -> bool:
    return view.is_governed_here and view.stacking_approach == StackingApproach.VALUE_ADDED


def _stacks_certificates_vertically(view: OfferingView, terms: RuleTerms) -> bool:
    is_program = view.kind == Kind.CERTIFICATE_PROGRAM
    return is_program and _is_vertical(view, terms) and bool(_certificates(view))


def _leads_anywhere(view: OfferingView, terms: RuleTerms) -> bool:
    return bool(view.components or view.prerequisites)


def _certificates(view: OfferingView) -> list[int]:
    """Rows of the parts that are certificate programs."""
    return [
        row
        for row, item in enumerate(view.components)
        if item.part.kind == Kind.CERTIFICATE_PROGRAM
    ]


@rule(
    "certificates-in-order",
    gettext_lazy("Certificates that build on one another: enough of them, each on the one before"),
    applies=_stacks_certificates_vertically,
    uses=frozenset({Uses.NUMBER}),
)
def certificates_in_order(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """At least the number of certificates, each with a prerequisite path to the one before."""
    rows, number = _certificates(view), terms.number or 0
    if len(rows) < number:
        yield Gap(
            _(
                "A more advanced certificate builds on at least %(number)s certificates, and "
                "%(count)s is listed. Add a certificate program, or leave certificates out."
            )
            % {"number": number, "count": len(rows)},
            Place("components"),
        )
    stack = stack_of(view)
    for before, row in pairwise(rows):
        earlier, later = view.components[before].part, view.components[row].part
        if earlier.key not in _needed_before(later.key, stack):
            yield Gap(
                _(
                    "“%(later)s” does not build on “%(earlier)s”: no prerequisite leads to it. Add "
                    "the prerequisite to “%(later)s”, name “%(earlier)s” under Prerequisites, or "
                    "change the order of the components."
                )
                % {"later": later.title, "earlier": earlier.title},
                Place("components", row, "part"),
            )


@rule(
    "vertical-order",
    gettext_lazy("A vertical stack has an order that prerequisites set"),
    applies=_is_vertical,
)
def vertical_order(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """There is a prerequisite, and each later part needs an earlier one (MC-7, DEF-12).

    A part needs what it requires itself, through any number of steps, and what the whole requires
    before it begins.
    """
    stack = stack_of(view)
    if not _has_prerequisite(view, stack):
        yield Gap(
            _(
                "A vertical stack has an order, but nothing here is a prerequisite. Add one under "
                "Prerequisites or to a part, or choose another stacking approach."
            ),
            Place("prerequisites"),
        )
        return
    for row, part in enumerate(stack.parts[1:], start=1):
        if _needed_before(part, stack).isdisjoint(stack.parts[:row]):
            yield Gap(
                _(
                    "“%(part)s” has no prerequisite among the parts before it. Add one to it, "
                    "name an earlier part under Prerequisites, or choose another stacking approach."
                )
                % {"part": view.components[row].part.title},
                Place("components", row, "part"),
            )


@rule(
    "value-added-mix",
    gettext_lazy("A value-added stack has an order in part, and further evidence of mastery"),
    applies=_is_value_added,
)
def value_added_mix(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """Further evidence is described, and a prerequisite sets part of the order (DEF-13)."""
    if "additional_requirements" not in view.filled:
        yield Gap(
            _(
                "A value-added stack asks for evidence of mastery beyond its parts. Describe it "
                "under Additional requirements, or choose another stacking approach."
            ),
            Place("additional_requirements"),
        )
    if not _has_prerequisite(view, stack_of(view)):
        yield Gap(
            _(
                "A value-added stack is in part in order, but nothing here is a prerequisite. Add "
                "one under Prerequisites or to a part, or choose the horizontal approach."
            ),
            Place("prerequisites"),
        )


@rule(
    "no-cycle",
    gettext_lazy("Neither parts nor prerequisites lead back to the offering"),
    applies=_leads_anywhere,
)
def no_cycle(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """Nothing must be completed before itself, through the whole catalogue (DEF-10)."""
    stack = stack_of(view)
    starts = [(Place("components", row, "part"), key) for row, key in enumerate(stack.parts)]
    starts += [(Place("prerequisites", row, "requires"), key) for row, key in stack.needs]
    for place, key in starts:
        way = path(key, view.key, stack.contains, stack.requires)
        if way:
            titles = [view.title, *(_title(view, step) for step in way)]
            yield Gap(
                _(
                    "It leads back to itself: %(path)s. Remove “%(part)s” here, or one of the "
                    "steps after it there."
                )
                % {"path": " → ".join(titles), "part": titles[1]},
                place,
            )


def _needed_before(part: int, stack: Stack) -> frozenset[int]:
    own = closure([part], stack.requires)
    whole = {key for _row, key in stack.needs}
    whole |= closure(whole, stack.requires)
    return own if part in whole else own | whole


def _has_prerequisite(view: OfferingView, stack: Stack) -> bool:
    own = any(item.kind == PrerequisiteKind.PREREQUISITE for item in view.prerequisites)
    return own or any(stack.requires.get(part) for part in stack.parts)


def _title(view: OfferingView, key: int) -> str:
    return view.title if key == view.key else view.graph.parts[key].title
