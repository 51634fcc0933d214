"""To which offerings a clause speaks: what rules say under `applies`."""

from credentials.choices import Kind
from credentials.policy.rule import Applies
from credentials.policy.terms import RuleTerms
from credentials.policy.view import OfferingView


def governed_here(view: OfferingView, terms: RuleTerms) -> bool:
    """Neither for credit nor contracted: the clauses on development speak (SC-2, FW-2)."""
    return view.is_governed_here


def alternative_credentials(view: OfferingView, terms: RuleTerms) -> bool:
    """Micro-credentials, badges and stackable credentials (MC-1)."""
    return view.is_governed_here and view.is_alternative_credential


def for_credit(view: OfferingView, terms: RuleTerms) -> bool:
    """For-Academic-Credit, under contract or not: a contract does not change what is credit."""
    return view.is_for_credit


def governed_here_of(kind: Kind) -> Applies:
    """Offerings of this kind, neither for credit nor contracted."""

    def applies(view: OfferingView, terms: RuleTerms) -> bool:
        return view.kind == kind and view.is_governed_here

    return applies
