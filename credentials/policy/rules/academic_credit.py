"""What counts toward a degree, and what the process for credit decided (DEF-8, FA-1, SC-2)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.policy.findings import Gap, Place
from credentials.policy.rule import rule
from credentials.policy.scope import for_credit
from credentials.policy.terms import RuleTerms
from credentials.policy.view import OfferingView


def _is_weighed(view: OfferingView, terms: RuleTerms) -> bool:
    return view.is_governed_here and bool(view.relative_weight.strip())


def _has_no_program_to_refer_to(view: OfferingView, terms: RuleTerms) -> bool:
    """Inside a degree the reference is the outside outcome, which GB-1 asks for."""
    return view.is_governed_here and not view.parent_program.strip()


@rule(
    "relative-weight",
    gettext_lazy("A weight toward a degree is assessed and approved by the academic unit"),
    applies=_is_weighed,
)
def relative_weight(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """Not for credit, and yet counted toward a degree: only so (DEF-8)."""
    if not view.relative_weight_approval.strip():
        yield Gap(
            _(
                "It carries a weight toward a degree that nobody approved. Record reference and "
                "date under “academic unit's approval of the weight”, or remove the weight."
            ),
            Place("relative_weight_approval"),
        )
    if not view.unit:
        yield Gap(
            _(
                "It carries a weight toward a degree, but of no academic unit. Choose the "
                "“partner academic unit” that approved the weight, or remove the weight."
            ),
            Place("academic_unit"),
        )
    if not view.assessments:
        yield Gap(
            _(
                "It carries a weight toward a degree, but nothing is assessed. Add the assessment "
                "under “Assessments”, or remove the weight."
            ),
            Place("assessments"),
        )


@rule(
    "iqap-outcome",
    gettext_lazy("The outcome of the quality process for credit is recorded"),
    applies=for_credit,
)
def iqap_outcome(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """Reference, date and document of what was decided elsewhere (FA-1, SC-2)."""
    if not view.iqap_reference.strip():
        yield Gap(
            _(
                "It is for academic credit, which the IQAP decides. Fill in “IQAP reference” with "
                "the reference of that decision."
            ),
            Place("iqap_reference"),
        )
    if view.iqap_date is None:
        yield Gap(
            _("Fill in “IQAP decision date”: the day on which credit was decided."),
            Place("iqap_date"),
        )
    elif view.iqap_date > view.today:
        yield Gap(
            _(
                "“IQAP decision date” lies in the future. Give the day on which credit was "
                "decided, or wait for the decision."
            ),
            Place("iqap_date"),
        )
    if not view.has_iqap_document:
        yield Gap(
            _("No decision for credit is attached. Choose it under “IQAP document”."),
            Place("iqap_document"),
        )


@rule(
    "parent-program",
    gettext_lazy("An offering for credit names the degree or diploma it belongs to"),
    applies=for_credit,
)
def parent_program(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """It may stand alone (FA-1), so this is for advice."""
    if not view.parent_program.strip():
        yield Gap(
            _(
                "No degree or diploma is named under “part of the program”. Name it, or leave it "
                "empty if the offering stands alone."
            ),
            Place("parent_program"),
        )


@rule(
    "no-credit-claims",
    gettext_lazy("An offering that is not for credit claims no decision for credit"),
    applies=_has_no_program_to_refer_to,
)
def no_credit_claims(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """The credit basis decides the route, so it must not contradict the record (DEF-7)."""
    if view.iqap_reference.strip():
        yield Gap(
            _(
                "It carries an IQAP reference, but is not for academic credit. Choose “For "
                "academic credit” under “credit basis”, or remove the reference."
            ),
            Place("credit_basis"),
        )
