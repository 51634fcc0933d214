"""A meeting's agenda, its call, its running and its minutes, with who may do what."""

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credentials.models import PublishedVersion
from credentials.people.roles import grant_roles
from credentials.record.content import sha256
from credentials.record.log.batches import seal_all
from credentials.record.log.progress import checkpoint_now
from tests.committee import seat_committee, term
from tests.factories import MicroCredentialFactory
from tests.people import person
from tests.proposals import approve, submit
from workflows.agendas.consent import pull_from_consent
from workflows.agendas.items import stage_on
from workflows.choices import AgendaPart, MeetingState, Purpose
from workflows.committee.ballots import cast_ballot
from workflows.committee.motions import open_motion
from workflows.committee.question import Question
from workflows.committee.quorum import standing_quorum
from workflows.committee.results import close_motion
from workflows.exceptions import DecisionRefused
from workflows.meetings.agenda import add_item, build_agenda, remove_item, reorder
from workflows.meetings.call import call_meeting, cancel_meeting
from workflows.meetings.minutes import confirm_minutes, draft_minutes
from workflows.meetings.plan import change_meeting
from workflows.meetings.proceedings import adjourn, open_meeting, record_arrival, record_departure
from workflows.models import Committee, Meeting, Motion, Notification, SeatTerm
from workflows.proposals.actions import remark

pytestmark = pytest.mark.django_db


@pytest.fixture
def seated(root: Any) -> dict[str, Any]:
    """A chair, two voting members, a secretary."""
    return seat_committee()


@pytest.fixture
def meeting(seated: dict[str, Any]) -> Meeting:
    """A meeting in ten days."""
    starts = timezone.now() + datetime.timedelta(days=10)
    return Meeting.objects.create(
        committee=Committee.objects.get(), starts_at=starts, place="Senate Chamber"
    )


def waiting(root: Any, **facts: Any) -> Any:
    """A proposal that waits for the committee."""
    offering = MicroCredentialFactory(parent=root, **facts)
    submit(offering, person("editor"))
    approve(offering, person("department"))
    return offering


def run(meeting: Meeting, seated: dict[str, Any], *present: str) -> Meeting:
    """Call and open it, with these people present."""
    call_meeting(meeting, seated["secretary"])
    open_meeting(meeting, seated["secretary"])
    for name in present:
        term = SeatTerm.objects.get(person=seated[name])
        record_arrival(meeting, seated["secretary"], term)
    return Meeting.objects.get(pk=meeting.pk)


def put(meeting: Meeting, seated: dict[str, Any], item: Any) -> Motion:
    """Put an item to the vote."""
    state = stage_on(item)
    assert state is not None
    return open_motion(state, seated["secretary"], Question(Purpose.APPROVE, meeting=meeting))


def test_the_agenda_takes_what_waits_once_and_discussed_items_to_discussion(
    root: Any, meeting: Meeting, seated: dict[str, Any]
) -> None:
    plain, discussed = waiting(root), waiting(root)
    remark(discussed.get_latest_revision_as_object(), person("editor"), "Please discuss it.")
    assert build_agenda(meeting, seated["secretary"]) == 2
    assert build_agenda(meeting, seated["secretary"]) == 0
    parts = {item.offering_id: item.part for item in meeting.items.all()}
    assert parts == {plain.pk: AgendaPart.CONSENT, discussed.pk: AgendaPart.DISCUSSION}


def test_only_who_presides_makes_the_agenda_and_any_member_pulls(
    root: Any, meeting: Meeting, seated: dict[str, Any]
) -> None:
    waiting(root)
    for someone in (seated["second"], person("department")):
        with pytest.raises(DecisionRefused, match="chair or the secretary"):
            build_agenda(meeting, someone)
    build_agenda(meeting, seated["chair"])
    item = meeting.items.get()
    with pytest.raises(DecisionRefused, match="Only members"):
        pull_from_consent(item, person("department"), "Why?")
    with pytest.raises(DecisionRefused, match="Say what"):
        pull_from_consent(item, seated["second"], " ")
    pull_from_consent(item, seated["second"], "Who assesses it?")
    item.refresh_from_db()
    assert (item.part, item.pulled_by_name) == (AgendaPart.DISCUSSION, "Committee-2")


