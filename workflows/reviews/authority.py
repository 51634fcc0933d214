"""Who decides on a review: the Committee, or for courses the Department (CP-4, SH-3, MC-8)."""

from typing import Any

from credentials.choices import Kind
from credentials.models import Offering
from workflows.choices import RouteKey
from workflows.proposals.retirement import stage_of_route, was_before_committee


def deciding_stage(offering: Offering) -> Any:
    """The stage of the review route that decides on this offering.

    The Committee's for certificate programs, micro-credentials, badges and whatever is stackable,
    and for a course that it has decided on itself.
    """
    is_plain_course = offering.specific_class.kind == Kind.COURSE and not offering.stacking_approach
    by_committee = not is_plain_course or was_before_committee(offering)
    return stage_of_route(RouteKey.REVIEW, by_committee=by_committee)


def committee_for(offering: Offering) -> Any:
    """The committee that decides on it; None where an office does."""
    return deciding_stage(offering).committee
