"""What is told of reviews: to those who decide, to authors, and the letter at the end."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from workflows.choices import Office
from workflows.letters.delivery import send_letter
from workflows.models import ReviewCycle, ReviewOutcome, ReviewSubmission
from workflows.notices import recipients
from workflows.notices.outbox import Message, tell
from workflows.reviews.authority import deciding_stage
from workflows.reviews.people import authors_under_review
from workflows.signals import review_concluded, review_returned, review_submitted


def _review(cycle: ReviewCycle) -> str:
    return reverse("governance:review", args=[cycle.pk])


@receiver(review_submitted)
def on_study(sender: Any, submission: ReviewSubmission, **kwargs: Any) -> None:
    """Those who decide on a review learn that its self-study waits for them."""
    cycle = submission.cycle
    stage = deciding_stage(cycle.offering)
    people = set(stage.people_to_act(cycle.offering))
    if stage.committee is not None:
        people |= recipients.in_office(Office.DEPARTMENT)
    people = {person for person in people if str(person.pk) != submission.submitted_by_key}
    facts = {
        "title": cycle.offering.title,
        "name": submission.submitted_by_name,
        "due": cycle.due_on,
    }
    tell(people, Message(f"study:{submission.pk}", "study", facts, _review(cycle)))


@receiver(review_returned)
def on_study_returned(sender: Any, cycle: ReviewCycle, reason: str, by: str, **kwargs: Any) -> None:
    """Its authors learn what is missing."""
    last = cycle.submissions.latest("pk")
    authors = recipients.with_keys({*last.authors, last.submitted_by_key})
    facts = {"title": cycle.offering.title, "name": by, "text": reason, "due": cycle.due_on}
    key = f"study:{last.pk}:returned"
    tell(authors, Message(key, "study_returned", facts, _review(cycle), is_urgent=True))


@receiver(review_concluded)
def on_review(sender: Any, outcome: ReviewOutcome, **kwargs: Any) -> None:
    """Who wrote the offering or its self-study, and the Department, get the letter."""
    submission = outcome.submission
    keys = {*submission.authors, submission.submitted_by_key}
    writers = recipients.with_keys(keys | set(authors_under_review(outcome.offering_id)))
    owner = outcome.offering.owner
    if owner is not None and owner.is_active:
        writers.add(owner)
    copies = recipients.in_office(Office.DEPARTMENT) | recipients.unit_of(outcome.offering)
    send_letter(outcome.decision, writers, copies)
