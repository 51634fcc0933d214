"""Voting on the consent part at once, and closing it at once: only what was read (laws 2, 4)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from credentials.keys import keys_in
from credentials.people.actors import Person
from credentials.record.content import sha256
from workflows.agendas.consent import open_consent_motions
from workflows.agendas.meeting_events import held
from workflows.choices import Choice
from workflows.committee.ballots import cast_ballot, check_may_vote, seat_of
from workflows.committee.results import close_motion
from workflows.exceptions import DecisionRefused
from workflows.models import Meeting, Motion

AT_ONCE = (Choice.YES, Choice.NO, Choice.ABSTAIN)


@dataclass(frozen=True)
class ConsentLine:
    """An open motion of the consent part as one member finds it.

    `left_alone` says why a vote on all does not touch it; empty when it does.
    """

    motion: Motion
    conditions: tuple[str, ...]
    left_alone: str = ""

    @property
    def shown(self) -> str:
        """Names what is voted on: the motion, its content, its wording and its conditions."""
        motion = self.motion
        read = [motion.content_hash, motion.purpose, motion.text, *self.conditions]
        return f"{motion.pk}:{sha256(read)}"


@dataclass(frozen=True)
class VoteOnAll:
    """What came of a vote on all: the subjects voted on, and a sentence for each left alone."""

    voted_on: tuple[str, ...]
    left_alone: tuple[str, ...]


def consent_lines(meeting: Meeting, person: Person) -> list[ConsentLine]:
    """The open motions of the consent part, each as this person finds it."""
    return [
        ConsentLine(
            motion,
            tuple(motion.conditions.values_list("text", flat=True)),
            _why_left_alone(motion, person),
        )
        for motion in open_consent_motions(meeting)
    ]


def vote_on_consent(
    meeting: Meeting, person: Person, choice: str, shown: Collection[str]
) -> VoteOnAll:
    """Cast a ballot on each motion of the consent part that was shown and not voted on yet.

    `shown` are ConsentLine.shown of what the person read. What has a ballot of their seat, what
    has changed, closed or left the consent part since, what came later and what they may not
    vote on is left alone. Raises DecisionRefused when this is no choice on all.
    """
    if choice not in AT_ONCE:
        raise DecisionRefused(_("Choose one of: yes, no, abstain."))
    with held(meeting) as meeting:
        lines = consent_lines(meeting, person)
        voted_on, left_alone = [], list(_gone(lines, shown, meeting))
        for line in lines:
            reason = line.left_alone
            if not reason and line.shown not in shown:
                reason = _("It was put or changed after you opened the page. Read it, then vote.")
            if not reason:
                try:
                    cast_ballot(line.motion, person, choice, shown_hash=line.motion.content_hash)
                except PermissionDenied as refused:
                    reason = str(refused)
            if reason:
                left_alone.append(_left_alone(line.motion, reason))
            else:
                voted_on.append(line.motion.subject)
    return VoteOnAll(tuple(voted_on), tuple(left_alone))


def close_consent(meeting: Meeting, person: Person, shown: Collection[int]) -> list[str]:
    """Close each open motion of the consent part that was shown; a sentence says what came of it.

    `shown` are keys of motions. What left the consent part meanwhile is left alone, and said.
    """
    said = []
    for motion in Motion.objects.filter(meeting=meeting, pk__in=shown).order_by("pk"):
        try:
            what = _close(meeting, motion, person)
        except PermissionDenied as reason:
            what = str(reason)
        said.append(f"{motion.subject}: {what}")
    return said


def _close(meeting: Meeting, motion: Motion, person: Person) -> str:
    """One at a time, so that no vote against it comes in between."""
    with held(meeting) as meeting:
        if motion.is_open and motion not in open_consent_motions(meeting):
            raise DecisionRefused(_("It has left the consent part, so it is closed on its own."))
        return str(close_motion(motion, person).get_outcome_display())


def _why_left_alone(motion: Motion, person: Person) -> str:
    seat = seat_of(motion, person)
    last = seat.ballots.order_by("pk").last() if seat is not None else None
    if last is not None and last.cast_by_key == str(person.pk):
        return _("You voted “%(choice)s”, and that stands.") % {"choice": last.get_choice_display()}
    if last is not None:
        return _("%(name)s voted for your seat, and that stands.") % {"name": last.cast_by_name}
    try:
        with transaction.atomic():
            check_may_vote(motion, person)
    except PermissionDenied as refused:
        return str(refused)
    return ""


def _gone(lines: list[ConsentLine], shown: Collection[str], meeting: Meeting) -> Iterator[str]:
    """What was shown and is no motion of the consent part any more."""
    here = {line.motion.pk for line in lines}
    keys = set(keys_in([item.partition(":")[0] for item in shown]))
    for motion in Motion.objects.filter(meeting=meeting, pk__in=keys - here).order_by("pk"):
        reason = (
            _("It has left the consent part, because a member wants to discuss it.")
            if motion.is_open
            else _("The motion is closed; nothing can be voted on any more.")
        )
        yield _left_alone(motion, reason)


def _left_alone(motion: Motion, reason: str) -> str:
    return _("“%(title)s” was left alone. %(reason)s") % {
        "title": motion.subject,
        "reason": reason,
    }
