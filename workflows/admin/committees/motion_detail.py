"""A motion as its page shows it: who may vote, who has, and after closing how."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from credentials.admin.trails import Trail, for_readers
from credentials.people.actors import Person
from workflows.choices import Choice, VotingMethod
from workflows.committee.attendance import present_people
from workflows.committee.outcome_words import explain, rules_in_words
from workflows.committee.results import tally_of
from workflows.models import Ballot, Committee, Condition, Motion, SeatTerm

READ = "workflows.view_committee"
REGISTER = "workflows_committee_modeladmin_index"


def may_read_motions(person: Person, committee: Committee) -> bool:
    """Whoever may read decisions, and the committee's own members."""
    if person.has_perm("workflows.view_decision"):  # type: ignore[union-attr]
        return True
    return bool(SeatTerm.objects.on().held_by(person).filter(seat__committee=committee).exists())


def committee_trail(person: Person, committee: Committee) -> Trail:
    """To a page of a committee, by way of the list of all, for those who may open it."""
    page = reverse("governance:committee", args=[committee.pk])
    return [
        *for_readers(person, READ, REGISTER, _("Committees")),
        (page, committee.name),
    ]


@dataclass(frozen=True)
class SeatLine:
    """A seat of the roster: its holder, where it stands, and its vote once that may be seen."""

    title: str
    holder: str
    voter: str
    standing: str
    choice: str
    comment: str
    by_token: str = ""


class MotionReading:
    """What a reader sees of a motion; each part is read once."""

    def __init__(self, motion: Motion, person: Person) -> None:
        self.motion, self.person = motion, person

    @cached_property
    def rules(self) -> str:
        """The rules it is voted by, in words."""
        return rules_in_words(self.motion.rules)

    @cached_property
    def outcome(self) -> str:
        """The result in words; empty while it is open."""
        return "" if self.motion.is_open else explain(self.motion.result)

    @cached_property
    def own_ballot(self) -> Ballot | None:
        """The reader's own last ballot."""
        ballots = self.motion.ballots.filter(cast_by_key=str(self.person.pk))
        return ballots.order_by("pk").last()

    @cached_property
    def conditions(self) -> list[Condition]:
        """Conditions with their confirmations."""
        return list(self.motion.conditions.select_related("met"))

    @cached_property
    def standing(self) -> str:
        """How far the vote has come, without saying how anybody voted."""
        tally, _seats = tally_of(self.motion)
        voted = tally.yes + tally.no + tally.abstain + tally.discuss
        return _(
            "%(present)s of %(eligible)s seats are present or have voted; the quorum is "
            "%(quorum)s. Votes cast: %(voted)s."
        ) % {
            "present": tally.present,
            "eligible": tally.eligible,
            "quorum": tally.quorum,
            "voted": voted,
        }

    @cached_property
    def still_to_vote(self) -> list[str]:
        """Names of those who can vote and have not: in a meeting those who are present."""
        _tally, seats = tally_of(self.motion)
        in_meeting = self.motion.method == VotingMethod.MEETING
        waited_for = ("present",) if in_meeting else ("present", "absent")
        return [
            seat["holder"]
            for seat in seats
            if seat["standing"] in waited_for and not seat["choice"]
        ]

    @cached_property
    def seats(self) -> list[SeatLine]:
        """The roster: while it is open who has voted, afterwards how."""
        return self._open_seats() if self.motion.is_open else self._closed_seats()

    def _open_seats(self) -> list[SeatLine]:
        last: dict[int, Any] = {b.roster_seat_id: b for b in self.motion.ballots.all()}
        present = present_people(self.motion.meeting)
        lines = []
        for seat in self.motion.roster.all():
            ballot = last.get(seat.pk)
            if seat.is_recused or (ballot and ballot.choice == Choice.RECUSE):
                standing = _("Recused")
            elif ballot:
                standing = _("Has voted")
            elif seat.seat_id in present:
                standing = _("Present")
            else:
                standing = _("Has not voted")
            voter = ballot.cast_by_name if ballot else ""
            lines.append(SeatLine(seat.title, seat.holder_name, voter, standing, "", ""))
        return lines

    def _closed_seats(self) -> list[SeatLine]:
        words = {"recused": _("Recused"), "present": _("Present"), "absent": _("Absent")}
        choices = {key: label for key, label in Choice.choices if key != Choice.RECUSE}
        return [
            SeatLine(
                seat["title"],
                seat["holder"],
                seat["voter"],
                words[seat["standing"]],
                str(choices.get(seat["choice"], "")),
                seat["comment"],
                seat.get("by_token", ""),  # not kept of earlier results
            )
            for seat in self.motion.result.seats
        ]
