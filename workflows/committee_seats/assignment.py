"""Giving seats and taking them back: terms are kept, so that the past reads the same."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from credentials.people.actors import Person, actor_of
from workflows.exceptions import DecisionRefused
from workflows.models import Seat, SeatTerm

CHANGE = "workflows.change_committee"


def check_may_change(person: Any) -> None:
    """Raises DecisionRefused unless this person keeps the committee's seats and rules."""
    if not person.is_active or not person.has_perm(CHANGE):
        raise DecisionRefused(_("Only those who keep the committee's seats and rules change them."))


def give_seat(  # noqa: PLR0913 (the facts of a term)
    seat: Seat,
    holder: Any,
    by: Person,
    *,
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
    is_alternate: bool = False,
) -> SeatTerm:
    """Seat a person, or name them alternate, and let them into the members' group.

    Raises DecisionRefused, or ValidationError naming the field.
    """
    check_may_change(by)
    actor = actor_of(holder)
    term = SeatTerm(
        seat=seat,
        person=holder,
        person_key=actor.key,
        person_name=actor.name,
        is_alternate=is_alternate,
        starts_on=starts_on or timezone.localdate(),
        ends_on=ends_on,
    )
    with transaction.atomic():
        Seat.objects.select_for_update().get(pk=seat.pk)  # one holder at a time
        term.full_clean()
        term.save()
        holder.groups.add(seat.committee.group_id)
    return term


def end_term(term: SeatTerm, by: Person, last_day: datetime.date) -> SeatTerm:
    """Let a term end. Ballots that were cast stay. Raises DecisionRefused or ValidationError."""
    check_may_change(by)
    if last_day < term.starts_on:
        raise ValidationError({"ends_on": _("A term ends on or after the day it starts.")})
    term.ends_on = last_day
    term.save()
    return term
