"""What makes a micro-credential one: purpose, outcomes, need, short duration (DEF-9)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.choices import Kind
from credentials.policy.findings import Gap, Place
from credentials.policy.rule import Uses, rule
from credentials.policy.scope import governed_here_of
from credentials.policy.terms import RuleTerms
from credentials.policy.view import OfferingView


def _has_a_length(view: OfferingView, terms: RuleTerms) -> bool:
    return view.kind == Kind.MICRO_CREDENTIAL and view.is_governed_here and view.hours is not None


@rule(
    "short-duration",
    gettext_lazy("A micro-credential is shorter than a qualification"),
    applies=_has_a_length,
    uses=frozenset({Uses.NUMBER}),
)
def short_duration(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """The figure is the most hours that still look like a micro-credential."""
    if view.hours is not None and terms.number is not None and view.hours > terms.number:
        yield Gap(
            _(
                "More than %(hours)s hours is long for a micro-credential. Shorten “hours of "
                "learning”, or divide it into several that stack."
            )
            % {"hours": terms.number},
            Place("hours"),
        )


@rule(
    "distinct-purpose",
    gettext_lazy("A micro-credential states its own purpose"),
    applies=governed_here_of(Kind.MICRO_CREDENTIAL),
)
def distinct_purpose(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """Its outcomes are not those of a degree program."""
    if "description" not in view.filled:
        yield Gap(
            _(
                "“Purpose and description” is empty. Say what the micro-credential is for, and how "
                "its outcomes differ from those of degree programs."
            ),
            Place("description"),
        )
