"""Where the policy holds a proposal up: at submission and at approval (laws 1 and 5)."""

from credentials.compliance.offering_reader import view_of
from credentials.compliance.policies import terms_in_force
from credentials.exceptions import PolicyNotMet
from credentials.models.offerings.offering import Offering
from credentials.policy.evaluation import evaluate
from credentials.policy.findings import Finding, Report
from credentials.record.content import RULES, FrozenContent, freeze
from credentials.record.ledger import PublishedVersion


def report_on(offering: Offering) -> Report:
    """What the policy in force asks of this content: a form's result, a draft or the row.

    Four queries beyond the content. Raises NoPolicyInForce.
    """
    return evaluate(view_of(offering), terms_in_force())


def is_governed_change(offering: Offering, frozen: FrozenContent | None = None) -> bool:
    """Whether this content differs from what is public in more than editorial fields.

    What was never published, or was retired or withdrawn, is a governed change as a whole: it
    would be offered anew. `frozen` is this content, where the caller has frozen it already.
    """
    head = PublishedVersion.objects.head_of(offering.pk) if offering.pk else None
    if head is None:
        return True
    if frozen is None or frozen.rules != RULES:
        frozen = freeze(offering)
    return not head.differs_in_editorial_fields_only(frozen.governed_hash)


def check_may_submit(offering: Offering, frozen: FrozenContent | None = None) -> None:
    """Raise PolicyNotMet when findings stand before submission.

    A fee or a date of a published offering is never held up. Raises NoPolicyInForce.
    """
    if is_governed_change(offering, frozen):
        report = report_on(offering)
        _check(offering, report, report.blocks_submission)


def check_may_be_approved(offering: Offering, frozen: FrozenContent | None = None) -> None:
    """Raise PolicyNotMet when findings stand before approval; editorial changes have none.

    Raises NoPolicyInForce.
    """
    if is_governed_change(offering, frozen):
        report = report_on(offering)
        _check(offering, report, report.blocks_approval)


def _check(offering: Offering, report: Report, findings: tuple[Finding, ...]) -> None:
    if findings:
        raise PolicyNotMet(offering.title, report, findings)
