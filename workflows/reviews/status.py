"""How offerings stand with their reviews: plain facts for pages, timelines and reports."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet

from credentials.models import ReviewDate
from credentials.people.actors import Person
from workflows.choices import Office
from workflows.deciding.offices import is_in_office
from workflows.models import ReviewCycle, ReviewOutcome, SeatTerm
from workflows.models.reviews import NOT_CLOSED, ReviewCycleQuerySet


@dataclass(frozen=True)
class ReviewStanding:
    """What may be told in public: when it was last reviewed, when the next review is due.

    Either is None where there is none: never reviewed, or no review asked of it.
    """

    last_reviewed_on: datetime.date | None
    next_due_on: datetime.date | None


def review_standings(offerings: Iterable[int]) -> dict[int, ReviewStanding]:
    """Of each of these offerings, by primary key; two queries at any number."""
    keys = list(offerings)
    last = dict(
        ReviewDate.objects.filter(offering__in=keys)
        .order_by()
        .values_list("offering")
        .annotate(Max("reviewed_on"))
    )
    due = dict(
        ReviewCycle.objects.standing()
        .filter(offering__in=keys)
        .order_by()
        .values_list("offering", "due_on")
    )
    return {key: ReviewStanding(last.get(key), due.get(key)) for key in keys}


def review_standing(offering_id: int) -> ReviewStanding:
    """The same of one offering."""
    return review_standings([offering_id])[offering_id]


def reviewed_between(first: datetime.date, last: datetime.date) -> "QuerySet[ReviewOutcome]":
    """Reviews concluded from one day to another, both included: for the annual report."""
    concluded = ReviewOutcome.objects.filter(reviewed_on__range=(first, last))
    return concluded.order_by("reviewed_on", "pk")


def overdue_as_of(moment: datetime.datetime, day: datetime.date) -> "QuerySet[ReviewCycle]":
    """Reviews that were overdue on a day, as the register stood at a moment; the longest first.

    What was scheduled, moved, concluded or cancelled after that moment counts for nothing.
    """
    stood: QuerySet[ReviewCycle] = ReviewCycle.history.as_of(moment)
    return stood.filter(state__in=NOT_CLOSED, due_on__lt=day).order_by("due_on", "id")


def reviews_run_by(person: Person) -> ReviewCycleQuerySet:
    """Reviews not closed that this person runs: the Department all, others what is theirs."""
    cycles = ReviewCycle.objects.standing().select_related("offering").order_by("due_on", "pk")
    if is_in_office(person, Office.DEPARTMENT):
        return cycles
    return cycles.filter(Q(lead=person.pk) | Q(lead__isnull=True, offering__owner=person.pk))


def reviews_to_watch(person: Person) -> ReviewCycleQuerySet:
    """The same; for who has a seat on a committee, also what has been opened."""
    cycles = reviews_run_by(person)
    if SeatTerm.objects.on().held_by(person).exists():
        opened = ReviewCycle.objects.under_way().select_related("offering")
        return (cycles | opened).order_by("due_on", "pk")
    return cycles
