"""Which letter a decision gets: the occasion whose text it is written from."""

from workflows.choices import Outcome, ReviewResult, RouteKey
from workflows.models import Decision, RetirementRequest


def kind_of(decision: Decision) -> str:
    """The key of the occasion."""
    if decision.outcome in ReviewResult.values:
        return f"letter_review_{decision.outcome}"
    if decision.route == RouteKey.RETIREMENT:
        return _after_request(decision)
    if decision.outcome == Outcome.DECLINED:
        return "letter_declined"
    if decision.outcome == Outcome.CHANGES_REQUESTED:
        return "letter_returned" if decision.returned_to else "letter_changes"
    published = decision.offering.versions.filter(content_hash=decision.content_hash).exists()
    return "letter_published" if published else "letter_approved"


def _after_request(decision: Decision) -> str:
    """Of a request to retire or withdraw."""
    if not decision.goes_on:
        return "letter_kept"
    request = RetirementRequest.objects.get(decision__decision=decision)
    is_retired = request.action == RetirementRequest.Action.RETIRE
    return "letter_retired" if is_retired else "letter_withdrawn"
