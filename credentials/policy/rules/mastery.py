"""Mastery is assessed, outcome by outcome, by kinds that can show it (MC-4, PA-4, PA-5)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.choices import AssessmentKind, Kind
from credentials.policy.findings import Gap, Place
from credentials.policy.rule import Uses, rule
from credentials.policy.terms import RuleTerms
from credentials.policy.view import OfferingView


def _is_micro_credential(view: OfferingView, terms: RuleTerms) -> bool:
    return view.kind == Kind.MICRO_CREDENTIAL and view.is_governed_here


@rule(
    "mastery",
    gettext_lazy("Every outcome is covered by an assessment that can establish mastery"),
    applies=_is_micro_credential,
    uses=frozenset({Uses.TERMS}),
    vocabulary=tuple(AssessmentKind.values),
)
def mastery(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """The terms are the kinds that may only be formative (MC-4)."""
    showing = [item for item in view.assessments if item.kind and item.kind not in terms.terms]
    formative = ", ".join(str(AssessmentKind(kind).label) for kind in terms.terms)
    if not showing:
        yield Gap(
            _(
                "No assessment can establish mastery. Add one of another kind than: %(kinds)s, "
                "which may only gauge understanding."
            )
            % {"kinds": formative},
            Place("assessments"),
        )
        return
    covered = {code for item in showing for code in item.codes}
    for row, outcome in enumerate(view.outcomes):
        if outcome.code not in covered:
            yield Gap(
                _(
                    "Outcome %(code)s is not covered by an assessment of mastery. Name it under "
                    "“outcomes covered” of an assessment of another kind than: %(kinds)s."
                )
                % {"code": outcome.code or row + 1, "kinds": formative},
                Place("assessments", 0, "outcome_codes"),
            )
