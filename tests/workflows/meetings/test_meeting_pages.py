"""A meeting's pages offer what can be done, and say what came of what was sent too late."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credentials.people.roles import grant_roles
from tests.committee import seat_committee
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.lifecycle import pass_stage
from tests.people import person
from tests.proposals import approve, stage_state, submit
from tests.workflows.reviews.reviewing import submitted
from workflows.agendas.items import stage_on
from workflows.choices import AgendaPart, MeetingState, Purpose
from workflows.committee.ballots import cast_ballot
from workflows.committee.motions import open_motion
from workflows.committee.question import Question
from workflows.committee.results import close_motion
from workflows.meetings.agenda import build_agenda, remove_item, reorder
from workflows.meetings.call import call_meeting, cancel_meeting
from workflows.meetings.proceedings import open_meeting, record_arrival
from workflows.models import AgendaItem, Committee, Meeting, Motion, Notification, SeatTerm
from workflows.proposals.actions import hold

pytestmark = pytest.mark.django_db

PUT = "Put “{title}” to the vote"
RECEIVE = "Received for information</button>"


@pytest.fixture
def seated(root: Any) -> dict[str, Any]:
    """A chair, two voting members, a secretary, who may enter the admin."""
    grant_roles(root)
    return seat_committee()


@pytest.fixture
def meeting(seated: dict[str, Any]) -> Meeting:
    """A meeting in ten days."""
    starts = timezone.now() + datetime.timedelta(days=10)
    return Meeting.objects.create(
        committee=Committee.objects.get(), starts_at=starts, place="Senate Chamber"
    )


@pytest.fixture
def secretary(client: Client, seated: dict[str, Any]) -> Client:
    """The secretary's browser."""
    client.force_login(seated["secretary"])
    return client


def waiting(root: Any, **facts: Any) -> Any:
    """A proposal that waits for the committee."""
    offering = MicroCredentialFactory(parent=root, **facts)
    submit(offering, person("editor"))
    approve(offering, person("department"))
    return offering


def begin(meeting: Meeting, seated: dict[str, Any], *present: str) -> Meeting:
    """Build, call and open it, with these people present."""
    build_agenda(meeting, seated["secretary"])
    call_meeting(meeting, seated["secretary"])
    open_meeting(meeting, seated["secretary"])
    for name in present:
        term = SeatTerm.objects.get(person=seated[name])
        record_arrival(meeting, seated["secretary"], term)
    return Meeting.objects.get(pk=meeting.pk)


