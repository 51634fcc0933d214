"""A member's committee calendar: what is in it, and that its address is theirs alone."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from wagtail.users.models import UserProfile

from tests.committee import committee, open_vote, seat, seat_committee, vote_all
from tests.factories import MicroCredentialFactory
from tests.lifecycle import pass_stage
from tests.proposals import stage_state, submit
from workflows.calendar.dates import open_address
from workflows.choices import MeetingState
from workflows.committee.results import close_motion
from workflows.models import CalendarFeed, Meeting, Motion, SeatTerm
from workflows.stages.committee import CommitteeStage

pytestmark = pytest.mark.django_db


@pytest.fixture
def seats(root: Any, people: Any) -> dict[str, Any]:
    """Who sits on the committee."""
    return seat_committee()


@pytest.fixture
def meeting(seats: Any) -> Meeting:
    """A meeting in the summer, at three in the afternoon in Toronto."""
    year = timezone.localdate().year + 1
    starts_at = datetime.datetime(year, 7, 7, 19, tzinfo=datetime.UTC)
    return Meeting.objects.create(
        committee=committee(),
        starts_at=starts_at,
        ends_at=starts_at + datetime.timedelta(hours=2),
        place="Senate Room",
        link="https://meet.example.org/mccl",
        state=MeetingState.CALLED,
    )


@pytest.fixture
def motion(root: Any, seats: Any) -> Motion:
    """An electronic vote that is open."""
    offering = MicroCredentialFactory(parent=root, title="Safe Transfers")
    submit(offering)
    while not isinstance(stage_state(offering).task.specific, CommitteeStage):
        pass_stage(offering)
    return open_vote(offering)


def answer(person: Any, **headers: str) -> Any:
    token = open_address(person).token
    return Client().get(reverse("workflows:calendar_feed", args=[token]), headers=headers)


def events(person: Any) -> list[Any]:
    response = answer(person)
    assert response.status_code == 200
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_a_member_sees_the_meetings_of_their_committee(seats: Any, meeting: Meeting) -> None:
    (event,) = events(seats["second"])
    assert str(event["SUMMARY"]) == f"Meeting: {meeting.committee.name}"
    assert str(event["LOCATION"]) == "Senate Room"
    assert str(event["URL"]).endswith(reverse("governance:meeting", args=[meeting.pk]))
    assert str(event["URL"]).startswith("http")
    assert "https://meet.example.org/mccl" in str(event["DESCRIPTION"])
    assert str(event["STATUS"]) == "CONFIRMED"


def test_the_time_is_that_of_the_place_with_its_zone_given(seats: Any, meeting: Meeting) -> None:
    (event,) = events(seats["second"])
    assert event["DTSTART"].params["TZID"] == "America/Toronto"
    assert event.decoded("DTSTART") == meeting.starts_at
    assert event["DTSTART"].dt.hour == 15
    assert event.decoded("DTEND") == meeting.ends_at
    calendar = Calendar.from_ical(answer(seats["second"]).content)
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["America/Toronto"]


def test_who_holds_no_seat_on_the_committee_sees_none_of_its_meetings(
    people: Any, meeting: Meeting
) -> None:
    assert events(people["editor"]) == []


def test_a_seat_that_ended_takes_its_meetings_with_it(seats: Any, meeting: Meeting) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    SeatTerm.objects.held_by(seats["second"]).update(ends_on=yesterday)
    assert events(seats["second"]) == []


def test_an_alternate_sees_them_too(people: Any, seats: Any, meeting: Meeting) -> None:
    seat(people["committee"], title="Registrar", alternate=people["second_member"])
    assert len(events(people["second_member"])) == 1


def test_a_changed_meeting_is_the_same_event_with_a_higher_sequence(
    seats: Any, meeting: Meeting
) -> None:
    (before,) = events(seats["second"])
    meeting.starts_at += datetime.timedelta(days=1)
    meeting.save()
    (after,) = events(seats["second"])
    assert before["UID"] == after["UID"]
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    assert after.decoded("LAST-MODIFIED") >= before.decoded("LAST-MODIFIED")
    assert after.decoded("DTSTART") == meeting.starts_at


@pytest.mark.parametrize(
    ("state", "status"),
    [("planned", "TENTATIVE"), ("cancelled", "CANCELLED"), ("confirmed", "CONFIRMED")],
)
def test_the_standing_of_a_meeting_is_that_of_its_event(
    seats: Any, meeting: Meeting, state: str, status: str
) -> None:
    meeting.state = state
    meeting.save()
    (event,) = events(seats["second"])
    assert str(event["STATUS"]) == status


def test_the_end_of_an_electronic_vote_is_in_it(seats: Any, motion: Motion) -> None:
    (event,) = events(seats["second"])
    assert str(event["SUMMARY"]) == "Electronic vote ends: Safe Transfers"
    assert abs(event.decoded("DTSTART") - motion.closes_at) < datetime.timedelta(seconds=1)
    assert str(event["URL"]).endswith(reverse("governance:motion", args=[motion.pk]))


def test_a_vote_closed_early_is_cancelled(seats: Any, motion: Motion) -> None:
    (before,) = events(seats["second"])
    vote_all(motion)
    close_motion(motion, seats["secretary"])
    (after,) = events(seats["second"])
    assert str(after["STATUS"]) == "CANCELLED"
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


def test_who_has_no_vote_is_not_reminded_of_one(seats: Any, motion: Motion) -> None:
    assert events(seats["secretary"]) == []


def test_who_wrote_the_proposal_is_not_reminded_of_the_vote(root: Any, seats: Any) -> None:
    offering = MicroCredentialFactory(parent=root, author=seats["third"])
    submit(offering, seats["third"])
    while not isinstance(stage_state(offering).task.specific, CommitteeStage):
        pass_stage(offering)
    open_vote(offering)
    assert events(seats["third"]) == []
    assert len(events(seats["second"])) == 1


def test_nobody_is_named_in_it(seats: Any, meeting: Meeting, motion: Motion) -> None:
    text = answer(seats["second"]).content.decode().casefold()
    for term in SeatTerm.objects.all():
        assert term.person_name.casefold() not in text
    assert "@example.org" not in text


def test_text_cannot_add_lines_to_the_calendar(seats: Any, meeting: Meeting) -> None:
    meeting.place = "Room 1\r\nSTATUS:CANCELLED\r\nEND:VEVENT"
    meeting.save()
    (event,) = events(seats["second"])
    assert str(event["STATUS"]) == "CONFIRMED"


def test_an_unknown_address_and_one_of_somebody_who_left_say_the_same(seats: Any) -> None:
    unknown = Client().get(reverse("workflows:calendar_feed", args=["x" * 43]))
    feed = open_address(seats["second"])
    seats["second"].is_active = False
    seats["second"].save()
    left = Client().get(reverse("workflows:calendar_feed", args=[feed.token]))
    assert unknown.status_code == left.status_code == 404
    assert unknown.content == left.content
    assert left["Content-Type"] == "text/plain"


def test_it_is_private_in_caches_and_answers_whether_it_changed(
    seats: Any, meeting: Meeting
) -> None:
    first = answer(seats["second"])
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in first["Cache-Control"]
    assert answer(seats["second"], if_none_match=first["ETag"]).status_code == 304
    meeting.place = "Library"
    meeting.save()
    assert answer(seats["second"], if_none_match=first["ETag"]).status_code == 200


def test_nothing_can_be_written_there(seats: Any) -> None:
    token = open_address(seats["second"]).token
    response = Client().post(reverse("workflows:calendar_feed", args=[token]))
    assert response.status_code == 405


def test_each_person_has_an_address_that_cannot_be_guessed(seats: Any) -> None:
    tokens = {open_address(seats[name]).token for name in ("chair", "second", "third")}
    assert len(tokens) == 3
    assert min(map(len, tokens)) >= 43
    assert open_address(seats["second"]).token in tokens


def test_renewing_closes_the_old_address(seats: Any, client: Client) -> None:
    old = open_address(seats["second"]).token
    client.force_login(seats["second"])
    client.post(reverse("governance:calendar"), {"act": "renew"})
    new = CalendarFeed.objects.get(person=seats["second"]).token
    assert new != old
    assert client.get(reverse("workflows:calendar_feed", args=[old])).status_code == 404
    assert client.get(reverse("workflows:calendar_feed", args=[new])).status_code == 200
    assert CalendarFeed.objects.count() == 1


def test_the_page_shows_the_address_to_its_owner_alone(seats: Any, client: Client) -> None:
    other = open_address(seats["third"]).token
    client.force_login(seats["second"])
    page = client.get(reverse("governance:calendar"))
    assert "You have no calendar address yet." in page.content.decode()
    client.post(reverse("governance:calendar"), {"act": "open"})
    page = client.get(reverse("governance:calendar"))
    own = CalendarFeed.objects.get(person=seats["second"]).token
    assert own in page.content.decode()
    assert other not in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_closed_address_answers_no_more(seats: Any, client: Client) -> None:
    token = open_address(seats["second"]).token
    client.force_login(seats["second"])
    client.post(reverse("governance:calendar"), {"act": "close"})
    assert client.get(reverse("workflows:calendar_feed", args=[token])).status_code == 404


def test_looking_at_the_page_changes_nothing(seats: Any, client: Client) -> None:
    client.force_login(seats["second"])
    client.get(reverse("governance:calendar"))
    client.post(reverse("governance:calendar"), {"act": "nonsense"})
    assert not CalendarFeed.objects.exists()


def test_who_is_not_signed_in_gets_no_address(client: Client, db: None) -> None:
    assert client.post(reverse("governance:calendar"), {"act": "open"}).status_code == 302
    assert not CalendarFeed.objects.exists()


def test_it_speaks_its_owners_language(seats: Any, meeting: Meeting) -> None:
    profile = UserProfile.get_for_user(seats["second"])
    profile.preferred_language = "fr"
    profile.save()
    assert answer(seats["second"])["Content-Language"] == "fr"
