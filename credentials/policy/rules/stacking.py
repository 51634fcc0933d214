"""What a whole is made of: parts on offer, of kinds that stack, by an approach (DEF-10, CP-7)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.choices import Kind, StackingApproach
from credentials.policy.findings import Gap, Place
from credentials.policy.rule import Uses, rule
from credentials.policy.terms import RuleTerms
from credentials.policy.view import OfferingView, Part


def _is_stackable(view: OfferingView, terms: RuleTerms) -> bool:
    return view.is_stackable


def _has_parts(view: OfferingView, terms: RuleTerms) -> bool:
    return bool(view.components)


def _has_parts_under_the_policy(view: OfferingView, terms: RuleTerms) -> bool:
    return view.is_governed_here and bool(view.components)


@rule(
    "parts-offered",
    gettext_lazy("Every part is published and not retired"),
    applies=_has_parts,
)
def parts_offered(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """What learners are to complete can be taken up, and is not the whole itself (DEF-10)."""
    for row, item in enumerate(view.components):
        if sentence := _why_not_offered(view, item.part):
            yield Gap(sentence, Place("components", row, "part"))


def _why_not_offered(view: OfferingView, part: Part) -> str:
    if view.key and part.key == view.key:
        return _("“%(part)s” cannot be a part of itself. Choose another offering.") % {
            "part": part.title
        }
    if part.is_retired:
        return _("“%(part)s” is retired. Choose an offering that can still be taken.") % {
            "part": part.title
        }
    if not part.is_offered:
        return _("“%(part)s” is not published. Publish it first, or choose another offering.") % {
            "part": part.title
        }
    return ""


@rule(
    "stack-approach",
    gettext_lazy("Parts and a stacking approach come together"),
    applies=_is_stackable,
)
def stack_approach(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """Parts say how they relate, and an approach has parts that it is about (DEF-10)."""
    if view.components and view.stacking_approach == StackingApproach.NONE:
        yield Gap(
            _(
                "It has components but no stacking approach. Choose horizontal, vertical or "
                "value-added, or remove the components."
            ),
            Place("stacking_approach"),
        )
    if view.stacking_approach != StackingApproach.NONE and not view.components:
        yield Gap(
            _(
                "It has a stacking approach but no components. Add the offerings that it is made "
                "of, or choose that it is not a stackable credential."
            ),
            Place("components"),
        )


@rule(
    "component-kinds",
    gettext_lazy("Its parts are of kinds that stack into it"),
    applies=_has_parts_under_the_policy,
    uses=frozenset({Uses.TERMS}),
    vocabulary=tuple(Kind.values),
)
def component_kinds(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """The terms are the kinds that may be parts.

    Certificate programs are parts of certificate programs only (CP-5 to CP-7): a micro-credential
    is shorter than what they lead to (DEF-9).
    """
    allowed = [
        kind
        for kind in terms.terms
        if kind != Kind.CERTIFICATE_PROGRAM or view.kind == Kind.CERTIFICATE_PROGRAM
    ]
    for row, item in enumerate(view.components):
        if item.part.kind not in allowed:
            yield Gap(
                _(
                    "“%(part)s” (%(kind)s) cannot be a part here. Choose an offering of one of "
                    "these kinds: %(kinds)s."
                )
                % {
                    "part": item.part.title,
                    "kind": Kind(item.part.kind).label,
                    "kinds": ", ".join(str(Kind(kind).label) for kind in allowed),
                },
                Place("components", row, "part"),
            )
