"""Ten years, day by day, over 300 offerings: every review opened once and reminded as promised."""

import datetime
import random
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

from credentials.models import CertificateProgram, Course, DigitalBadge, MicroCredential
from credentials.people.actors import Actor
from credentials.policy.months import months_after
from tests.people import person
from tests.workflows.reviews.reviewing import days, publish_in_bulk
from workflows.models import Notification, ReviewCycle
from workflows.reviews.conclusion import close_cycle
from workflows.reviews.due_reviews import open_due_reviews
from workflows.reviews.reminders import send_review_reminders

pytestmark = [
    pytest.mark.django_db,
    *[pytest.mark.clause(clause) for clause in ("CP-4", "SH-3", "MC-8")],
]

START = datetime.date(2025, 1, 1)
END = datetime.date(2035, 1, 1)
PAUSE = (datetime.date(2029, 5, 20), datetime.date(2029, 6, 20))
OFFERINGS = 300
KINDS = (Course, MicroCredential, DigitalBadge, *[CertificateProgram] * 3)
INTERVALS = (24, 48, 60, 84)
BEFORE = {"6 months": 6, "3 months": 3, "1 month": 1}
# How many days after its due date a review is concluded, in turn; most in time.
CONCLUDED = (-170, -150, -120, -60, -20, 0, 40)


def job(day: datetime.date) -> int:
    """What the scheduled command does with reviews; how many were reminded of."""
    open_due_reviews(day)
    return send_review_reminders(day)


def runs_on(day: datetime.date) -> int:
    """How often the job runs on a day: not in the pause, and each thirtieth day twice."""
    if PAUSE[0] <= day < PAUSE[1]:
        return 0
    return 2 if day.toordinal() % 30 == 0 else 1


def next_run(day: datetime.date) -> datetime.date:
    """The first day from this one on which the job runs."""
    return PAUSE[1] if PAUSE[0] <= day < PAUSE[1] else day


def new_messages(after: int) -> list[tuple[int, str]]:
    """Key and subject of what came into the outbox after a message."""
    rows = Notification.objects.filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", "key"))


@pytest.fixture
def catalogue(root: Any) -> dict[int, tuple[datetime.date, int]]:
    """300 offerings of all kinds, approved within three years: day and interval by key."""
    person("department")
    rng = random.Random(7)
    plan = {}
    for number in range(OFFERINGS):
        model = KINDS[number % len(KINDS)]
        interval = rng.choice(INTERVALS) if model is CertificateProgram else 36
        plan[f"Offering {number}"] = (model, START - days(rng.randrange(1, 900)), interval)
    keys = publish_in_bulk(plan)
    return {keys[title]: (day, interval) for title, (_model, day, interval) in plan.items()}


def promised(approved: datetime.date, months: int, turn: int) -> Iterator[dict[str, Any]]:
    """The reviews of one offering until the end, counted by hand from its approval."""
    counted, due = approved, months_after(approved, months)
    while months_after(due, -6) < END:
        opened = next_run(max(START, months_after(due, -6)))
        done = max(due + days(CONCLUDED[turn % len(CONCLUDED)]), opened + days(1))
        occasions = {}
        for name, before in BEFORE.items():
            occasions[name] = months_after(due, -before)
        occasions["overdue"] = due + days(1)
        reminded = {}
        for name, day in occasions.items():
            sent_on = next_run(max(day, START))
            reminded[sent_on] = name  # a later occasion overtakes an earlier one of the same run
        reminders = {name: day for day, name in reminded.items() if day < END and day <= done}
        yield {"due": due, "opened": opened, "done": done, "reminders": reminders}
        counted, turn = done, turn + 1
        due = months_after(counted, months)


def test_ten_years_over_three_hundred_offerings(
    catalogue: dict[int, tuple[datetime.date, int]],
) -> None:
    expected = {
        key: list(promised(day, months, turn))
        for turn, (key, (day, months)) in enumerate(catalogue.items())
    }
    conclude_on = defaultdict(list)
    for key, reviews in expected.items():
        for review in reviews:
            conclude_on[review["done"]].append(key)
    somebody = Actor("0", "Somebody")
    sent: dict[tuple[int, datetime.date, str], datetime.date] = {}
    known, day = 0, START
    while day < END:
        reminded = sum(job(day) for _run in range(runs_on(day)))
        for pk, key in new_messages(known) if reminded else []:
            _kind, cycle, due, occasion = key.split(":")
            sent[int(cycle), datetime.date.fromisoformat(due), occasion] = day
            known = pk
        for offering in conclude_on[day]:
            under_way = ReviewCycle.objects.under_way().get(offering=offering)
            close_cycle(under_way, somebody, None, day)
        day += days(1)

    cycles = defaultdict(list)
    for cycle in ReviewCycle.objects.exclude(opened_on=None).order_by("number"):
        cycles[cycle.offering_id].append(cycle)
    reminders = {
        (key, due, occasion): day
        for key, reviews in expected.items()
        for review in reviews
        for due in [review["due"]]
        for occasion, day in review["reminders"].items()
    }
    offering_of = {cycle.pk: key for key, found in cycles.items() for cycle in found}
    assert {
        key: [(review["due"], review["opened"]) for review in reviews]
        for key, reviews in expected.items()
    } == {key: [(cycle.due_on, cycle.opened_on) for cycle in cycles[key]] for key in expected}
    assert {
        (offering_of[cycle], due, occasion): day for (cycle, due, occasion), day in sent.items()
    } == reminders
    assert sum(map(len, cycles.values())) > 2 * OFFERINGS
