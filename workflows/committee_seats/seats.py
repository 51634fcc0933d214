"""Who sits on a committee today, and who presides."""

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from credentials.people.actors import Person
from credentials.people.identity import Recused
from workflows.exceptions import NotYours
from workflows.models import Committee, Seat, SeatTerm


@dataclass(frozen=True)
class Seated:
    """A seat with its holder and alternate of a day."""

    seat: Seat
    holder: SeatTerm
    alternate: SeatTerm | None


def seated(committee: Committee, day: datetime.date | None = None) -> list[Seated]:
    """Seats that somebody holds on a day, or today, in order; vacant seats are left out."""
    terms = SeatTerm.objects.on(day).filter(seat__committee=committee).select_related("seat")
    holders = {term.seat_id: term for term in terms if not term.is_alternate}
    alternates = {term.seat_id: term for term in terms if term.is_alternate}
    seats = sorted((term.seat for term in holders.values()), key=lambda s: (s.position, s.pk))
    return [Seated(seat, holders[seat.pk], alternates.get(seat.pk)) for seat in seats]


def presides(person: Person, committee: Committee) -> bool:
    """Whether this person chairs the committee or is its secretary today."""
    if person.pk is None or not person.is_active:
        return False
    terms = SeatTerm.objects.on().presiding().held_by(person)
    return terms.filter(seat__committee=committee).exists()


def check_no_conflict(person: Person, recused: Recused) -> None:
    """Raises NotYours when whoever presides wrote or submitted what is voted on (law 4)."""
    if recused.includes(person):
        refusal = _(
            "You wrote or submitted it, so another person who presides puts it to the vote."
        )
        raise NotYours(recused.explain(person, refusal))


def members(committee: Committee) -> list[User]:
    """People who hold a seat today or are alternates, voting or not."""
    terms = SeatTerm.objects.on().filter(seat__committee=committee, person__isnull=False)
    return list(User.objects.filter(pk__in=terms.values("person")).order_by("pk"))
