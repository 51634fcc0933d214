"""Ballots sent as raw requests: none is counted twice, for another, or where none may be cast."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credentials.conf import conf
from credentials.models import PublishedVersion
from tests.committee import open_vote, vote, vote_all
from tests.factories import MicroCredentialFactory
from tests.people import person
from tests.proposals import approve, edit, stage_state, submit
from workflows.choices import MotionOutcome
from workflows.committee.results import close_motion, tally_of
from workflows.models import Ballot, Motion, MotionResult, SeatTerm

pytestmark = pytest.mark.django_db


def send(client: Client, motion: Motion, choice: str = "yes", **more: Any) -> Any:
    """Post a ballot as the motion's page would."""
    facts = {"choice": choice, "comment": "", "content_hash": motion.content_hash}
    return client.post(reverse("governance:motion", args=[motion.pk]), facts | more)


def close(client: Client, motion: Motion) -> Any:
    """Post the closing of a motion."""
    return client.post(reverse("governance:close_motion", args=[motion.pk]))


def counted(motion: Motion) -> tuple[int, int]:
    """Votes for and against as they count now."""
    tally, _seats = tally_of(Motion.objects.get(pk=motion.pk))
    return tally.yes, tally.no


def test_voting_twice_counts_once(motion: Motion, seated: Any, signed_in: Any) -> None:
    client = signed_in(seated["second"])
    for choice in ("yes", "yes", "no"):
        assert send(client, motion, choice).status_code == 302
    assert counted(motion) == (0, 1)
    assert Ballot.objects.count() == 3


def test_a_request_that_names_another_seat_votes_for_ones_own(
    motion: Motion, seated: Any, signed_in: Any
) -> None:
    vote(motion, seated["chair"], "no")
    chairs = motion.roster.get(holder_key=str(seated["chair"].pk))
    forged = {
        "roster_seat": chairs.pk,
        "seat": chairs.seat_id,
        "cast_by_key": chairs.holder_key,
        "person": seated["chair"].pk,
    }
    send(signed_in(seated["second"]), motion, **forged)
    assert counted(motion) == (1, 1)
    last = Ballot.objects.latest("pk")
    assert last.cast_by_key == last.roster_seat.holder_key == str(seated["second"].pk)


def test_nobody_without_a_seat_votes(
    motion: Motion, seated: Any, people: Any, signed_in: Any
) -> None:
    outsiders = [*people.values(), seated["secretary"], person("editor"), person("department")]
    for someone in outsiders:
        send(signed_in(someone), motion, roster_seat=motion.roster.first().pk)
    assert send(Client(), motion).status_code == 302  # to the sign-in page
    assert not Ballot.objects.exists()


