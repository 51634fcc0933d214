"""Seats the demonstration's committee, and lets it vote as it does in the admin."""

from typing import Any

from credentials.conf import conf
from home.demo.clock import Clock
from home.demo.people import SIGN_INS, People
from workflows.choices import Choice, Purpose, SeatRole
from workflows.committee.ballots import cast_ballot
from workflows.committee.motions import open_motion, open_retirement_motion, open_review_motion
from workflows.committee.question import Question
from workflows.committee.results import close_motion
from workflows.committee.rules import make_rules
from workflows.committee_seats.assignment import give_seat
from workflows.models import Committee, Motion, RetirementRequest, ReviewSubmission, Seat
from workflows.stages.stage_state import StageState

SEATS = {
    # sign-in: title, role
    "chair": ("Vice-Provost’s designate", SeatRole.CHAIR),
    "vicechair": ("Faculty of Engineering", SeatRole.VICE_CHAIR),
    "member1": ("Faculty of Health Sciences", SeatRole.VOTING),
    "member2": ("Continuing learners", SeatRole.VOTING),
    "secretary": ("Secretary of the Committee", SeatRole.SECRETARY),
}
E_VOTE_HOURS = 7 * 24
VOTE = 2  # working days from opening a motion to its last ballot


def seat_committee(people: People, clock: Clock) -> None:
    """Give it rules and each member their seat when its history begins, if it has no seats yet."""
    if not the_committee().seats.exists():
        with clock.at(clock.beginning):
            _seat(people)


def _seat(people: People) -> None:
    committee = the_committee()
    make_rules(
        committee,
        people.administrator,
        e_vote_hours=E_VOTE_HOURS,
        reason="As the Committee settled them at its first meeting.",
    )
    members = dict(zip(_usernames(), people.by_role["committee"], strict=True))
    for position, (username, (title, role)) in enumerate(SEATS.items()):
        seat = Seat.objects.create(
            committee=committee,
            title=title,
            role=role,
            votes=role != SeatRole.SECRETARY,
            position=position,
        )
        give_seat(seat, members[username], people.administrator)


def the_committee() -> Committee:
    """The committee that the routes name."""
    return Committee.objects.get(name=conf().OFFICES["committee"])


def resolve(
    state: StageState, people: People, turn: int, question: Question, clock: Clock
) -> Motion:
    """Put it to an electronic vote, let everybody vote, and close it: it is carried."""
    return _vote(open_motion(state, secretary(people), question), people, turn, clock)


def resolve_retirement(
    request: RetirementRequest, people: People, turn: int, clock: Clock
) -> Motion:
    """Vote on a request to retire or withdraw, and close the vote: it is carried."""
    motion = open_retirement_motion(request, secretary(people), Question(Purpose.RETIRE))
    return _vote(motion, people, turn, clock)


def resolve_review(
    submission: ReviewSubmission, people: People, turn: int, question: Question, clock: Clock
) -> Motion:
    """Vote on the outcome of a review, and close the vote: it is carried."""
    motion = open_review_motion(submission, secretary(people), question)
    return _vote(motion, people, turn, clock)


def secretary(people: People) -> Any:
    """Who opens and closes motions."""
    return people.by_role["committee"][_usernames().index("secretary")]


def _vote(motion: Motion, people: People, turn: int, clock: Clock) -> Motion:
    """Within VOTE days. Now and then somebody abstains or is against, as in life."""
    voters = [
        person
        for username, person in zip(_usernames(), people.by_role["committee"], strict=True)
        if SEATS[username][1] != SeatRole.SECRETARY
    ]
    for place, person in enumerate(voters):
        choice, comment = Choice.YES, ""
        if place == len(voters) - 1 and turn % 5 == 0:
            choice, comment = Choice.ABSTAIN, ""
        elif place == 1 and turn % 7 == 0:
            choice, comment = Choice.NO, "The hours seem short for what it promises."
        clock.wait(days=(turn + place) % 2)
        cast_ballot(motion, person, choice, shown_hash=motion.content_hash, comment=comment)
    clock.wait(hours=1)
    close_motion(motion, secretary(people))
    return Motion.objects.get(pk=motion.pk)


def _usernames() -> list[str]:
    return [sign_in.username for sign_in in SIGN_INS if sign_in.role == "committee"]
