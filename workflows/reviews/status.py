"""Which reviews were concluded, which are overdue, and which a person runs or watches."""

import datetime

from django.db.models import Q, QuerySet

from credentials.people.actors import Person
from workflows.choices import Office
from workflows.deciding.offices import is_in_office
from workflows.models import ReviewCycle, ReviewOutcome, SeatTerm
from workflows.models.reviews import NOT_CLOSED, ReviewCycleQuerySet


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
    """Reviews that this person runs; with a seat on a committee, also those that are open."""
    cycles = reviews_run_by(person)
    if SeatTerm.objects.on().held_by(person).exists():
        opened = ReviewCycle.objects.under_way().select_related("offering")
        return (cycles | opened).order_by("due_on", "pk")
    return cycles
