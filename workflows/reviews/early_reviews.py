"""Reviews that are called for sooner than the interval asks: by hand, or by what has happened.

Only a day before the due date can be set: to put a review off is the Committee's to decide, when
it concludes one (CP-4, SH-3, MC-8).
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from credentials.compliance.policies import terms_in_force
from credentials.compliance.standings import offered
from credentials.models import Agreement, Offering, ReviewDate
from credentials.people.actors import Actor, Person, actor_of
from credentials.policy.months import months_after
from workflows.choices import BY_HAND, Office, ReviewState, ReviewTrigger
from workflows.deciding.offices import is_in_office
from workflows.exceptions import DecisionRefused, NotYours
from workflows.models import ReviewCycle
from workflows.reports.not_offered import TWO_YEARS, not_offered_since
from workflows.reviews.due_reviews import is_due_to_open, open_review
from workflows.reviews.schedule import cancel, hold_offerings, schedule_offerings
from workflows.reviews.self_study import hold

RESPONSE_MONTHS = 3  # within which a review that something called for is to be concluded
THE_JOB = Actor("job", "The daily job")


@dataclass(frozen=True)
class Call:
    """A review wanted by a day, why, and the words that go with it."""

    due_on: datetime.date
    trigger: ReviewTrigger
    note: str


@dataclass(frozen=True)
class Planned:
    """One offering of a bulk scheduling: its review now, and why it cannot be moved, if so."""

    offering: Offering
    cycle: ReviewCycle | None
    refusal: str

    @property
    def due_on(self) -> datetime.date | None:
        """When its review is due now."""
        return self.cycle.due_on if self.cycle else None


def preview(offerings: Iterable[Offering], call: Call) -> list[Planned]:
    """What a call would do to each offering; two queries. Changes nothing."""
    chosen = list(offerings)
    cycles = {
        cycle.offering_id: cycle
        for cycle in ReviewCycle.objects.standing().filter(offering__in=[o.pk for o in chosen])
    }
    return [
        Planned(offering, cycles.get(offering.pk), _refusal(cycles.get(offering.pk), call))
        for offering in chosen
    ]


def call_for_reviews(
    person: Person, offerings: Sequence[Offering], call: Call
) -> tuple[int, list[Planned]]:
    """Let the Department bring reviews forward to a day; how many were, and what was refused.

    Raises DecisionRefused when this person may not, or the call itself says too little.
    """
    check_may_call(person)
    if call.trigger not in BY_HAND:
        raise DecisionRefused(_("Choose why the review is called for."))
    if not call.note.strip():
        raise DecisionRefused(_("Give the reason; those who review read it."))
    if call.due_on <= timezone.localdate():
        raise DecisionRefused(_("A review is scheduled for a day to come. Choose a later day."))
    with transaction.atomic():
        hold_offerings([offering.pk for offering in offerings])
        plans = preview(offerings, call)
        moved = [plan for plan in plans if not plan.refusal]
        for plan in moved:
            assert plan.cycle is not None  # without one it was refused
            bring_forward(plan.cycle, call, actor_of(person))
    return len(moved), [plan for plan in plans if plan.refusal]


def call_off(cycle: ReviewCycle, person: Person, reason: str) -> None:
    """Cancel a review that was called for; the interval counts again. Raises DecisionRefused."""
    check_may_call(person)
    with transaction.atomic():
        cycle = hold(cycle)
        if cycle.is_closed:
            raise DecisionRefused(_("This review is closed already."))
        if cycle.trigger == ReviewTrigger.CLOCK:
            raise DecisionRefused(
                _("The policy asks for this review, so it cannot be called off. %(clause)s")
                % {"clause": cycle.clause}
            )
        if not reason.strip():
            raise DecisionRefused(_("Give the reason; it stays on record."))
        today = timezone.localdate()
        _want(cycle.offering_id, None, cycle.reference, actor_of(person))
        cancel(cycle, reason.strip(), today)
        schedule_offerings([cycle.offering_id], terms_in_force(), today)


def appoint_lead(cycle: ReviewCycle, person: Person, lead: Person | None) -> None:
    """Name who leads a review and is reminded of it. Raises DecisionRefused."""
    check_may_call(person)
    with transaction.atomic():
        cycle = hold(cycle)
        if cycle.is_closed:
            raise DecisionRefused(_("This review is closed already."))
        cycle.lead_id = lead.pk if lead is not None else None
        cycle.save()


def check_may_call(person: Person) -> None:
    """Raise NotYours unless this person is of the Department."""
    if not is_in_office(person, Office.DEPARTMENT):
        raise NotYours(
            _("Only the %(office)s schedules reviews.")
            % {"office": Office.DEPARTMENT.official_name}
        )


def open_triggered_reviews(on: datetime.date | None = None) -> int:
    """Call for a review of what was not offered for two years, and where an agreement ended.

    Two queries when there is nothing to do. Safe to repeat: one that is under way is no second
    time called for, and one that was concluded or called off not until it happens again.
    """
    day = on or timezone.localdate()
    due_on = months_after(day, RESPONSE_MONTHS)
    calls = (
        (not_offered(day), Call(due_on, ReviewTrigger.NOT_OFFERED, "")),
        (with_ended_agreements(day), Call(due_on, ReviewTrigger.AGREEMENT_ENDS, "")),
    )
    opened = 0
    for offerings, call in calls:
        for key in list(offerings.values_list("pk", flat=True)):
            with transaction.atomic():
                hold_offerings([key])
                cycle = ReviewCycle.objects.standing().filter(offering=key).first()
                if cycle is None or _refusal(cycle, call):
                    continue
                bring_forward(cycle, call, THE_JOB, day)
                opened += 1
    return opened


def not_offered(on: datetime.date | None = None) -> "QuerySet[Offering]":
    """Offerings published for two years in which no session has been held or announced.

    Each once: not while a review is under way, nor within two years of one that was concluded.
    """
    day = on or timezone.localdate()
    since = months_after(day, -TWO_YEARS)
    found = not_offered_since(since)
    return _not_answered(found, ReviewTrigger.NOT_OFFERED, since)


def with_ended_agreements(on: datetime.date | None = None) -> "QuerySet[Offering]":
    """Offerings whose current agreement has ended; each once for each agreement (MC-6)."""
    day = on or timezone.localdate()
    ended = Agreement.objects.current().filter(
        state=Agreement.State.OPEN, ends_on__lt=day, offering=OuterRef("pk")
    )
    found = offered().annotate(ended_on=Subquery(ended.values("ends_on")[:1]))
    return _not_answered(
        found.filter(ended_on__isnull=False), ReviewTrigger.AGREEMENT_ENDS, OuterRef("ended_on")
    )


def _not_answered(
    offerings: "QuerySet[Offering]", trigger: ReviewTrigger, since: Any
) -> "QuerySet[Offering]":
    """Leave out what is under review, was reviewed since, or had this called off since."""
    mine = ReviewCycle.objects.filter(offering=OuterRef("pk"))
    reviewed = ReviewDate.objects.filter(offering=OuterRef("pk"), reviewed_on__gte=since)
    called_off = mine.filter(trigger=trigger, state=ReviewState.CANCELLED, closed_on__gte=since)
    return offerings.filter(
        Exists(mine.filter(state=ReviewState.SCHEDULED)), ~Exists(reviewed), ~Exists(called_off)
    )


def _refusal(cycle: ReviewCycle | None, call: Call) -> str:
    """Why a call changes nothing; empty when it does."""
    if cycle is None:
        return _("The policy asks no review of it: it is not published, for credit, or contracted.")
    if cycle.state != ReviewState.SCHEDULED:
        return _("Its review is under way already.")
    if call.due_on >= cycle.due_on:
        return _(
            "Its review is due sooner, on %(day)s. "
            "Only the conclusion of a review sets a later day."
        ) % {"day": date_format(cycle.due_on, "DATE_FORMAT")}
    return ""


def bring_forward(
    cycle: ReviewCycle, call: Call, by: Actor, on: datetime.date | None = None
) -> None:
    """Let a scheduled review be due on the call's day, and open it when that is near.

    Asks no permission: whoever calls it has, or is the job.
    """
    day = on or timezone.localdate()
    _want(cycle.offering_id, call.due_on, cycle.reference, by)
    cycle.due_on, cycle.trigger, cycle.trigger_note = call.due_on, call.trigger, call.note.strip()
    cycle.reminded = 0
    cycle.save()
    if is_due_to_open(cycle.due_on, day):
        open_review(cycle, day)


def _want(offering_id: int, due_on: datetime.date | None, reference: str, by: Actor) -> None:
    ReviewDate.objects.create(
        offering_id=offering_id,
        due_on=due_on,
        reference=reference,
        recorded_by_key=by.key,
        recorded_by_name=by.name,
    )
