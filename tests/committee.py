"""The committee in domain words: its seats, its motions, its votes."""

import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from credentials.conf import conf
from credentials.people.actors import actor_of
from tests.people import person
from tests.proposals import stage_state
from workflows.choices import Purpose, SeatRole
from workflows.committee.ballots import cast_ballot
from workflows.committee.motions import open_motion
from workflows.committee.question import Question
from workflows.committee.results import close_motion
from workflows.models import Committee, Motion, Seat, SeatTerm


def committee() -> Committee:
    """The committee that the routes name."""
    return Committee.objects.get(name=conf().OFFICES["committee"])


def seat(
    holder: Any, role: str = "voting", title: str = "", *, alternate: Any = None, **facts: Any
) -> Seat:
    """A seat of the committee with its holder since a year, and an alternate if one is given."""
    votes = role not in (SeatRole.NON_VOTING, SeatRole.SECRETARY)
    made = Seat.objects.create(
        committee=committee(),
        title=title or f"Seat of {holder.get_username()}",
        role=role,
        position=Seat.objects.count(),
        **{"votes": votes, **facts},
    )
    for person_, is_alternate in ((holder, False), (alternate, True)):
        if person_ is not None:
            term(made, person_, is_alternate=is_alternate)
    return made


def term(of: Seat, holder: Any, **facts: Any) -> SeatTerm:
    """A term on a seat, since a year unless `starts_on` says otherwise."""
    since = timezone.localdate() - datetime.timedelta(days=365)
    by = actor_of(holder)
    return SeatTerm.objects.create(
        seat=of,
        person=holder,
        person_key=by.key,
        person_name=by.name,
        **{"starts_on": since, **facts},
    )


def seat_committee(*holders: Any) -> dict[str, Any]:
    """Seat people once: a chair, two voting members, a secretary, or the voting ones given.

    Returns them by "chair", "second", "third" and "secretary".
    """
    if not Seat.objects.exists():
        voting = holders or tuple(person("committee", number) for number in (1, 2, 3))
        for number, holder in enumerate(voting):
            seat(holder, SeatRole.VOTING if number else SeatRole.CHAIR)
        seat(person("committee", 9), SeatRole.SECRETARY, "Secretary")
    names = ("chair", "second", "third")
    terms = SeatTerm.objects.on().filter(is_alternate=False).select_related("person", "seat")
    by_order = sorted(terms, key=lambda item: item.seat.position)
    voting_people = [item.person for item in by_order if item.seat.votes]
    secretary = next(item.person for item in by_order if item.seat.role == SeatRole.SECRETARY)
    return dict(zip(names, voting_people, strict=False)) | {"secretary": secretary}


def open_vote(offering: Any, by: Any = None, **question: Any) -> Motion:
    """Put the proposal to the committee by electronic vote."""
    seated_people = seat_committee()
    state = stage_state(offering)
    purpose = getattr(state.task.specific, "purpose", Purpose.APPROVE)
    question_ = Question(**{"purpose": Purpose(purpose), **question})
    return open_motion(state, by or seated_people["secretary"], question_)


def vote(motion: Motion, by: Any, choice: str = "yes", comment: str = "") -> Any:
    """Cast a ballot on what the motion shows."""
    return cast_ballot(motion, by, choice, shown_hash=motion.content_hash, comment=comment)


def vote_all(motion: Motion, choice: str = "yes") -> None:
    """Let every holder of the roster who is not recused vote alike."""
    for roster_seat in motion.roster.filter(is_recused=False):
        vote(motion, get_user_model().objects.get(pk=roster_seat.holder_key), choice)


def carry(offering: Any, **question: Any) -> Motion:
    """Let the committee approve: an electronic vote in which all say yes."""
    motion = open_vote(offering, **question)
    vote_all(motion)
    close_motion(motion, seat_committee()["secretary"])
    return Motion.objects.get(pk=motion.pk)


def defeat(offering: Any, **question: Any) -> Motion:
    """Let the committee defeat the motion to approve."""
    motion = open_vote(offering, **question)
    vote_all(motion, "no")
    close_motion(motion, seat_committee()["secretary"])
    return Motion.objects.get(pk=motion.pk)
