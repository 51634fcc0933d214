"""What is changed while a vote is open: content, rules, seats, people, revisions."""

import datetime
import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from credentials.models import PublishedVersion
from tests.committee import carry, committee, open_vote, seat, term, vote, vote_all
from tests.people import person
from tests.proposals import draft, edit, latest_revision, stage_state
from tests.tokens import bearer
from workflows.choices import MajorityBasis, MotionOutcome, QuorumBasis, SeatRole
from workflows.committee.conditions import confirm_condition
from workflows.committee.results import close_motion, tally_of
from workflows.committee.rules import make_rules
from workflows.exceptions import DecisionRefused
from workflows.models import Ballot, CommitteeRules, Decision, Motion, Seat, SeatTerm

pytestmark = pytest.mark.django_db

SECRET = "Unapproved words"


@pytest.fixture
def keeper(root: Any) -> Any:
    """Somebody who may change the committee's seats and rules, and see the admin."""
    user = get_user_model().objects.create_user("keeper")
    codenames = ("change_committee", "access_admin")
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    return user


class TestContent:
    def by_autosave(self, proposal: Any) -> None:
        """As the editor's autosave does: the newest revision is overwritten."""
        page, newest = draft(proposal), latest_revision(proposal)
        page.competency = SECRET
        page.save_revision(user=newest.user, overwrite_revision=newest)

    def by_a_new_draft(self, proposal: Any) -> None:
        edit(proposal, by=person("editor"), competency=SECRET)

    def in_the_revision_itself(self, proposal: Any) -> None:
        newest = latest_revision(proposal)
        newest.content["competency"] = SECRET
        Revision.objects.filter(pk=newest.pk).update(content=newest.content)

    def by_api(self, proposal: Any) -> None:
        user = get_user_model().objects.create_superuser("api")
        Client(headers=bearer(user)).patch(
            f"/api/v3/pages/{proposal.pk}/",
            json.dumps({"competency": SECRET, "meta": {"type": "credentials.MicroCredential"}}),
            content_type="application/json",
        )

    @pytest.mark.parametrize(
        "way", ["by_autosave", "by_a_new_draft", "in_the_revision_itself", "by_api"]
    )
    def test_ballots_on_other_words_publish_nothing(
        self, motion: Motion, proposal: Any, seated: Any, way: str
    ) -> None:
        vote_all(motion)
        getattr(self, way)(proposal)
        is_changed = draft(proposal).competency == SECRET
        result = close_motion(motion, seated["secretary"])
        if is_changed:
            assert result.outcome == MotionOutcome.VOID
            assert not PublishedVersion.objects.exists()
            assert not Decision.objects.filter(motion__isnull=False).exists()
            with pytest.raises(DecisionRefused, match="has changed since it was submitted"):
                open_vote(proposal)
        else:
            assert SECRET not in PublishedVersion.objects.get().approval.content
        assert Ballot.objects.count() == 3

    @pytest.mark.parametrize("way", ["by_autosave", "in_the_revision_itself"])
    def test_nor_after_it_was_carried_on_condition(
        self, proposal: Any, seated: Any, way: str
    ) -> None:
        condition = carry(proposal, conditions=("Hire staff.",)).conditions.get()
        getattr(self, way)(proposal)
        with pytest.raises(DecisionRefused, match="changed since the vote"):
            confirm_condition(condition, seated["secretary"], "Done.")
        assert not PublishedVersion.objects.exists()

    def test_autosave_in_the_editor_is_refused(
        self,
        motion: Motion,
        proposal: Any,
        people: Any,
        signed_in: Any,
        send_form: Any,
    ) -> None:
        vote_all(motion)
        newest = latest_revision(proposal)
        for someone in (person("editor"), people["editor"], people["superuser"]):
            values = {"competency": SECRET, "overwrite_revision_id": newest.pk}
            send_form(signed_in(someone), proposal, **values)
        assert draft(proposal).competency != SECRET
        assert close_motion(motion, person("committee", 9)).outcome == MotionOutcome.CARRIED


class TestRules:
    EASIER = {
        "quorum_basis": QuorumBasis.NUMBER,
        "quorum": 1,
        "majority_basis": MajorityBasis.CAST,
        "threshold": "more_than_half",
        "tie_break": "chair",
        "notice_days": 0,
        "e_vote_hours": 1,
    }

    def test_an_open_motion_keeps_those_it_was_opened_under(
        self, motion: Motion, seated: Any, keeper: Any, monkeypatch: Any
    ) -> None:
        vote(motion, seated["chair"])
        make_rules(committee(), keeper, **self.EASIER, reason="We want it through.")
        after = motion.closes_at + datetime.timedelta(seconds=1)
        monkeypatch.setattr(timezone, "now", lambda: after)
        result = close_motion(motion, seated["secretary"])
        assert (result.outcome, result.quorum) == (MotionOutcome.NO_QUORUM, 2)
        assert not PublishedVersion.objects.exists()

    def test_nobody_else_makes_rules(
        self, motion: Motion, seated: Any, people: Any, signed_in: Any
    ) -> None:
        address = reverse("governance:committee_rules", args=[committee().pk])
        for someone in (*seated.values(), people["committee"], people["editor"]):
            with pytest.raises(DecisionRefused):
                make_rules(committee(), someone, **self.EASIER, reason="We want it through.")
            signed_in(someone).post(address, self.EASIER | {"reason": "We want it through."})
        assert CommitteeRules.objects.count() == 1


