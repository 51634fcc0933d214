"""A motion is put by whoever presides, on what is before the committee, to who may vote."""

import datetime
import json
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tests.committee import committee, open_vote, seat, term, vote
from tests.people import person
from tests.proposals import draft, edit, stage_state
from workflows.choices import MeetingState, Purpose, SeatRole
from workflows.committee.motions import open_motion
from workflows.committee.question import Question
from workflows.exceptions import DecisionRefused
from workflows.models import (
    Committee,
    CommitteeRules,
    Meeting,
    Motion,
    Seat,
    SeatTerm,
)

pytestmark = pytest.mark.django_db


def titles(motion: Motion) -> list[str]:
    return list(motion.roster.values_list("title", flat=True))


def test_it_keeps_content_rules_and_roster_as_they_are_now(proposal: Any, seated: Any) -> None:
    motion = open_vote(proposal, text="That it be approved.", conditions=("Hire staff.", " "))
    assert json.loads(motion.content)["governed"]["competency"] == draft(proposal).competency
    assert motion.content_hash == stage_state(proposal).content_hash
    assert motion.rules == committee().rules_in_force()
    assert [condition.text for condition in motion.conditions.all()] == ["Hire staff."]
    assert motion.closes_at == motion.opened_at + datetime.timedelta(
        hours=motion.rules.e_vote_hours
    )
    holders = list(motion.roster.values_list("holder_key", flat=True))
    assert holders == [str(seated[name].pk) for name in ("chair", "second", "third")]


def test_only_the_chair_or_the_secretary_opens_one(proposal: Any, seated: Any, people: Any) -> None:
    vice = person("committee", 7)
    stand_in = person("committee", 8)
    seat(vice, SeatRole.VICE_CHAIR)
    term(Seat.objects.get(role=SeatRole.CHAIR), stand_in, is_alternate=True)
    for someone in (
        seated["second"],
        stand_in,
        person("department"),
        people["superuser"],
        people["committee"],
    ):
        with pytest.raises(DecisionRefused, match="Only the chair or the secretary"):
            open_vote(proposal, by=someone)
    assert not Motion.objects.exists()
    open_vote(proposal, by=vice)


def test_a_former_secretary_opens_nothing(proposal: Any, seated: Any) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    SeatTerm.objects.filter(seat__role=SeatRole.SECRETARY).update(ends_on=yesterday)
    with pytest.raises(DecisionRefused, match="Only the chair"):
        open_motion(stage_state(proposal), seated["secretary"], Question())


def test_only_seats_that_vote_and_are_held_today_are_on_the_roster(
    proposal: Any, seated: Any
) -> None:
    today = timezone.localdate()
    tomorrow, yesterday = today + datetime.timedelta(days=1), today - datetime.timedelta(days=1)
    Seat.objects.create(committee=committee(), title="Vacant")
    seat(person("committee", 4), SeatRole.NON_VOTING, "Observer")
    seat(person("committee", 5), SeatRole.EX_OFFICIO, "Registrar")
    seat(person("committee", 6), title="Abolished", abolished_on=today)
    past = Seat.objects.create(committee=committee(), title="Past")
    term(past, person("committee", 7), ends_on=yesterday)
    future = Seat.objects.create(committee=committee(), title="Future")
    term(future, person("committee", 8), starts_on=tomorrow)
    found = titles(open_vote(proposal))
    assert "Registrar" in found
    assert not {"Vacant", "Observer", "Secretary", "Abolished", "Past", "Future"} & set(found)
    assert len(found) == 4


def test_there_is_one_motion_at_a_time(proposal: Any, seated: Any) -> None:
    first = open_vote(proposal)
    with pytest.raises(DecisionRefused, match="open already"):
        open_vote(proposal)
    facts = Motion.objects.filter(pk=first.pk).values().get() | {"id": None}
    with pytest.raises(DatabaseError, match="another motion"), transaction.atomic():
        Motion.objects.create(**facts)
    assert Motion.objects.count() == 1


def test_content_that_changed_since_submission_is_not_put(proposal: Any) -> None:
    edit(proposal, competency="Something else.")
    with pytest.raises(DecisionRefused, match="has changed since it was submitted"):
        open_vote(proposal)


def test_a_request_for_changes_says_which(proposal: Any) -> None:
    with pytest.raises(DecisionRefused, match="which changes"):
        open_vote(proposal, purpose=Purpose.REQUEST_CHANGES, text=" ")
    assert not Motion.objects.exists()


def test_a_proposal_is_not_approved_by_a_motion_to_retire(proposal: Any) -> None:
    with pytest.raises(DecisionRefused, match="not retired"):
        open_vote(proposal, purpose=Purpose.RETIRE)


def test_a_committee_without_rules_decides_nothing(proposal: Any, seated: Any) -> None:
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    other = Committee.objects.create(name="Other", group=committee().group)
    CommitteeRules.objects.create(committee=other, number=1, in_force_from=tomorrow)
    stage = stage_state(proposal).task.specific
    stage.committee = other
    stage.save()
    chair = Seat.objects.create(committee=other, title="Chair", role=SeatRole.CHAIR)
    term(chair, person("committee", 8))
    with pytest.raises(DecisionRefused, match="no rules in force"):
        open_motion(stage_state(proposal), person("committee", 8), Question())


def test_rules_that_come_later_do_not_bind_yet(proposal: Any) -> None:
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    CommitteeRules.objects.create(committee=committee(), number=2, in_force_from=tomorrow)
    assert open_vote(proposal).rules.number == 1


class TestInAMeeting:
    def test_it_has_no_deadline(self, proposal: Any, meeting: Meeting) -> None:
        motion = open_vote(proposal, meeting=meeting)
        assert (motion.method, motion.closes_at) == ("meeting", None)

    @pytest.mark.parametrize("state", sorted(set(MeetingState) - {MeetingState.UNDER_WAY}))
    def test_the_meeting_must_be_under_way(
        self, proposal: Any, meeting: Meeting, state: str
    ) -> None:
        Meeting.objects.update(state=state)  # somebody adjourned it; the page shows it still
        with pytest.raises(DecisionRefused, match="not under way"):
            open_vote(proposal, meeting=meeting)

    def test_it_must_be_on_the_agenda(self, proposal: Any, meeting: Meeting) -> None:
        meeting.items.all().delete()
        with pytest.raises(DecisionRefused, match="not on the agenda"):
            open_vote(proposal, meeting=meeting)

    def test_another_committees_meeting_is_none(self, proposal: Any, meeting: Meeting) -> None:
        other = Committee.objects.create(name="Other", group=committee().group)
        Meeting.objects.update(committee=other)
        meeting.refresh_from_db()
        with pytest.raises(DecisionRefused, match="not under way"):
            open_vote(proposal, meeting=meeting)


def test_a_seat_given_while_a_vote_is_open_has_no_vote_in_it(motion: Motion) -> None:
    seat(person("committee", 8), title="New seat")
    assert "New seat" not in titles(motion)
    with pytest.raises(DecisionRefused, match="no seat with a vote"):
        vote(motion, person("committee", 8))
