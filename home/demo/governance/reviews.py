"""Reviews of the demonstration: due, overdue, with whoever decides, and concluded."""

import datetime
from typing import Any

from django.utils import timezone

from credentials.models import Offering
from credentials.people.actors import actor_of
from home.demo.clock import Clock
from home.demo.data_files import Record, read_shared
from home.demo.governance.committee import resolve_review
from home.demo.people import People
from workflows.choices import Office, Purpose, ReviewResult, ReviewTrigger
from workflows.committee.question import Question
from workflows.models import ReviewCycle
from workflows.reviews.authority import committee_for
from workflows.reviews.conclusion import Conclusion, conclude
from workflows.reviews.early_reviews import Call, bring_forward
from workflows.reviews.reminders import send_review_reminders
from workflows.reviews.schedule import schedule_reviews
from workflows.reviews.self_study import save_study, submit_study


def make_reviews(people: People, clock: Clock) -> None:
    """Schedule the reviews of the catalogue, and bring some to where the data say they stand.

    Those that were called for before are left as they are.
    """
    schedule_reviews()
    for turn, record in enumerate(read_shared("reviews")["reviews"]):
        offering = Offering.objects.filter(reference=record["offering"]).first()
        cycles = ReviewCycle.objects.filter(offering=offering).order_by("number")
        cycle = cycles.select_related("offering").first() if offering else None
        if cycle is not None and cycle.trigger == ReviewTrigger.CLOCK:
            _bring_to(cycle, record, people, turn, clock)
    send_review_reminders()


def _bring_to(cycle: ReviewCycle, record: Record, people: People, turn: int, clock: Clock) -> None:
    today = timezone.localdate()
    call = Call(
        today + datetime.timedelta(days=record["due_in"]),
        ReviewTrigger(record["trigger"]),
        record["note"],
    )
    caller = people.decider(Office.DEPARTMENT, turn)
    called_on = today - datetime.timedelta(days=record.get("called_ago", 0))
    bring_forward(cycle, call, actor_of(caller), called_on)
    if "study" in record:
        save_study(cycle, people.editor, record["study"])
    if record["stands"] in ("submitted", "concluded"):
        submission = submit_study(cycle, people.editor)
        if record["stands"] == "concluded":
            _conclude(submission, record, people, turn, clock)


def _conclude(submission: Any, record: Record, people: People, turn: int, clock: Clock) -> None:
    cycle = ReviewCycle.objects.select_related("offering").get(pk=submission.cycle_id)
    if committee_for(cycle.offering) is not None:
        question = Question(Purpose(record["outcome"]), record["reasons"])
        resolve_review(submission, people, turn, question, clock)
        return
    conclusion = Conclusion(ReviewResult(record["outcome"]), record["reasons"])
    decider = people.decider(Office.DEPARTMENT, turn)
    conclude(cycle, decider, conclusion, shown_hash=submission.study_hash)
