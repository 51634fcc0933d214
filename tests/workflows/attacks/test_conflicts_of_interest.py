"""Ways to decide on one's own proposal that the buttons do not show (law 4)."""

import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from credentials.models import MicroCredential, PublishedVersion
from credentials.record.authorship import authors_of
from tests.committee import open_vote, term, vote, vote_all
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.lifecycle import publish
from tests.people import person
from tests.proposals import approve, draft, edit, request_changes, shown, stage_state, submit
from tests.tokens import bearer
from workflows.choices import MeetingState, MotionOutcome
from workflows.committee.motions import open_motion
from workflows.committee.question import Question
from workflows.committee.results import close_motion, tally_of
from workflows.exceptions import DecisionRefused
from workflows.meetings.proceedings import record_arrival
from workflows.models import AgendaItem, Decision, Meeting, Motion, MotionResult, Seat

pytestmark = pytest.mark.django_db


class TestSubmittingAgain:
    def test_who_submits_again_after_changes_does_not_decide(self, root: Any, seated: Any) -> None:
        offering = CourseFactory(parent=root, author=person("editor"))
        submit(offering, person("editor"))
        request_changes(offering, person("department", 3))
        draft(offering).current_workflow_state.resume(user=person("department"))
        with pytest.raises(DecisionRefused, match="recused"):
            approve(offering, person("department"))
        assert not PublishedVersion.objects.exists()

    def test_the_seat_of_a_submitter_whose_account_is_gone_stays_recused(
        self, root: Any, seated: Any
    ) -> None:
        stand_in = person("committee", 8)
        term(Seat.objects.get(terms__person=seated["second"]), stand_in, is_alternate=True)
        offering = MicroCredentialFactory(parent=root, author=person("editor"))
        submit(offering, seated["second"])
        approve(offering, person("department"))
        seated["second"].delete()
        motion = open_vote(offering)
        with pytest.raises(DecisionRefused, match="recused"):
            vote(motion, stand_in)


class TestCopies:
    """Somebody else copies one's draft, so that one may decide on it."""

    @pytest.fixture
    def original(self, root: Any) -> Any:
        return MicroCredentialFactory(parent=root, author=person("committee", 2))

    def by_the_form(self, original: Any, people: Any) -> None:
        client = Client()
        client.force_login(people["editor"])
        client.post(
            reverse("wagtailadmin_pages:copy", args=[original.pk]),
            {
                "new_title": "A copy",
                "new_slug": "a-copy",
                "new_parent_page": original.get_parent().pk,
            },
        )

    def by_the_api(self, original: Any, people: Any) -> None:
        Client(headers=bearer(people["superuser"])).post(
            f"/api/v3/pages/{original.pk}/actions/copy/",
            json.dumps({"slug": "a-copy", "destination_id": original.get_parent().pk}),
            content_type="application/json",
        )

    def in_code(self, original: Any, people: Any) -> None:
        original.copy(update_attrs={"slug": "a-copy"}, user=people["editor"])

    @pytest.mark.parametrize("way", ["by_the_form", "by_the_api", "in_code"])
    def test_whoever_wrote_it_is_an_author_of_the_copy(
        self, original: Any, people: Any, way: str
    ) -> None:
        getattr(self, way)(original, people)
        copy = MicroCredential.objects.get(slug="a-copy")
        assert str(person("committee", 2).pk) in authors_of(copy)

    def test_what_was_published_was_decided_and_recuses_nobody(
        self, original: Any, people: Any, seated: Any
    ) -> None:
        publish(original, person("editor"))
        edit(original, by=person("editor", 4), competency="New words.")
        self.by_the_form(original, people)
        copy = MicroCredential.objects.get(slug="a-copy")
        assert set(authors_of(copy)) == {str(person("editor", 4).pk), str(people["editor"].pk)}


