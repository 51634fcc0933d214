"""What happened in the reviews of an offering, for its timeline."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credentials.changing_records import states_of
from credentials.models import Offering
from credentials.people.actors import name_of
from credentials.timeline import Entry, Source
from workflows.models import ReviewCycle, ReviewOutcome, ReviewSubmission

KIND = "review"
FIELDS = ("state", "due_on", "trigger", "trigger_note", "lead", "closing_note")


def review_sources() -> list[Source]:
    """Reviews, beside what else the timeline tells."""
    return [Source(KIND, gettext_lazy("Reviews"), review_entries)]


def review_entries(offering: Offering) -> Iterator[Entry]:
    """Cycles with every change of theirs, self-studies and outcomes; three queries."""
    yield from _cycles(offering)
    for submission in ReviewSubmission.objects.filter(offering=offering.pk):
        yield Entry(
            at=submission.submitted_at,
            kind=KIND,
            what=_("Self-study submitted"),
            who=submission.submitted_by_name,
            link=_link(submission.cycle_id),
        )
    for outcome in ReviewOutcome.objects.filter(offering=offering.pk).select_related("decision"):
        decision = outcome.decision
        yield Entry(
            at=decision.decided_at,
            kind=KIND,
            what=_("Review concluded: %(result)s") % {"result": outcome.get_result_display()},
            who=f"{decision.decided_by_name}, {decision.office}",
            text=decision.comment,
            policy=decision.policy_version,
            link=_link(outcome.cycle_id),
        )


def _cycles(offering: Offering) -> Iterator[Entry]:
    rows = ReviewCycle.history.filter(offering=offering.pk).select_related("history_user", "lead")
    in_order = rows.order_by("history_date", "history_id")
    for row, changes, is_first in states_of(in_order, FIELDS, "id"):
        reference = f"R{row.offering_id}-{row.number}"
        what = _("Review %(reference)s: scheduled") if is_first else _("Review %(reference)s")
        yield Entry(
            at=row.history_date,
            kind=KIND,
            what=what % {"reference": reference},
            who=name_of(row.history_user) if row.history_user else "",
            policy=row.policy_version,
            link=_link(row.id),
            changes=changes,
        )


def _link(cycle_id: int) -> str:
    return reverse("governance:review", args=[cycle_id])
