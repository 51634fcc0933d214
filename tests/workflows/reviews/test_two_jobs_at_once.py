"""Two runs of the job at the same moment, on PostgreSQL: one review, one reminder, one outcome."""

import datetime
from typing import Any

import pytest
from django.db import connection

from credentials.models import Course
from credentials.people.actors import Actor
from tests.people import person
from tests.workflows.committee.test_concurrency import at_once
from tests.workflows.reviews.reviewing import approve_again, publish_in_bulk
from workflows.choices import ReviewState
from workflows.models import Notification, ReviewCycle, SelfStudy
from workflows.reviews.conclusion import close_cycle
from workflows.reviews.due_reviews import open_due_reviews
from workflows.reviews.reminders import send_review_reminders
from workflows.reviews.schedule import schedule_reviews

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs two writers at once"),
]

APPROVED = datetime.date(2025, 3, 31)
DUE = datetime.date(2028, 3, 31)
ROUNDS = range(3)
MANY = 12


@pytest.fixture
def keys(root: Any) -> list[int]:
    """Courses approved on one day, and somebody who is reminded of them."""
    person("department")
    plan = {f"Course {number}": (Course, APPROVED, 0) for number in range(MANY)}
    return list(publish_in_bulk(plan).values())


def job() -> None:
    open_due_reviews(DUE)
    send_review_reminders(DUE)


@pytest.mark.parametrize("_round", ROUNDS)
def test_each_review_is_opened_and_reminded_of_once(keys: list[int], _round: int) -> None:
    assert not at_once(job, job)
    assert ReviewCycle.objects.filter(state=ReviewState.OPEN).count() == MANY
    assert ReviewCycle.objects.count() == SelfStudy.objects.count() == MANY
    assert Notification.objects.filter(key__startswith="review:").count() == MANY


def test_a_job_that_meets_a_conclusion_schedules_one_next_review(keys: list[int]) -> None:
    open_due_reviews(DUE)
    first = ReviewCycle.objects.standing().get(offering=keys[0])
    approve_again(keys[1], DUE, "other")
    assert not at_once(
        lambda: close_cycle(first, Actor("0", "Somebody"), None, DUE),
        lambda: schedule_reviews(DUE),
    )
    schedule_reviews(DUE)
    for key in keys[:2]:
        assert ReviewCycle.objects.standing().filter(offering=key).count() == 1