class TestPresiding:
    """A chair who wrote it could choose the moment at which it is closed."""

    @pytest.fixture
    def own(self, root: Any, seated: Any) -> Any:
        offering = MicroCredentialFactory(parent=root, author=seated["chair"])
        submit(offering, person("editor"))
        approve(offering, person("department"))
        return offering

    def test_they_do_not_open_it(self, own: Any, seated: Any, signed_in: Any) -> None:
        with pytest.raises(DecisionRefused, match="another person who presides"):
            open_motion(stage_state(own), seated["chair"], Question())
        address = reverse("governance:open_motion", args=[own.pk])
        signed_in(seated["chair"]).post(address, {"purpose": "approve"})
        assert not Motion.objects.exists()

    def test_nor_close_it(self, own: Any, seated: Any, signed_in: Any) -> None:
        motion = open_vote(own)
        vote_all(motion)
        signed_in(seated["chair"]).post(reverse("governance:close_motion", args=[motion.pk]))
        assert not MotionResult.objects.exists()
        assert close_motion(motion, seated["secretary"]).outcome == MotionOutcome.CARRIED


class TestPresence:
    def test_an_alternate_who_wrote_it_makes_no_quorum(self, root: Any, seated: Any) -> None:
        stand_in = person("committee", 8)
        place = Seat.objects.get(terms__person=seated["second"])
        named = term(place, stand_in, is_alternate=True)
        offering = MicroCredentialFactory(parent=root, author=stand_in)
        submit(offering, person("editor"))
        approve(offering, person("department"))
        state = stage_state(offering)
        meeting = Meeting.objects.create(
            committee=place.committee,
            starts_at=state.started_at,
            place="Room 1",
            state=MeetingState.UNDER_WAY,
        )
        AgendaItem.objects.create(
            meeting=meeting,
            title=offering.title,
            offering_id=offering.pk,
            proposal_key=str(state.workflow_state_id),
            stage_key=str(state.task_id),
        )
        chairs = seated["chair"]
        for arriving in (named, Seat.objects.get(terms__person=chairs).terms.get()):
            record_arrival(meeting, seated["secretary"], arriving)
        motion = open_vote(offering, meeting=meeting)
        vote(motion, chairs)
        tally, _seats = tally_of(motion)
        assert (tally.present, tally.quorum, tally.outcome) == (1, 2, MotionOutcome.NO_QUORUM)


def test_a_person_with_two_seats_has_one_vote(proposal: Any, seated: Any, signed_in: Any) -> None:
    """Whoever gave the seats made a mistake that the forms refuse."""
    term(Seat.objects.get(terms__person=seated["third"]), seated["second"], is_alternate=True)
    motion = open_vote(proposal)
    client = signed_in(seated["second"])
    for place in motion.roster.all():
        client.post(
            reverse("governance:motion", args=[motion.pk]),
            {"choice": "yes", "content_hash": motion.content_hash, "roster_seat": place.pk},
        )
    assert tally_of(motion)[0].yes == 1


def test_after_declaring_a_conflict_there_is_no_way_back(
    motion: Motion, seated: Any, signed_in: Any
) -> None:
    stand_in = person("committee", 8)
    term(Seat.objects.get(terms__person=seated["second"]), stand_in, is_alternate=True)
    vote(motion, seated["second"], "recuse")
    for someone in (seated["second"], stand_in):
        signed_in(someone).post(
            reverse("governance:motion", args=[motion.pk]),
            {"choice": "yes", "comment": "", "content_hash": motion.content_hash},
        )
    tally, _seats = tally_of(motion)
    assert (tally.yes, tally.recused, tally.eligible) == (0, 1, 2)


def test_holder_and_alternate_have_one_vote_together(
    proposal: Any, seated: Any, signed_in: Any
) -> None:
    stand_in = person("committee", 8)
    term(Seat.objects.get(terms__person=seated["second"]), stand_in, is_alternate=True)
    motion = open_vote(proposal)
    for someone, choice in ((stand_in, "yes"), (seated["second"], "no"), (stand_in, "yes")):
        signed_in(someone).post(
            reverse("governance:motion", args=[motion.pk]),
            {"choice": choice, "comment": "", "content_hash": motion.content_hash},
        )
    tally, _seats = tally_of(motion)
    assert (tally.yes, tally.no) == (0, 1)


def test_having_every_permission_does_not_make_the_policys_owner(
    proposal: Any, people: Any, signed_in: Any
) -> None:
    for someone in (people["superuser"], people["department"], get_user_model()()):
        if someone.pk is not None:
            signed_in(someone).post(
                reverse("governance:act", args=[proposal.pk, "override"]),
                {
                    "reason": "Hurry.",
                    "instrument": "None",
                    "certain": "on",
                    "content_hash": shown(proposal),
                },
            )
    assert not Decision.objects.filter(outcome="overridden").exists()
    assert not PublishedVersion.objects.exists()
