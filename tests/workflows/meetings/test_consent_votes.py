"""A vote on all leaves alone what one has voted on; an objection takes an item out of consent."""

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credentials.people.roles import grant_roles
from tests.committee import vote
from tests.people import person
from tests.twins import of_the_same_name
from tests.workflows.api.token_client import TokenClient
from tests.workflows.meetings.consenting import (
    TITLES,
    meeting_under_way,
    motion_on,
    part_of,
    seated_people,
    shown_to,
    votes,
    waiting,
)
from workflows.agendas.consent import open_consent_motions
from workflows.agendas.items import stage_on
from workflows.choices import AgendaPart, MeetingAct, MotionOutcome
from workflows.committee.motions import open_motion
from workflows.committee.question import Question
from workflows.committee.results import close_motion
from workflows.exceptions import DecisionRefused
from workflows.meetings.agenda import build_agenda, reorder
from workflows.meetings.consent_votes import close_consent, vote_on_consent
from workflows.meetings.minutes import draft_minutes
from workflows.meetings.proceedings import adjourn, record_arrival, record_departure
from workflows.models import AgendaItem, Ballot, Condition, Meeting, Motion, Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def seated(root: Any) -> dict[str, Any]:
    """A chair, two voting members, a secretary and an alternate, who may enter the admin."""
    grant_roles(root)
    return seated_people()


@pytest.fixture
def meeting(root: Any, seated: dict[str, Any]) -> Meeting:
    """Under way, everybody present, three consent items open for a vote, two with a condition."""
    return meeting_under_way(root, seated)


@pytest.fixture
def member(client: Client, seated: dict[str, Any]) -> Client:
    """The browser of the member with the second seat."""
    client.force_login(seated["second"])
    return client


class TestVotingOnAll:
    def test_what_one_has_voted_on_keeps_its_ballot(
        self, meeting: Meeting, seated: dict[str, Any]
    ) -> None:
        shown = shown_to(meeting, seated["second"])
        vote(motion_on("First"), seated["second"], "abstain")
        came = vote_on_consent(meeting, seated["second"], "yes", shown)
        assert votes(seated["second"]) == {
            "First": ["abstain"],
            "Second": ["yes"],
            "Third": ["yes"],
        }
        assert came.voted_on == ("Second", "Third")
        assert came.left_alone == ("“First” was left alone. You voted “Abstain”, and that stands.",)

    def test_the_page_counts_what_it_lists_and_shows_the_conditions(
        self, meeting: Meeting, seated: dict[str, Any], member: Client
    ) -> None:
        vote(motion_on("First"), seated["second"], "yes")
        run = reverse("governance:run_meeting", args=[meeting.pk])
        assert "Vote on 2 consent items" in member.get(run).content.decode()
        answer = member.get(reverse("governance:vote_on_consent", args=[meeting.pk]))
        page = answer.content.decode()
        assert "2 items to vote on" in page and len(answer.context["to_vote"]) == 2
        assert "Lease Second." in page and "Lease Third." in page
        assert "You voted “Yes”, and that stands." in page

    def test_the_ballot_of_an_alternate_is_not_overwritten(
        self, meeting: Meeting, seated: dict[str, Any]
    ) -> None:
        place = Seat.objects.get(terms__person=seated["second"], terms__is_alternate=False)
        arriving = {term.person: term for term in place.terms.all()}
        record_departure(meeting, seated["secretary"], place)
        record_arrival(meeting, seated["secretary"], arriving[seated["stand_in"]])
        vote(motion_on("First"), seated["stand_in"], "abstain")
        record_departure(meeting, seated["secretary"], place)
        record_arrival(meeting, seated["secretary"], arriving[seated["second"]])
        came = vote_on_consent(
            meeting, seated["second"], "yes", shown_to(meeting, seated["second"])
        )
        assert "First" not in votes(seated["second"])
        assert "Committee-8 voted for your seat" in came.left_alone[0]

    def test_a_stale_page_casts_only_what_still_is_as_it_was_read(
        self, meeting: Meeting, seated: dict[str, Any], member: Client
    ) -> None:
        shown = shown_to(meeting, seated["second"])
        vote(motion_on("First"), seated["third"], "no", "Who assesses it?")
        third = motion_on("Third")
        Condition.objects.create(motion=third, position=1, text="Another condition.")
        page = member.post(
            reverse("governance:vote_on_consent", args=[meeting.pk]),
            {"shown": [*shown, "x:1", "99999999999999999999:1"], "choice": "yes"},
            follow=True,
        ).content.decode()
        assert votes(seated["second"]) == {"Second": ["yes"]}
        assert "Your votes are recorded: 1. Second" in page
        assert "“First” was left alone. It has left the consent part" in page
        assert "“Third” was left alone. It was put or changed after you opened the page" in page

    def test_a_page_that_showed_nothing_casts_nothing(
        self, meeting: Meeting, seated: dict[str, Any], member: Client
    ) -> None:
        address = reverse("governance:vote_on_consent", args=[meeting.pk])
        page = member.post(address, {"choice": "yes"}, follow=True).content.decode()
        assert "No vote was recorded" in page and not votes(seated["second"])
        answer = member.post(address, {"choice": "discuss"})
        assert answer.status_code == 200 and not Ballot.objects.exists()
        with pytest.raises(DecisionRefused, match="Choose one of"):
            vote_on_consent(meeting, seated["second"], "recuse", [])

    def test_what_one_wrote_by_another_account_is_left_alone(
        self, meeting: Meeting, seated: dict[str, Any], member: Client
    ) -> None:
        shown = shown_to(meeting, seated["second"])
        page = motion_on("First").offering.specific.get_latest_revision_as_object()
        words, page.competency = page.competency, "Other words."
        page.save_revision(user=of_the_same_name(seated["second"]))
        page.competency = words
        page.save_revision(user=person("editor"))
        came = vote_on_consent(meeting, seated["second"], "yes", shown)
        assert came.voted_on == ("Second", "Third") and "recused" in came.left_alone[0]
        assert "First" not in votes(seated["second"])

    def test_a_vote_against_all_sends_all_to_discussion(
        self, meeting: Meeting, seated: dict[str, Any]
    ) -> None:
        vote_on_consent(meeting, seated["second"], "no", shown_to(meeting, seated["second"]))
        assert not open_consent_motions(meeting)
        assert {part_of(title) for title in TITLES} == {AgendaPart.DISCUSSION}

    def test_who_has_no_seat_casts_nothing(self, meeting: Meeting, seated: dict[str, Any]) -> None:
        shown = shown_to(meeting, seated["second"])
        came = vote_on_consent(meeting, seated["secretary"], "yes", shown)
        assert not came.voted_on and len(came.left_alone) == 3


