"""Agenda packages, minutes and letters in the admin: what they say, and who reads them."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.committee import carry, seat, vote_all
from tests.factories import MicroCredentialFactory
from tests.proposals import edit
from tests.workflows.documents.conftest import to_committee
from tests.workflows.documents.reading import opened, words
from workflows.agendas.consent import pull_from_consent
from workflows.agendas.items import stage_on
from workflows.choices import MeetingState, Purpose
from workflows.committee.motions import open_motion
from workflows.committee.question import Question
from workflows.committee.results import close_motion
from workflows.meetings.agenda import build_agenda
from workflows.meetings.proceedings import open_meeting, record_arrival
from workflows.models import Decision, DecisionLetter, Meeting, Minutes, MinutesDraft, SeatTerm

pytestmark = pytest.mark.django_db


def get(client: Client, person: Any, name: str, key: int, **query: str) -> Any:
    client.force_login(person)
    return client.get(reverse(f"governance:{name}", args=[key]), query)


@pytest.fixture
def outsider(db: None) -> Any:
    """Somebody who may enter the admin, and nothing else."""
    user = get_user_model().objects.create_user("outsider", "o@example.org", "secret")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return user


@pytest.fixture
def letter(proposal: Any) -> DecisionLetter:
    """The letter about a decision of the committee."""
    carry(proposal)
    decision = Decision.objects.filter(motion__isnull=False).get()
    return DecisionLetter.objects.filter(decision=decision).first() or (
        DecisionLetter.objects.create(
            decision=decision,
            offering_id=decision.offering_id,
            reference="MCCL-2026-001",
            subject="Decision on Safe Transfers",
            sections=[{"heading": "Reasons", "text": "It meets the policy.\nWell done."}],
            addressees=["Editor"],
        )
    )


def test_the_package_says_all_that_is_to_be_read(
    meeting: Meeting, seats: Any, client: Client
) -> None:
    page = get(client, seats["second"], "agenda_package", meeting.pk).content.decode()
    for expected in (
        "Senate Room",
        "Seat of committee-1",
        "Chair",
        "1. Safe Transfers",
        "2. Report of the chair",
        "Department review",
        "Before the committee",
        "Moves patients safely.",
        "clauses that apply are met",
        "Earlier decisions",
        "Motion to be put: Approve.",
    ):
        assert expected in page


def test_what_changes_is_said_in_words(meeting: Meeting, root: Any, seats: Any) -> None:
    offering = MicroCredentialFactory(parent=root, title="Wound Care", life="published")
    edit(offering, competency="Dresses wounds safely.")
    to_committee(offering)
    build_agenda(meeting, seats["secretary"])
    pull_from_consent(meeting.items.get(offering=offering.pk), seats["second"], "The name")
    client = Client()
    page = get(client, seats["second"], "agenda_package", meeting.pk).content.decode()
    assert "What changes against version 1" in page
    assert "<del>Moves</del> <del>patients</del>" in page
    assert "<ins>Dresses</ins> <ins>wounds</ins>" in page
    assert page.index("Was</span>") < page.index("<del>Moves") < page.index("Would be</span>")
    found = words(get(client, seats["second"], "agenda_pdf", meeting.pk).content)
    assert "Was: Moves patients safely. Would be: Dresses wounds safely." in found
    assert "Moved from consent to discussion by" in found


def test_the_package_keeps_what_was_voted_on_when_the_draft_goes_on_changing(
    meeting: Meeting, proposal: Any, seats: Any, client: Client
) -> None:
    item = meeting.items.get(offering=proposal.pk)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CALLED)
    open_meeting(meeting, seats["secretary"])
    for term in SeatTerm.objects.filter(is_alternate=False):
        record_arrival(meeting, seats["secretary"], term)
    question = Question(Purpose.APPROVE, text="As amended.", meeting=meeting)
    motion = open_motion(stage_on(item), seats["secretary"], question)
    vote_all(motion)
    close_motion(motion, seats["secretary"])
    edit(proposal, competency="Lifts nobody.")
    page = get(client, seats["second"], "agenda_package", meeting.pk).content.decode()
    assert "Moves patients safely." in page
    assert "Lifts nobody." not in page
    assert "As amended." in page
    assert "3 yes 0 no: carried." in page
    assert "Attended" in page


def test_a_package_file_has_a_safe_name_and_stays_out_of_caches(
    meeting: Meeting, seats: Any, client: Client
) -> None:
    response = get(client, seats["second"], "agenda_pdf", meeting.pk)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith('attachment; filename="agenda-20')
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    page = get(client, seats["second"], "agenda_package", meeting.pk)
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("name", ["agenda_package", "agenda_pdf", "minutes_pdf"])
def test_who_has_no_part_in_the_committee_reads_none_of_it(
    name: str, meeting: Meeting, outsider: Any, client: Client
) -> None:
    assert get(client, outsider, name, meeting.pk).status_code in (302, 403)
    client.logout()
    assert client.get(reverse(f"governance:{name}", args=[meeting.pk])).status_code == 302


def test_a_seat_is_enough_to_read_the_agenda(
    meeting: Meeting, outsider: Any, client: Client
) -> None:
    seat(outsider, "non_voting", "Student")
    assert get(client, outsider, "agenda_pdf", meeting.pk).status_code == 200


def test_confirmed_minutes_are_a_file_of_their_own_number(
    meeting: Meeting, seats: Any, client: Client
) -> None:
    assert get(client, seats["second"], "minutes_pdf", meeting.pk).status_code == 404
    for number, text in ((1, "All came."), (2, "All but one came.")):
        Minutes.objects.create(
            meeting=meeting,
            number=number,
            title="Minutes of a day",
            sections=[{"heading": "Attendance", "text": text}],
            content_hash="0" * 64,
            confirmed_by_key="1",
            confirmed_by_name="Sam Secretary",
        )
    newest = get(client, seats["second"], "minutes_pdf", meeting.pk)
    assert "All but one came." in words(newest.content)
    assert newest["Content-Disposition"].endswith('-2.pdf"')
    first = get(client, seats["second"], "minutes_pdf", meeting.pk, number="1")
    assert "All came." in words(first.content)
    assert "Confirmed by: Sam Secretary" in words(first.content)


def test_a_draft_of_minutes_is_for_those_who_preside(
    meeting: Meeting, seats: Any, client: Client
) -> None:
    MinutesDraft.objects.create(meeting=meeting, sections=[{"heading": "A", "text": "B"}])
    refused = get(client, seats["second"], "minutes_pdf", meeting.pk, number="draft")
    assert refused.status_code in (302, 403)
    given = get(client, seats["secretary"], "minutes_pdf", meeting.pk, number="draft")
    assert "DRAFT" in words(given.content)


def test_a_letter_is_a_page_and_a_tagged_file(
    letter: DecisionLetter, people: Any, client: Client
) -> None:
    page = get(client, people["editor"], "letter", letter.pk)
    assert letter.reference in page.content.decode()
    response = get(client, people["editor"], "letter_pdf", letter.pk)
    assert letter.reference in words(response.content)
    assert opened(response.content).Root.MarkInfo.Marked
    assert response["Cache-Control"].count("no-store") == 1


def test_a_letter_is_not_for_everybody(
    letter: DecisionLetter, outsider: Any, client: Client
) -> None:
    for name in ("letter", "letter_pdf"):
        assert get(client, outsider, name, letter.pk).status_code in (302, 403)


def test_an_item_costs_at_most_thirty_queries(
    meeting: Meeting,
    root: Any,
    seats: Any,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(2):
        to_committee(MicroCredentialFactory(parent=root, title=f"Another {number}"))
    build_agenda(meeting, seats["secretary"])
    client.force_login(seats["second"])
    with django_assert_max_num_queries(30 + 3 * 30):
        client.get(reverse("governance:agenda_package", args=[meeting.pk]))
