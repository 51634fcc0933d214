"""A micro-credential answers an employer, a regulation or a law, with evidence (MC-3)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.choices import AssociationBasis, Kind
from credentials.policy.findings import Gap, Place
from credentials.policy.rule import rule
from credentials.policy.scope import governed_here_of
from credentials.policy.terms import RuleTerms
from credentials.policy.view import OfferingView


def _has_waiver(view: OfferingView, terms: RuleTerms) -> bool:
    return (
        view.kind == Kind.MICRO_CREDENTIAL
        and view.is_governed_here
        and view.association_basis == AssociationBasis.WAIVER
    )


@rule(
    "association",
    gettext_lazy("A basis of association is chosen and shown by evidence"),
    applies=governed_here_of(Kind.MICRO_CREDENTIAL),
)
def association(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """An employer, a regulation, a law or a waiver; the waiver's evidence is `waiver`'s to ask."""
    if view.association_basis not in AssociationBasis.values:
        yield Gap(
            _(
                "“Developed because” is empty. Choose what the micro-credential answers: an "
                "employer, a regulatory change, a change of law, or a waiver."
            ),
            Place("association_basis"),
        )
    if view.association_basis != AssociationBasis.WAIVER and not view.evidence:
        yield Gap(
            _(
                "Nothing shows whom or what the micro-credential answers. Add evidence with its "
                "description, and attach the document or give a link."
            ),
            Place("association_evidence"),
        )
    if view.association_basis == AssociationBasis.EMPLOYER and not view.partners:
        yield Gap(
            _(
                "It is developed with an employer, but no employer is named. Add the employer "
                "under “Partners”, or choose another basis."
            ),
            Place("partners"),
        )


@rule(
    "waiver",
    gettext_lazy("A waiver of the employer requirement names who granted it, with evidence"),
    applies=_has_waiver,
)
def waiver(view: OfferingView, terms: RuleTerms) -> Iterator[Gap]:
    """A waiver rests on evidence of benefit to job seekers, and somebody answers for it."""
    if not view.evidence:
        yield Gap(
            _(
                "The employer requirement is waived without evidence. Add evidence that the "
                "competency helps a large part of those who seek employment, with its document "
                "or link, or choose another basis."
            ),
            Place("association_evidence"),
        )
    if not view.waiver_granted_by.strip():
        yield Gap(
            _(
                "The employer requirement is waived, but nobody is named who granted it. Name "
                "office and person under “waiver granted by”."
            ),
            Place("waiver_granted_by"),
        )
