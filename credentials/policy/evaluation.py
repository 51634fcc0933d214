"""Runs the rules of a policy version over one offering. No queries: all it needs is in the view."""

from credentials.policy.findings import Finding, Report, sorted_findings
from credentials.policy.rulebook import RULES
from credentials.policy.terms import PolicyTerms, RuleTerms
from credentials.policy.view import OfferingView


def evaluate(view: OfferingView, policy: PolicyTerms) -> Report:
    """Report what the policy still asks of this content.

    The same content gives the same report, whatever order the rules stand in.
    """
    asked: dict[str, None] = {}
    findings: list[Finding] = []
    for terms in policy.rules:
        if not _asks(view, terms):
            continue
        asked[terms.clause] = None
        findings += [
            Finding(terms.clause, terms.rule, terms.severity, gap.sentence, gap.place)
            for gap in RULES[terms.rule].check(view, terms)
        ]
    return Report(policy.label, sorted_findings(findings), tuple(sorted(asked)))


def _asks(view: OfferingView, terms: RuleTerms) -> bool:
    if terms.kinds and view.kind not in terms.kinds:
        return False
    return RULES[terms.rule].applies(view, terms)