class TestLeavingConsent:
    @pytest.mark.parametrize("choice", ["no", "discuss"])
    def test_by_a_vote_at_once_with_an_event_and_a_reason_on_the_agenda(
        self, meeting: Meeting, seated: dict[str, Any], member: Client, choice: str
    ) -> None:
        vote(motion_on("First"), seated["third"], choice, "Who assesses it?")
        assert part_of("First") == AgendaPart.DISCUSSION
        assert {m.subject for m in open_consent_motions(meeting)} == {"Second", "Third"}
        event = meeting.events.get(kind=MeetingAct.OBJECTED)
        assert (event.item, event.text) == ("First", "Who assesses it?")
        for name in ("meeting", "run_meeting"):
            page = member.get(reverse(f"governance:{name}", args=[meeting.pk])).content.decode()
            assert "a member voted against it or to discuss it" in page
            assert "Who assesses it?" not in page  # who said what is read once it is closed

    def test_by_a_vote_over_the_workflow_api(
        self, meeting: Meeting, seated: dict[str, Any]
    ) -> None:
        motion = motion_on("First")
        body = {"choice": "no", "content_hash": motion.content_hash, "comment": ""}
        answer = TokenClient(seated["third"]).send(f"/motions/{motion.pk}/ballot", **body)
        assert answer.status_code == 200 and part_of("First") == AgendaPart.DISCUSSION

    def test_not_by_abstaining_or_a_declared_conflict(
        self, meeting: Meeting, seated: dict[str, Any]
    ) -> None:
        for name, choice in (("chair", "yes"), ("second", "abstain"), ("third", "recuse")):
            vote(motion_on("First"), seated[name], choice)
        assert part_of("First") == AgendaPart.CONSENT

    def test_it_stays_out_though_the_vote_is_changed_and_whoever_would_put_it_back(
        self, meeting: Meeting, seated: dict[str, Any]
    ) -> None:
        vote(motion_on("First"), seated["third"], "no")
        vote(motion_on("First"), seated["third"], "yes")
        item = AgendaItem.objects.get(title="First")
        with pytest.raises(DecisionRefused, match="stays in discussion"):
            reorder(meeting, seated["secretary"], [item.pk], AgendaPart.CONSENT)
        assert "First" not in {m.subject for m in open_consent_motions(meeting)}

    def test_what_was_voted_against_in_discussion_does_not_come_into_consent(
        self, meeting: Meeting, seated: dict[str, Any]
    ) -> None:
        item = AgendaItem.objects.get(title="First")
        reorder(meeting, seated["secretary"], [item.pk], AgendaPart.DISCUSSION)
        vote(motion_on("First"), seated["third"], "no")
        with pytest.raises(DecisionRefused, match="stays in discussion"):
            reorder(meeting, seated["secretary"], [item.pk], AgendaPart.CONSENT)

    def test_nor_on_the_agenda_of_a_later_meeting(
        self, meeting: Meeting, seated: dict[str, Any]
    ) -> None:
        motion = motion_on("First")
        vote(motion, seated["third"], "no")
        Meeting.objects.filter(pk=meeting.pk).update(state="adjourned")
        close_motion(motion, seated["secretary"])
        later = Meeting.objects.create(
            committee=meeting.committee, starts_at=timezone.now() + datetime.timedelta(days=40)
        )
        build_agenda(later, seated["secretary"])
        again = later.items.filter(title="First")
        assert all(item.part == AgendaPart.DISCUSSION for item in again)

    def test_by_an_electronic_vote_on_what_is_on_the_agenda(
        self, root: Any, meeting: Meeting, seated: dict[str, Any]
    ) -> None:
        waiting(root, "Fourth")
        build_agenda(meeting, seated["secretary"])
        state = stage_on(AgendaItem.objects.get(title="Fourth"))
        assert state is not None
        motion = open_motion(state, seated["secretary"], Question())
        vote(motion, seated["third"], "no")
        assert part_of("Fourth") == AgendaPart.DISCUSSION

    def test_the_minutes_say_who_and_why(self, meeting: Meeting, seated: dict[str, Any]) -> None:
        vote(motion_on("First"), seated["third"], "no", "Who assesses it?")
        for motion in Motion.objects.all():
            close_motion(motion, seated["secretary"])
        adjourn(meeting, seated["secretary"])
        sections = draft_minutes(meeting, seated["secretary"]).sections
        (text,) = [item["text"] for item in sections if item["heading"].endswith(": First")]
        assert "Committee-3 voted against it or to discuss it" in text
        assert "Who assesses it?" in text


