"""The checks that governance adds to `manage.py verify_record`."""

from credentials.models import Approval
from credentials.verification.checks import Check
from credentials.verification.hashes import check_of_hashes
from workflows.choices import MotionOutcome
from workflows.models import (
    Ballot,
    Decision,
    FrozenProposal,
    Minutes,
    Motion,
    MotionResult,
    PresentedReport,
    ReportAddendum,
    ReviewSubmission,
)
from workflows.verification import committee, papers


def record_checks() -> list[Check]:
    """What was frozen, put to the vote, decided, confirmed, presented and submitted."""
    carried = MotionResult.objects.filter(outcome=MotionOutcome.CARRIED)
    return [
        check_of_hashes("frozen proposals", FrozenProposal, lambda row: f"Proposal {row.pk}"),
        check_of_hashes("motions", Motion, lambda row: f"Motion {row.pk}"),
        Check("ballots", Ballot.objects.count, committee.ballot_faults),
        Check("carried motions", carried.count, committee.result_faults),
        Check("decisions", Decision.objects.count, committee.decision_faults),
        Check("approvals decided on", Approval.objects.count, committee.approval_faults),
        Check("minutes", Minutes.objects.count, papers.minutes_faults),
        Check("annual reports", PresentedReport.objects.count, papers.report_faults),
        Check("addenda", ReportAddendum.objects.count, papers.addendum_faults),
        Check("self-studies", ReviewSubmission.objects.count, papers.study_faults),
    ]