def test_items_are_ordered_removed_and_late_after_the_call(
    meeting: Meeting, seated: dict[str, Any]
) -> None:
    first, second = (
        add_item(meeting, seated["secretary"], title, AgendaPart.DISCUSSION)
        for title in ("Dates", "Terms")
    )
    reorder(meeting, seated["secretary"], [second.pk, first.pk], AgendaPart.DISCUSSION)
    assert [item.title for item in meeting.items.all()] == ["Terms", "Dates"]
    with pytest.raises(DecisionRefused, match="has changed"):
        reorder(meeting, seated["secretary"], [second.pk, 0], AgendaPart.DISCUSSION)
    remove_item(first, seated["secretary"])
    call_meeting(meeting, seated["secretary"])
    late = add_item(meeting, seated["secretary"], "Late", AgendaPart.DISCUSSION)
    assert late.is_late
    assert not meeting.items.get(title="Terms").is_late


def test_short_notice_needs_a_reason_and_a_cancelled_meeting_stays_so(
    meeting: Meeting, seated: dict[str, Any]
) -> None:
    meeting.starts_at = timezone.now() + datetime.timedelta(days=2)
    meeting.save()
    with pytest.raises(DecisionRefused, match="3 days too short"):
        call_meeting(meeting, seated["secretary"])
    meeting.short_notice_reason = "A storm."
    meeting.save()
    call_meeting(meeting, seated["secretary"])
    with pytest.raises(DecisionRefused, match="Say why"):
        cancel_meeting(meeting, seated["secretary"], "")
    cancel_meeting(meeting, seated["secretary"], "Another storm.")
    with pytest.raises(DecisionRefused, match="cancelled"):
        open_meeting(meeting, seated["secretary"])


def test_members_who_were_called_are_told_once_of_another_time_or_place(
    meeting: Meeting, seated: dict[str, Any]
) -> None:
    later = meeting.starts_at + datetime.timedelta(days=1)
    change_meeting(meeting, seated["secretary"], {"starts_at": later})
    assert told(seated["second"]) == []
    call_meeting(meeting, seated["secretary"])
    change_meeting(meeting, seated["secretary"], {"place": "Council Room"})
    change_meeting(meeting, seated["secretary"], {"short_notice_reason": "A storm."})
    (_called, changed) = told(seated["second"])
    assert "Council Room" in changed.body and changed.subject.startswith("Changed")
    with pytest.raises(DecisionRefused, match="chair or the secretary"):
        change_meeting(meeting, seated["second"], {"place": "Elsewhere"})


def test_a_called_meeting_is_not_moved_to_shorter_notice_without_a_reason(
    meeting: Meeting, seated: dict[str, Any]
) -> None:
    call_meeting(meeting, seated["secretary"])
    soon = timezone.now() + datetime.timedelta(days=2)
    with pytest.raises(DecisionRefused, match="too short"):
        change_meeting(meeting, seated["secretary"], {"starts_at": soon})
    with pytest.raises(DecisionRefused, match="future"):
        change_meeting(meeting, seated["secretary"], {"starts_at": timezone.now()})
    change_meeting(
        meeting, seated["secretary"], {"starts_at": soon, "short_notice_reason": "A storm."}
    )
    assert Meeting.objects.get().starts_at == soon


def told(someone: Any) -> list[Notification]:
    """Messages about meetings, the oldest first."""
    rows = Notification.objects.filter(recipient=someone, key__startswith="meeting:")
    return list(rows.order_by("pk"))


def test_the_form_plans_and_changes_a_meeting_for_who_presides(
    root: Any, seated: dict[str, Any], client: Client
) -> None:
    grant_roles(root)
    committee = Committee.objects.get()
    starts = timezone.localtime() + datetime.timedelta(days=20)
    facts = {"committee": committee.pk, "starts_at": f"{starts:%Y-%m-%d %H:%M}", "place": "Hall"}
    address = reverse("governance:new_meeting")
    client.force_login(seated["second"])
    client.post(address, facts)
    assert not Meeting.objects.exists()
    client.force_login(seated["secretary"])
    client.post(address, facts)
    planned = Meeting.objects.get()
    client.post(reverse("governance:edit_meeting", args=[planned.pk]), {**facts, "place": "Room 2"})
    planned.refresh_from_db()
    assert planned.place == "Room 2"


def test_the_quorum_of_those_present_is_seen_before_a_motion_is_open(
    meeting: Meeting, seated: dict[str, Any]
) -> None:
    meeting = run(meeting, seated, "chair")
    quorum = standing_quorum(meeting)
    assert quorum is not None
    assert (quorum.present, quorum.eligible, quorum.needed) == (1, 3, 2)
    assert not quorum.is_reached
    record_arrival(meeting, seated["secretary"], SeatTerm.objects.get(person=seated["second"]))
    record_arrival(meeting, seated["secretary"], SeatTerm.objects.get(person=seated["secretary"]))
    quorum = standing_quorum(meeting)
    assert quorum is not None and quorum.is_reached and quorum.present == 2