class TestClosingAll:
    def test_what_has_left_the_consent_part_is_not_closed_with_the_rest(
        self, meeting: Meeting, seated: dict[str, Any]
    ) -> None:
        shown = [motion.pk for motion in open_consent_motions(meeting)]
        for name in ("chair", "second"):
            vote_on_consent(meeting, seated[name], "yes", shown_to(meeting, seated[name]))
        vote(motion_on("First"), seated["third"], "no")
        said = close_consent(meeting, seated["secretary"], shown)
        assert sorted(said) == [
            "First: It has left the consent part, so it is closed on its own.",
            "Second: Carried",
            "Third: Carried",
        ]
        assert motion_on("First").is_open
        assert motion_on("Second").result.outcome == MotionOutcome.CARRIED

    def test_only_what_was_shown_is_closed(self, meeting: Meeting, seated: dict[str, Any]) -> None:
        close_consent(meeting, seated["secretary"], [motion_on("Second").pk])
        assert {m.subject for m in Motion.objects.all().open()} == {"First", "Third"}

    def test_a_form_that_showed_nothing_closes_nothing(
        self, meeting: Meeting, seated: dict[str, Any], client: Client
    ) -> None:
        client.force_login(seated["secretary"])
        address = reverse("governance:meeting_act", args=[meeting.pk, "close_consent"])
        page = client.post(address, {"from": "run"}, follow=True).content.decode()
        assert "Nothing was closed" in page and Motion.objects.all().open().count() == 3


def test_a_condition_is_not_added_once_somebody_has_voted(
    meeting: Meeting, seated: dict[str, Any]
) -> None:
    vote(motion_on("First"), seated["chair"], "yes")
    with pytest.raises(DatabaseError, match="before anybody votes"), transaction.atomic():
        Condition.objects.create(motion=motion_on("First"), position=0, text="Too late.")
