"""Reviews sooner than the interval asks: called for by hand, or by what happened."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from credentials.models import Agreement, Course, MicroCredential, Offering, Session
from credentials.people.actors import Actor
from tests.people import person
from tests.workflows.reviews.reviewing import a_call, approve_again, days, publish_in_bulk
from workflows.choices import ReviewState, ReviewTrigger
from workflows.exceptions import DecisionRefused
from workflows.models import ReviewCycle
from workflows.reviews.conclusion import close_cycle
from workflows.reviews.due_reviews import open_due_reviews
from workflows.reviews.early_reviews import (
    call_for_reviews,
    call_off,
    open_triggered_reviews,
    preview,
)
from workflows.reviews.schedule import schedule_reviews

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
YESTERDAY = TODAY - days(1)
SOMEBODY = Actor("0", "Somebody")


@pytest.fixture
def keys(root: Any) -> dict[str, int]:
    """Two courses approved yesterday."""
    made = publish_in_bulk(
        {"First": (Course, YESTERDAY, 0), "Second": (MicroCredential, YESTERDAY, 0)}
    )
    schedule_reviews()
    return made


def offerings(keys: dict[str, int]) -> list[Offering]:
    return list(Offering.objects.filter(pk__in=keys.values()).order_by("title"))


def cycle_of(key: int) -> ReviewCycle:
    return ReviewCycle.objects.standing().get(offering=key)


class TestByHand:
    def test_the_department_brings_many_forward_and_they_open(self, keys: dict[str, int]) -> None:
        call = a_call(40, "regulation", "The Act changed.")
        moved, refused = call_for_reviews(person("department"), offerings(keys), call)
        assert (moved, refused) == (2, [])
        for key in keys.values():
            cycle = cycle_of(key)
            assert (cycle.due_on, cycle.state) == (call.due_on, ReviewState.OPEN)
            assert (cycle.trigger, cycle.trigger_note) == ("regulation", "The Act changed.")

    def test_a_day_far_off_is_scheduled_and_opened_in_its_time(self, keys: dict[str, int]) -> None:
        call_for_reviews(person("department"), offerings(keys), a_call(400))
        assert cycle_of(keys["First"]).state == ReviewState.SCHEDULED
        schedule_reviews()
        approve_again(keys["First"], TODAY, "other")
        schedule_reviews()
        assert cycle_of(keys["First"]).due_on == TODAY + days(400), "until it is concluded"
        open_due_reviews(TODAY + days(390))
        assert cycle_of(keys["First"]).state == ReviewState.OPEN

    def test_none_is_put_off(self, keys: dict[str, int]) -> None:
        later = a_call(4 * 366)
        (plan, _other) = preview(offerings(keys), later)
        assert "due sooner" in plan.refusal
        moved, refused = call_for_reviews(person("department"), offerings(keys), later)
        assert (moved, len(refused)) == (0, 2)

    @pytest.mark.parametrize(
        ("call", "why"),
        [
            (a_call(0), "a day to come"),
            (a_call(note=" "), "Give the reason"),
            (a_call(trigger="clock"), "why the review"),
        ],
    )
    def test_what_says_too_little_is_refused(
        self, keys: dict[str, int], call: Any, why: str
    ) -> None:
        with pytest.raises(DecisionRefused, match=why):
            call_for_reviews(person("department"), offerings(keys), call)

    def test_only_the_department_calls(self, keys: dict[str, int]) -> None:
        for role in ("editor", "committee", "policy_owner"):
            with pytest.raises(DecisionRefused, match="schedules reviews"):
                call_for_reviews(person(role), offerings(keys), a_call())

    def test_called_off_its_interval_counts_again(self, keys: dict[str, int]) -> None:
        before = cycle_of(keys["First"]).due_on
        call_for_reviews(person("department"), offerings(keys), a_call())
        call_off(cycle_of(keys["First"]), person("department"), "The Act was repealed.")
        assert cycle_of(keys["First"]).due_on == before
        assert cycle_of(keys["First"]).trigger == ReviewTrigger.CLOCK

    @pytest.mark.clause("SH-3")
    def test_what_the_policy_asks_is_not_called_off(self, keys: dict[str, int]) -> None:
        with pytest.raises(DecisionRefused, match="cannot be called off"):
            call_off(cycle_of(keys["First"]), person("department"), "Busy.")


class TestByWhatHappened:
    def test_not_offered_for_two_years(self, keys: dict[str, int]) -> None:
        day = TODAY + datetime.timedelta(days=740)
        later = Session(offering_id=keys["Second"], starts=TODAY + days(600))
        Session.objects.bulk_create([later])  # past the guard of published rows
        assert open_triggered_reviews(YESTERDAY + days(700)) == 0
        assert open_triggered_reviews(day) == 1
        assert open_triggered_reviews(day) == 0
        cycle = cycle_of(keys["First"])
        assert (cycle.trigger, cycle.state) == (ReviewTrigger.NOT_OFFERED, ReviewState.OPEN)
        close_cycle(cycle, SOMEBODY, None, day)
        assert open_triggered_reviews(day + days(30)) == 0, "it was answered"

    @pytest.mark.clause("MC-6")
    def test_an_agreement_that_ended(self, keys: dict[str, int]) -> None:
        Agreement.objects.create(
            offering_id=keys["First"], state=Agreement.State.OPEN, ends_on=TODAY + days(30)
        )
        assert open_triggered_reviews(TODAY + days(30)) == 0
        assert open_triggered_reviews(TODAY + days(31)) == 1
        assert cycle_of(keys["First"]).trigger == ReviewTrigger.AGREEMENT_ENDS
        call_off(cycle_of(keys["First"]), person("department"), "It is being renewed.")
        cancelled = ReviewCycle.objects.get(offering=keys["First"], state=ReviewState.CANCELLED)
        cancelled.closed_on = TODAY + days(31)  # the clock of this test runs ahead
        cancelled.save()
        assert open_triggered_reviews(TODAY + days(32)) == 0, "it was called off"