def test_a_forged_request_from_another_site_is_refused(motion: Motion, seated: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(seated["second"])
    assert send(client, motion).status_code == 403
    assert close(client, motion).status_code == 403
    assert not Ballot.objects.exists()


def test_voting_after_the_term(motion: Motion, seated: Any, signed_in: Any) -> None:
    client = signed_in(seated["second"])
    send(client, motion, "no")
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    SeatTerm.objects.filter(person=seated["second"]).update(ends_on=yesterday)
    response = send(client, motion, "yes")
    assert response.status_code in (200, 403)
    assert counted(motion) == (0, 1)


@pytest.mark.parametrize("part", ["author", "submitter"])
def test_voting_on_ones_own_proposal(root: Any, seated: Any, signed_in: Any, part: str) -> None:
    by = {"author": person("editor"), "submitter": person("editor")} | {part: seated["second"]}
    offering = MicroCredentialFactory(parent=root, author=by["author"])
    submit(offering, by["submitter"])
    approve(offering, person("department"))
    motion = open_vote(offering)
    response = send(signed_in(seated["second"]), motion)
    assert "you are recused" in response.content.decode()
    assert not Ballot.objects.exists()


def test_voting_on_changed_content(
    motion: Motion, proposal: Any, seated: Any, signed_in: Any
) -> None:
    client = signed_in(seated["second"])
    response = send(client, motion, content_hash="0" * 64)
    assert "Read it again" in response.content.decode()
    edit(proposal, competency="Unapproved words")
    response = send(client, motion)
    assert "ballots are void" in response.content.decode()
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("choice", ["", "carried", "YES", "yes' OR '1'='1"])
def test_saying_what_cannot_be_said(
    motion: Motion, seated: Any, signed_in: Any, choice: str
) -> None:
    assert send(signed_in(seated["second"]), motion, choice).status_code == 200
    assert not Ballot.objects.exists()


def test_voting_on_a_closed_motion(motion: Motion, seated: Any, signed_in: Any) -> None:
    vote_all(motion, "no")
    close_motion(motion, seated["secretary"])
    before = MotionResult.objects.values().get()
    assert send(signed_in(seated["second"]), motion).status_code == 200  # no redirect to success
    assert Ballot.objects.count() == 3
    assert MotionResult.objects.values().get() == before
    assert not PublishedVersion.objects.exists()


class TestClosing:
    def test_by_somebody_who_does_not_preside(
        self, motion: Motion, seated: Any, people: Any, signed_in: Any
    ) -> None:
        vote_all(motion)
        for someone in (seated["second"], person("department"), *people.values()):
            close(signed_in(someone), motion)
        assert not MotionResult.objects.exists()

    def test_before_every_seat_has_voted(self, motion: Motion, seated: Any, signed_in: Any) -> None:
        vote(motion, seated["chair"])
        response = close(signed_in(seated["chair"]), motion)
        assert response.status_code in (200, 302)
        assert not MotionResult.objects.exists()

    def test_without_quorum(
        self, motion: Motion, proposal: Any, seated: Any, signed_in: Any, monkeypatch: Any
    ) -> None:
        vote(motion, seated["chair"])
        client = signed_in(seated["chair"])
        after = motion.closes_at + datetime.timedelta(seconds=1)
        monkeypatch.setattr(timezone, "now", lambda: after)
        client.force_login(seated["chair"])  # the session's time goes on too
        assert close(client, motion).status_code == 302
        assert MotionResult.objects.get().outcome == MotionOutcome.NO_QUORUM
        assert stage_state(proposal).task.name == "Committee approval"
        assert not PublishedVersion.objects.exists()

    def test_by_looking_at_the_page(self, motion: Motion, seated: Any, signed_in: Any) -> None:
        vote_all(motion)
        client = signed_in(seated["chair"])
        page = client.get(reverse("governance:close_motion", args=[motion.pk]))
        assert page.status_code == 200
        assert not MotionResult.objects.exists()

    def test_twice(self, motion: Motion, seated: Any, signed_in: Any) -> None:
        vote_all(motion)
        client = signed_in(seated["chair"])
        for _attempt in range(2):
            assert close(client, motion).status_code == 302
        assert MotionResult.objects.count() == PublishedVersion.objects.count() == 1


class TestOpening:
    def test_by_a_member_who_does_not_preside(
        self, proposal: Any, seated: Any, people: Any, signed_in: Any
    ) -> None:
        address = reverse("governance:open_motion", args=[proposal.pk])
        for someone in (seated["second"], person("editor"), *people.values()):
            signed_in(someone).post(address, {"purpose": "approve"})
        assert not Motion.objects.exists()

    @pytest.mark.parametrize("purpose", ["retire", "endorse", "nonsense"])
    def test_for_what_the_stage_does_not_decide(
        self, proposal: Any, seated: Any, signed_in: Any, purpose: str
    ) -> None:
        address = reverse("governance:open_motion", args=[proposal.pk])
        response = signed_in(seated["chair"]).post(address, {"purpose": purpose})
        assert response.status_code == 200
        assert not Motion.objects.exists()


def test_membership_of_the_group_is_no_seat(motion: Motion, signed_in: Any) -> None:
    member = person("committee", 50)
    member.groups.add(Group.objects.get(name=conf().ROLE_GROUPS["committee"]))
    send(signed_in(member), motion)
    assert not Ballot.objects.exists()
