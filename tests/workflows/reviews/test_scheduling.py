"""One review is scheduled for each published offering, from its approval or its last review."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from credentials.compliance.offering_reader import view_of
from credentials.exceptions import HistoryIsAppendOnly
from credentials.models import (
    CertificateProgram,
    Course,
    MicroCredential,
    PublishedVersion,
    ReviewDate,
)
from credentials.people.actors import Actor
from credentials.policy.months import months_after
from tests.credentials.catalogue.ledger_entries import append
from tests.factories import CourseFactory
from tests.people import person
from tests.workflows.reviews.reviewing import approve_again, days, publish_in_bulk
from workflows.annual_report import reviews
from workflows.annual_report.period import Period
from workflows.choices import ReviewResult, ReviewState
from workflows.models import Notification, ReviewCycle, ReviewSubmission
from workflows.reviews.conclusion import Conclusion, close_cycle, conclude
from workflows.reviews.due_reviews import open_due_reviews
from workflows.reviews.reminders import send_review_reminders
from workflows.reviews.schedule import schedule_reviews
from workflows.reviews.status import overdue_as_of

pytestmark = pytest.mark.django_db

APPROVED = datetime.date(2025, 3, 31)
SOMEBODY = Actor("0", "Somebody")


@pytest.fixture
def keys(root: Any) -> dict[str, int]:
    """A course, a micro-credential, and a program that the Committee wants reviewed yearly."""
    person("department")
    return publish_in_bulk(
        {
            "Course": (Course, APPROVED, 0),
            "Micro": (MicroCredential, APPROVED, 0),
            "Program": (CertificateProgram, APPROVED, 12),
        }
    )


def cycle_of(key: int) -> ReviewCycle:
    return ReviewCycle.objects.standing().get(offering=key)


@pytest.mark.clause("CP-4")
@pytest.mark.clause("SH-3")
@pytest.mark.clause("MC-8")
def test_each_is_due_at_its_interval_under_its_clause(keys: dict[str, int]) -> None:
    schedule_reviews(APPROVED)
    found = {
        title: (cycle_of(key).due_on.isoformat(), cycle_of(key).clause)
        for title, key in keys.items()
    }
    assert found == {
        "Course": ("2028-03-31", "SH-3"),
        "Micro": ("2028-03-31", "MC-8"),
        "Program": ("2026-03-31", "CP-4"),
    }


def test_scheduling_twice_changes_nothing(keys: dict[str, int]) -> None:
    assert schedule_reviews(APPROVED) == 3
    assert schedule_reviews(APPROVED) == 0
    assert ReviewCycle.objects.count() == 3


def test_it_is_opened_six_months_ahead_and_not_a_day_sooner(keys: dict[str, int]) -> None:
    assert open_due_reviews(datetime.date(2027, 9, 29)) == 1, "the program alone"
    assert cycle_of(keys["Course"]).state == ReviewState.SCHEDULED
    assert open_due_reviews(datetime.date(2027, 9, 30)) == 2
    assert cycle_of(keys["Course"]).state == ReviewState.OPEN
    assert cycle_of(keys["Course"]).study is not None


def test_other_content_approved_meanwhile_sets_the_interval_anew(keys: dict[str, int]) -> None:
    open_due_reviews(datetime.date(2027, 10, 1))
    overtaken = cycle_of(keys["Course"])
    approve_again(keys["Course"], datetime.date(2027, 11, 5), "other")
    open_due_reviews(datetime.date(2027, 11, 6))
    overtaken.refresh_from_db()
    assert overtaken.state == ReviewState.CANCELLED
    assert cycle_of(keys["Course"]).due_on == datetime.date(2030, 11, 5)
    assert cycle_of(keys["Course"]).number == 2


def test_a_conclusion_schedules_the_next_and_the_finding_follows(keys: dict[str, int]) -> None:
    today = timezone.localdate()
    open_due_reviews(datetime.date(2028, 5, 1))
    course = Course.objects.get(pk=keys["Course"])
    assert view_of(course).reviewed_on == APPROVED
    following = close_cycle(cycle_of(course.pk), SOMEBODY, None, today)
    assert following is not None
    assert following.due_on == months_after(today, 36)
    assert view_of(course).reviewed_on == today
    assert cycle_of(course.pk).due_on == following.due_on


def test_the_next_day_can_be_set_and_yields_to_a_later_approval(keys: dict[str, int]) -> None:
    open_due_reviews(datetime.date(2028, 5, 1))
    done, chosen = datetime.date(2028, 5, 2), datetime.date(2029, 1, 15)
    following = close_cycle(cycle_of(keys["Micro"]), SOMEBODY, chosen, done)
    assert following is not None
    assert following.due_on == chosen
    assert view_of(MicroCredential.objects.get(pk=keys["Micro"])).next_review_on == chosen
    approve_again(keys["Micro"], datetime.date(2028, 6, 1), "other")
    schedule_reviews(datetime.date(2028, 6, 1))
    assert cycle_of(keys["Micro"]).due_on == datetime.date(2031, 6, 1)


def test_a_pause_of_the_job_loses_no_review_and_reminds_of_the_latest_occasion_only(
    keys: dict[str, int],
) -> None:
    late = datetime.date(2028, 3, 10)
    for _twice in range(2):
        open_due_reviews(late)
        send_review_reminders(late)
    sent = Notification.objects.order_by("key").values_list("key", flat=True)
    occasions = [key.rpartition(":")[2] for key in sent]
    assert sorted(occasions) == ["1 month", "1 month", "overdue"]


def test_the_longest_overdue_come_first(keys: dict[str, int]) -> None:
    schedule_reviews(APPROVED)
    now = timezone.now()
    overdue = overdue_as_of(now, datetime.date(2028, 4, 1))
    titles = [cycle.offering.title for cycle in overdue]
    assert titles[0] == "Program"
    assert set(titles) == {"Program", "Course", "Micro"}
    assert not overdue_as_of(now, datetime.date(2026, 3, 31)), "due that day is not overdue"
    before = now - days(1)
    assert not overdue_as_of(before, datetime.date(2028, 4, 1)), "none was scheduled then"


def test_nothing_to_do_costs_three_queries_at_any_size(keys: dict[str, int]) -> None:
    day = APPROVED + days(1)
    open_due_reviews(day)
    send_review_reminders(day)
    with CaptureQueriesContext(connection) as asked:
        open_due_reviews(day)
        send_review_reminders(day)
    assert len(asked) == 3, [query["sql"][:80] for query in asked]


def test_dates_are_facts_that_stay(keys: dict[str, int]) -> None:
    schedule_reviews(APPROVED)
    close_cycle(cycle_of(keys["Course"]), SOMEBODY, None, APPROVED)
    with pytest.raises(HistoryIsAppendOnly):
        ReviewDate.objects.filter(offering=keys["Course"]).update(due_on=APPROVED)


def test_the_annual_report_names_what_was_reviewed_and_what_is_overdue(
    root: Any,
) -> None:
    today = timezone.localdate()
    for title, age in (("Old", 4 * 366), ("Done", 3 * 366 + 9)):
        offering = CourseFactory(parent=root, title=title, agreed=False)
        append(offering, at=timezone.now() - days(age))
        Page.objects.filter(pk=offering.pk).update(live=True)  # past the guard of offerings
    done = offering.pk
    open_due_reviews()
    period = Period.of(today - days(400), today)
    assert [row["title"] for row in reviews.overdue(period)] == ["Old", "Done"]
    cycle = cycle_of(done)
    submission = ReviewSubmission.objects.create(
        cycle=cycle,
        offering_id=done,
        number=1,
        version=PublishedVersion.objects.head_of(done),
        study={},
        record={},
    )
    cycle.state = ReviewState.WITH_DECIDER
    cycle.save()
    conclusion = Conclusion(ReviewResult.CONTINUE, "Sound.")
    conclude(cycle, person("department"), conclusion, shown_hash=submission.study_hash)
    (row,) = reviews.reviewed(period)
    assert (row["title"], row["on"], row["result"]) == ("Done", today.isoformat(), "continue")
    assert [row["title"] for row in reviews.overdue(period)] == ["Old"]