class TestSeats:
    def test_packing_the_committee_changes_no_count(self, motion: Motion, seated: Any) -> None:
        vote(motion, seated["chair"], "yes")
        vote(motion, seated["second"], "no")
        vote(motion, seated["third"], "no")
        for number in range(10, 14):
            seat(person("committee", number))
            with pytest.raises(DecisionRefused):
                vote(motion, person("committee", number))
        assert close_motion(motion, seated["secretary"]).outcome == MotionOutcome.DEFEATED

    def test_taking_seats_away_changes_no_count(self, motion: Motion, seated: Any) -> None:
        vote(motion, seated["chair"], "yes")
        vote(motion, seated["second"], "no")
        vote(motion, seated["third"], "no")
        against = Seat.objects.filter(terms__person__in=[seated["second"], seated["third"]])
        against.update(abolished_on=timezone.localdate(), votes=False, role=SeatRole.NON_VOTING)
        SeatTerm.objects.filter(seat__in=against).update(
            ends_on=timezone.localdate() - datetime.timedelta(days=1)
        )
        result = close_motion(motion, seated["chair"])
        assert (result.yes, result.no, result.eligible) == (1, 2, 3)
        assert not PublishedVersion.objects.exists()

    def test_making_a_member_chair_gives_no_second_vote(self, motion: Motion, seated: Any) -> None:
        vote(motion, seated["chair"], "no")
        vote(motion, seated["second"], "yes")
        vote(motion, seated["third"], "abstain")
        Seat.objects.filter(terms__person=seated["chair"]).update(role=SeatRole.VOTING)
        Seat.objects.filter(terms__person=seated["second"]).update(role=SeatRole.CHAIR)
        result = close_motion(motion, seated["secretary"])
        assert (result.outcome, result.casting_vote) == (MotionOutcome.DEFEATED, False)

    def test_an_alternate_named_later_has_no_vote(self, motion: Motion, seated: Any) -> None:
        place = Seat.objects.get(terms__person=seated["second"])
        term(place, person("committee", 20), is_alternate=True)
        with pytest.raises(DecisionRefused):
            vote(motion, person("committee", 20))


class TestPeople:
    def test_deleting_members_who_voted_loses_no_ballot(self, motion: Motion, seated: Any) -> None:
        vote(motion, seated["chair"], "yes")
        vote(motion, seated["second"], "no")
        vote(motion, seated["third"], "no")
        before = list(Ballot.objects.values())
        get_user_model().objects.filter(pk__in=[seated["second"].pk, seated["third"].pk]).delete()
        result = close_motion(motion, seated["secretary"])
        assert (result.yes, result.no) == (1, 2)
        assert list(Ballot.objects.values()) == before
        assert not PublishedVersion.objects.exists()

    def test_deleting_those_who_have_not_voted_makes_no_quorum(
        self, motion: Motion, seated: Any, monkeypatch: Any
    ) -> None:
        vote(motion, seated["chair"])
        get_user_model().objects.exclude(
            pk__in=[seated["chair"].pk, seated["secretary"].pk]
        ).delete()
        with pytest.raises(DecisionRefused, match="ends early"):
            close_motion(motion, seated["secretary"])
        after = motion.closes_at + datetime.timedelta(seconds=1)
        monkeypatch.setattr(timezone, "now", lambda: after)
        assert close_motion(motion, seated["chair"]).outcome == MotionOutcome.NO_QUORUM

    def test_a_new_account_of_the_same_name_has_no_vote(self, motion: Motion, seated: Any) -> None:
        facts = {"username": seated["second"].username, "first_name": "Committee-2"}
        seated["second"].delete()
        twin = get_user_model().objects.create_user(**facts)
        with pytest.raises(DecisionRefused):
            vote(motion, twin)


def test_purging_revisions_loses_nothing(motion: Motion, proposal: Any, seated: Any) -> None:
    vote(motion, seated["chair"])
    vote(motion, seated["second"])
    for _time in range(2):
        call_command("purge_revisions", verbosity=0)
    assert Motion.objects.get(pk=motion.pk).is_open
    assert stage_state(proposal).task.name == "Committee approval"
    vote(motion, seated["third"], "no")
    assert tally_of(motion)[0].yes == 2
    result = close_motion(motion, seated["secretary"])
    call_command("purge_revisions", verbosity=0)
    assert (result.yes, result.no) == (2, 1)
    assert PublishedVersion.objects.get().content_hash == motion.content_hash


def test_purging_revisions_while_conditions_are_open(proposal: Any, seated: Any) -> None:
    motion = carry(proposal, conditions=("Hire staff.",))
    call_command("purge_revisions", verbosity=0)
    confirm_condition(motion.conditions.get(), seated["secretary"], "Done.")
    assert PublishedVersion.objects.get().content_hash == motion.content_hash
