"""Seats and rules are kept in the admin by those who may, and motions are opened there."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credentials.people.roles import grant_roles
from tests.committee import open_vote, seat, seat_committee
from tests.factories import MicroCredentialFactory
from tests.people import person
from tests.proposals import approve, submit
from workflows.committee_seats.assignment import end_term, give_seat
from workflows.exceptions import DecisionRefused
from workflows.models import Committee, Motion, Seat, SeatTerm

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee(root: Any) -> Committee:
    """The default committee."""
    return Committee.objects.get()


def test_a_seat_is_given_and_its_holder_may_read_what_is_under_decision(
    committee: Committee, people: Any, client: Client
) -> None:
    client.force_login(people["department"])
    address = reverse("governance:committee_seats", args=[committee.pk])
    facts = {"seat-title": "Registrar", "seat-role": "voting", "seat-votes": "on"}
    client.post(address, {"form": "seat", "seat-position": "1", **facts})
    made = Seat.objects.get(title="Registrar")
    newcomer = person("editor", 5)
    client.post(
        address,
        {
            "form": "term",
            "term-seat": made.pk,
            "term-person": newcomer.pk,
            "term-starts_on": str(timezone.localdate()),
        },
    )
    assert SeatTerm.objects.get().person == newcomer
    assert newcomer.groups.filter(pk=committee.group_id).exists()
    page = client.get(reverse("governance:committee", args=[committee.pk])).content.decode()
    assert "Registrar" in page
    assert "Editor-5" in page


def test_who_may_not_keep_seats_changes_none(
    committee: Committee, people: Any, client: Client
) -> None:
    client.force_login(people["committee"])
    address = reverse("governance:committee_seats", args=[committee.pk])
    client.post(address, {"form": "seat", "seat-title": "Mine", "seat-role": "chair"})
    assert not Seat.objects.exists()
    rules = reverse("governance:committee_rules", args=[committee.pk])
    client.post(rules, {"quorum": "1", "reason": "Mine."})
    assert committee.rules.count() == 1
    with pytest.raises(DecisionRefused, match="Only those who keep"):
        give_seat(seat(person("committee")), person("editor"), people["committee"])


def test_a_seat_has_one_holder_at_a_time_and_a_person_one_seat(
    committee: Committee, people: Any
) -> None:
    keeper, today = people["superuser"], timezone.localdate()
    first, second = seat(person("committee")), seat(person("committee", 2))
    for where, who, reason in (
        (first, person("committee", 3), "Somebody holds this seat"),
        (second, person("committee"), "Somebody holds this seat"),
    ):
        with pytest.raises(ValidationError, match=reason):
            give_seat(where, who, keeper)
    with pytest.raises(ValidationError, match="another seat"):
        give_seat(second, person("committee"), keeper, is_alternate=True)
    with pytest.raises(ValidationError, match="their own alternate"):
        give_seat(first, person("committee"), keeper, is_alternate=True)
    end_term(first.terms.get(), keeper, today)
    tomorrow = today + datetime.timedelta(days=1)
    assert give_seat(first, person("committee", 3), keeper, starts_on=tomorrow)


def test_new_rules_are_a_new_row_with_a_reason(
    committee: Committee, people: Any, client: Client
) -> None:
    client.force_login(people["department"])
    address = reverse("governance:committee_rules", args=[committee.pk])
    facts = {
        "quorum_basis": "number",
        "quorum": "3",
        "majority_basis": "all",
        "threshold": "two_thirds",
        "tie_break": "defeated",
        "notice_days": "7",
        "e_vote_hours": "48",
    }
    assert "This field is required" in client.post(address, facts).content.decode()
    client.post(address, {**facts, "reason": "A larger committee."})
    assert [rules.number for rules in committee.rules.order_by("number")] == [1, 2]
    page = client.get(reverse("governance:committee", args=[committee.pk])).content.decode()
    assert "at least two thirds of all seats that may vote" in page


def test_a_motion_is_opened_voted_on_and_closed_by_raw_requests(
    root: Any, people: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    seated = seat_committee()
    offering = MicroCredentialFactory(parent=root)
    submit(offering, person("editor"))
    approve(offering, person("department"))
    address = reverse("governance:open_motion", args=[offering.pk])
    client.force_login(seated["second"])
    assert client.post(address, {"purpose": "approve"}).status_code == 302
    assert not Motion.objects.exists()
    client.force_login(seated["chair"])
    wordless = client.post(address, {"purpose": "request_changes"}).content.decode()
    assert "Word the motion" in wordless
    client.post(address, {"purpose": "approve", "conditions": "Sign the lease.\n"})
    motion = Motion.objects.get()
    assert [condition.text for condition in motion.conditions.all()] == ["Sign the lease."]
    page = reverse("governance:motion", args=[motion.pk])
    for name in ("chair", "second", "third"):
        client.force_login(seated[name])
        client.post(page, {"choice": "yes", "content_hash": motion.content_hash})
    with django_assert_max_num_queries(60):
        shown = client.get(page).content.decode()
    assert "You voted “Yes”" in shown
    assert "Committee-1</td>" in shown
    client.force_login(seated["chair"])
    client.post(reverse("governance:close_motion", args=[motion.pk]))
    assert Motion.objects.get().result.outcome == "carried"
    confirm = reverse("governance:confirm_condition", args=[motion.conditions.get().pk])
    client.post(confirm, {"note": "Signed on Monday."})
    offering.refresh_from_db()
    assert offering.live


def test_a_recusal_is_confirmed_because_it_is_final(root: Any, client: Client) -> None:
    grant_roles(root)
    seated = seat_committee()
    offering = MicroCredentialFactory(parent=root)
    submit(offering, person("editor"))
    approve(offering, person("department"))
    motion = open_vote(offering)
    client.force_login(seated["second"])
    page = reverse("governance:motion", args=[motion.pk])
    ballot = {"choice": "recuse", "content_hash": motion.content_hash}
    assert "cannot be undone" in client.post(page, ballot).content.decode()
    assert not motion.ballots.exists()
    client.post(page, {**ballot, "certain": "on"})
    assert motion.ballots.get().choice == "recuse"
    assert "the seat is recused" in client.get(page).content.decode()