def test_who_is_not_present_does_not_vote_and_without_quorum_nothing_is_decided(
    root: Any, meeting: Meeting, seated: dict[str, Any]
) -> None:
    offering = waiting(root)
    build_agenda(meeting, seated["secretary"])
    meeting = run(meeting, seated, "chair")
    motion = put(meeting, seated, meeting.items.get())
    cast_ballot(motion, seated["chair"], "yes", shown_hash=motion.content_hash)
    with pytest.raises(DecisionRefused, match="not recorded you as present"):
        cast_ballot(motion, seated["second"], "yes", shown_hash=motion.content_hash)
    with pytest.raises(DecisionRefused, match="still open"):
        adjourn(meeting, seated["secretary"])
    assert close_motion(motion, seated["secretary"]).outcome == "no_quorum"
    assert not PublishedVersion.objects.filter(offering=offering.pk).exists()
    with pytest.raises(DecisionRefused, match="Nobody is recorded"):
        record_departure(meeting, seated["secretary"], SeatTerm.objects.last().seat)  # type: ignore[union-attr]


def test_the_minutes_say_what_happened_and_are_corrected_by_new_ones(
    root: Any, meeting: Meeting, seated: dict[str, Any]
) -> None:
    waiting(root, title="Safe Transfer")
    build_agenda(meeting, seated["secretary"])
    meeting = run(meeting, seated, "chair", "second")
    motion = put(meeting, seated, meeting.items.get())
    for name in ("chair", "second"):
        cast_ballot(motion, seated[name], "yes", shown_hash=motion.content_hash)
    close_motion(motion, seated["secretary"])
    with pytest.raises(DecisionRefused, match="under way"):
        confirm_minutes(meeting, seated["secretary"])
    adjourn(meeting, seated["secretary"])
    with pytest.raises(DecisionRefused, match="chair or the secretary"):
        draft_minutes(meeting, seated["second"])
    draft = draft_minutes(meeting, seated["secretary"])
    said = "\n".join(f"{part['heading']}\n{part['text']}" for part in draft.sections)
    for words in ("Committee-1", "Consent: Safe Transfer", "2 of 3 seats present", "carried"):
        assert words in said
    seal_all()
    first = confirm_minutes(meeting, seated["secretary"])
    assert checkpoint_now() in first.sections[-1]["text"]
    assert first.content_hash == sha256(first.sections)
    with pytest.raises(DecisionRefused, match="Say what is corrected"):
        confirm_minutes(meeting, seated["secretary"])
    second = confirm_minutes(meeting, seated["secretary"], "A name was misspelt.")
    assert (first.number, second.number) == (1, 2)
    assert second.sections[0]["text"] == "A name was misspelt."
    assert Meeting.objects.get().state == MeetingState.CONFIRMED


def test_minutes_name_as_absent_who_sat_on_the_day_whenever_they_are_drafted(
    meeting: Meeting, seated: dict[str, Any]
) -> None:
    adjourn(run(meeting, seated, "chair", "second"), seated["secretary"])
    ended = SeatTerm.objects.filter(person=seated["third"])
    ended.update(ends_on=timezone.localdate())
    later = timezone.now() + datetime.timedelta(days=3)
    with time_machine.travel(later, tick=False):
        term(ended.get().seat, person("committee", 7), starts_on=timezone.localdate())
        draft = draft_minutes(meeting, seated["secretary"])
    (attendance,) = (part for part in draft.sections if part["heading"] == "Attendance")
    absent = attendance["text"].partition("Not present: ")[2]
    assert "Committee-3" in absent
    assert "Committee-7" not in absent


def test_raw_requests_of_those_who_may_not_change_nothing(
    root: Any, meeting: Meeting, seated: dict[str, Any], people: Any, client: Client
) -> None:
    waiting(root)
    for who in (people["department"], seated["second"]):
        client.force_login(who)
        for act in ("build", "call", "cancel", "open", "adjourn", "draft", "confirm", "put"):
            client.post(
                reverse("governance:meeting_act", args=[meeting.pk, act]), {"reason": "Mine."}
            )
    assert not meeting.items.exists()
    assert Meeting.objects.get().state == MeetingState.PLANNED
    assert not meeting.events.exists()
