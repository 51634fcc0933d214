"""The first version of the policy as rules read it, with no database."""

from credentials.policy.register import first_version
from credentials.policy.terms import PolicyTerms


def default_terms() -> PolicyTerms:
    """The first version as rules read it."""
    version = first_version()
    return PolicyTerms(version.label, tuple(r for c in version.clauses for r in c.rules))