def act(client: Client, meeting: Meeting, name: str, **sent: Any) -> str:
    """Do one act, and read the page that one comes to."""
    address = reverse("governance:meeting_act", args=[meeting.pk, name])
    answer = client.post(address, sent, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def shown(client: Client, name: str, meeting: Meeting) -> str:
    """A page of the meeting."""
    page: str = client.get(reverse(f"governance:{name}", args=[meeting.pk])).content.decode()
    return page


def test_what_is_carried_and_waits_for_a_condition_is_not_put_again(
    root: Any, meeting: Meeting, seated: dict[str, Any], secretary: Client
) -> None:
    waiting(root, title="Safe Transfer")
    meeting = begin(meeting, seated, "chair", "second")
    assert PUT.format(title="Safe Transfer") in shown(secretary, "run_meeting", meeting)
    state = stage_on(meeting.items.get())
    assert state is not None
    question = Question(Purpose.APPROVE, meeting=meeting, conditions=("Sign the lease.",))
    motion = open_motion(state, seated["secretary"], question)
    for name in ("chair", "second"):
        cast_ballot(motion, seated[name], "yes", shown_hash=motion.content_hash)
    close_motion(motion, seated["secretary"])
    page = shown(secretary, "run_meeting", meeting)
    assert PUT.format(title="Safe Transfer") not in page
    assert "Condition to be met: Sign the lease." in page


def test_an_item_on_hold_is_named_and_does_not_hold_up_the_other_consent_items(
    root: Any, meeting: Meeting, seated: dict[str, Any], secretary: Client
) -> None:
    held, free = waiting(root, title="Held Back"), waiting(root, title="Free To Go")
    meeting = begin(meeting, seated, "chair", "second")
    hold(stage_state(held), seated["chair"], "Wait for the lease.")
    page = shown(secretary, "run_meeting", meeting)
    assert PUT.format(title="Held Back") not in page and "Wait for the lease." in page
    page = act(secretary, meeting, "put_consent", **{"from": "run"})
    assert Motion.objects.get().offering_id == free.pk
    assert "“Held Back” was not put to the vote" in page and "Motions opened: 1" in page


def test_an_information_item_is_received_in_whichever_part_it_stands(
    root: Any, meeting: Meeting, seated: dict[str, Any], secretary: Client
) -> None:
    offering = CourseFactory(parent=root, in_new_program=True, parent_program="Rail Engineering")
    submit(offering, person("editor"))
    while stage_state(offering).task.specific.committee is None:
        pass_stage(offering)
    meeting = begin(meeting, seated)
    item = meeting.items.get()
    reorder(meeting, seated["secretary"], [item.pk], AgendaPart.DISCUSSION)
    page = shown(secretary, "run_meeting", meeting)
    assert RECEIVE in page
    assert PUT.format(title=item.title) not in page
    act(secretary, meeting, "receive", item=item.pk, **{"from": "run"})
    page = shown(secretary, "run_meeting", meeting)
    assert RECEIVE not in page and "Received for information." in page


def test_who_signs_in_again_is_told_that_nothing_was_done(
    meeting: Meeting, seated: dict[str, Any], client: Client
) -> None:
    """The act was sent after the session ended: the sign-in page leads back to its address."""
    address = reverse("governance:meeting_act", args=[meeting.pk, "call"])
    to_sign_in = client.post(address)
    assert address in to_sign_in["Location"]
    client.force_login(seated["secretary"])
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    assert "Nothing was done" in answer.content.decode()
    assert Meeting.objects.get().state == MeetingState.PLANNED


def test_an_item_that_somebody_took_off_is_said_to_be_gone(
    root: Any, meeting: Meeting, seated: dict[str, Any], secretary: Client
) -> None:
    waiting(root)
    build_agenda(meeting, seated["secretary"])
    item = meeting.items.get()
    remove_item(AgendaItem.objects.get(), seated["chair"])
    for name in ("up", "remove", "pull", "to_part", "note"):
        page = act(secretary, meeting, name, item=item.pk, part="discussion", reason="Why?")
        assert "not on the agenda any more" in page, name


@pytest.mark.parametrize("key", ["²", "9" * 40, "-1", "", "one"])
def test_a_key_that_is_none_breaks_nothing(
    root: Any, meeting: Meeting, seated: dict[str, Any], secretary: Client, key: str
) -> None:
    offering = waiting(root)
    meeting = begin(meeting, seated)
    for name in ("up", "receive", "note"):
        act(secretary, meeting, name, item=key)
    act(secretary, meeting, "order", order=f"{key},{key}", part="consent")
    for name in ("arrive", "leave"):
        address = reverse("governance:meeting_act", args=[meeting.pk, name])
        assert secretary.post(address, {"term": key, "seat": key}).status_code == 404
    motion = reverse("governance:open_motion", args=[offering.pk])
    assert secretary.get(motion, {"meeting": key}).status_code == 200


def test_members_read_why_a_meeting_was_cancelled(
    meeting: Meeting, seated: dict[str, Any], client: Client
) -> None:
    call_meeting(meeting, seated["secretary"])
    cancel_meeting(meeting, seated["secretary"], "The chamber is flooded.")
    mail = Notification.objects.get(recipient=seated["second"], key__contains="cancelled")
    assert "The chamber is flooded." in mail.body
    client.force_login(seated["second"])
    assert "The chamber is flooded." in shown(client, "meeting", meeting)
    assert "was cancelled" in shown(client, "run_meeting", meeting)


def test_who_is_late_to_change_a_meeting_reads_why(
    meeting: Meeting, seated: dict[str, Any], secretary: Client
) -> None:
    begin(meeting, seated)
    answer = secretary.get(reverse("governance:edit_meeting", args=[meeting.pk]), follow=True)
    assert "cannot be changed" in answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("governance:meeting", args=[meeting.pk])


def test_the_consent_part_is_put_voted_on_and_closed_at_once(
    root: Any, meeting: Meeting, seated: dict[str, Any], client: Client
) -> None:
    for title in ("First", "Second"):
        waiting(root, title=title)
    meeting = begin(meeting, seated, "chair", "second")
    client.force_login(seated["secretary"])
    act(client, meeting, "put_consent", **{"from": "run"})
    consent = reverse("governance:vote_on_consent", args=[meeting.pk])
    for name in ("chair", "second"):
        client.force_login(seated[name])
        assert "Vote on 2 consent items" in shown(client, "run_meeting", meeting)
        asked = client.get(consent).context["to_vote"]
        client.post(consent, {"shown": [line.shown for line in asked], "choice": "yes"})
        page = shown(client, "run_meeting", meeting)
        assert "Vote on 2 consent items" not in page and "You voted “Yes”." in page
    keys = list(Motion.objects.values_list("pk", flat=True))
    client.force_login(seated["second"])
    act(client, meeting, "close_consent", shown=keys, **{"from": "run"})
    assert Motion.objects.all().open().count() == 2
    client.force_login(seated["secretary"])
    page = act(client, meeting, "close_consent", shown=keys, **{"from": "run"})
    assert "First: Carried" in page and "Second: Carried" in page
    assert not Motion.objects.all().open().exists()


def test_the_outcome_of_a_review_is_worded_and_put_to_the_vote(
    root: Any, meeting: Meeting, seated: dict[str, Any], secretary: Client
) -> None:
    offering = MicroCredentialFactory(parent=root, author=person("editor"), life="published")
    submission = submitted(offering, person("editor"))
    meeting = begin(meeting, seated, "chair", "second")
    address = reverse("governance:open_review_motion", args=[submission.cycle_id])
    assert address in shown(secretary, "run_meeting", meeting)
    address += f"?meeting={meeting.pk}"
    form = secretary.get(address).content.decode()
    assert "Reasons" in form and "Conditions" not in form
    secretary.post(address, {"purpose": "continue", "text": "Still in demand."})
    assert Motion.objects.get(review=submission).meeting == meeting
