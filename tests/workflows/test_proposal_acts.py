"""The proposal's page offers each person what they may do at the stage where it stands."""

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from wagtail_factories import DocumentFactory

from credentials.choices import CreditBasis
from tests.committee import defeat, open_vote, seat_committee, term, vote
from tests.factories import AcademicUnitFactory, CourseFactory, MicroCredentialFactory
from tests.people import approver, person
from tests.proposals import approve, draft, request_changes, shown, stage_state, submit
from workflows.choices import MotionOutcome, Office, Outcome
from workflows.committee.results import close_due_motions, close_motion
from workflows.models import Decision, Motion, ProposalEvent, Seat
from workflows.proposals.actions import ask_comment
from workflows.proposals.retirement import request_retirement

pytestmark = pytest.mark.django_db


def page_of(offering: Any) -> str:
    return reverse("governance:proposal", args=[offering.pk])


def act_page(offering: Any, act: str) -> str:
    return reverse("governance:act", args=[offering.pk, act])


def test_who_records_an_outside_outcome_can_ask_for_changes_instead(
    root: Any, people: Any, client: Client
) -> None:
    offering = MicroCredentialFactory(
        parent=root,
        credit_basis=CreditBasis.FAC,
        iqap_reference="IQAP 2026-14",
        iqap_date=datetime.date(2026, 5, 4),
        iqap_document=DocumentFactory(title="Outcome"),
        academic_unit=AcademicUnitFactory(),
    )
    submit(offering, people["editor"])
    client.force_login(people["department"])
    page = client.get(page_of(offering)).content.decode()
    assert 'value="changes_requested"' in page and 'value="approved"' not in page
    answer = {"comment": "Attach the letter.", "content_hash": shown(offering)}
    client.post(page_of(offering), answer | {"outcome": "approved"})
    assert not Decision.objects.exists()
    client.post(page_of(offering), answer | {"outcome": "changes_requested"})
    assert Decision.objects.get().outcome == Outcome.CHANGES_REQUESTED


@pytest.mark.clause("MC-2")
def test_the_author_sees_the_route_from_the_draft_on(
    root: Any, people: Any, client: Client
) -> None:
    offering = CourseFactory(parent=root, author=people["editor"])
    client.force_login(people["editor"])
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[offering.pk])).content.decode()
    assert "See its route" in editor and page_of(offering) in editor
    route = client.get(page_of(offering)).content.decode()
    assert "Department approval" in route and "To come" in route


@pytest.mark.clause("MC-2")
@pytest.mark.parametrize("factory", [MicroCredentialFactory, CourseFactory])
def test_the_way_of_a_retirement_is_drawn(
    root: Any, people: Any, client: Client, factory: Any
) -> None:
    offering = factory(parent=root, life="published")
    asked = request_retirement(
        offering, people["department"], action="retire", note="Replaced.", reason="Old."
    )
    client.force_login(people["committee"])
    page = client.get(reverse("governance:retirement", args=[asked.pk])).content.decode()
    decides = "Committee" if factory is MicroCredentialFactory else "Department"
    assert f"{decides} decision on the end" in page
    assert page.count('aria-current="step"') == 1


def test_what_was_sent_back_is_withdrawn_by_its_author(
    root: Any, people: Any, client: Client
) -> None:
    course = CourseFactory(parent=root, author=people["editor"])
    submit(course, people["editor"])
    request_changes(course, people["department"])
    client.force_login(people["editor"])
    assert act_page(course, "withdraw") in client.get(page_of(course)).content.decode()
    client.post(act_page(course, "withdraw"), {"reason": "No partner.", "certain": "on"})
    assert draft(course).current_workflow_state is None


def test_the_unit_that_was_asked_reads_and_answers(root: Any, people: Any, client: Client) -> None:
    course = CourseFactory(parent=root, academic_unit=AcademicUnitFactory())
    submit(course, people["editor"])
    unit = approver(draft(course))
    unit.user_permissions.add(Permission.objects.get(codename="access_admin"))
    approve(course, unit)
    asked = ask_comment(stage_state(course), people["department"], Office.UNIT, "Who teaches it?")
    client.force_login(unit)
    assert "Who teaches it?" in client.get(page_of(course)).content.decode()
    address = f"{act_page(course, 'give_comment')}?question={asked.pk}"
    client.post(address, {"text": "Our own staff."})
    assert ProposalEvent.objects.get(answers=asked).text == "Our own staff."


class TestReconsideration:
    @pytest.fixture
    def defeated(self, root: Any, people: Any) -> Any:
        """A proposal that the committee defeated, submitted to it again unchanged."""
        offering = MicroCredentialFactory(parent=root, author=people["editor"])
        submit(offering, people["editor"])
        approve(offering, people["department"])
        return offering

    def resubmit(self, offering: Any) -> None:
        draft(offering).current_workflow_state.resume(user=None)

    def test_after_an_attempt_without_quorum_it_can_be_moved_again(
        self, defeated: Any, client: Client, monkeypatch: Any
    ) -> None:
        first, seated = defeat(defeated), seat_committee()
        self.resubmit(defeated)
        attempt = open_vote(defeated, reconsiders=first, moved_by="Committee-2")
        late = attempt.closes_at + datetime.timedelta(minutes=1)
        with monkeypatch.context() as patch:
            patch.setattr("django.utils.timezone.now", lambda: late)
            close_due_motions()
        attempt = Motion.objects.get(pk=attempt.pk)
        assert attempt.result.outcome == MotionOutcome.NO_QUORUM
        client.force_login(seated["chair"])
        address = reverse("governance:open_motion", args=[defeated.pk])
        client.post(address, {"purpose": "approve", "moved_by": "Committee-2"})
        assert Motion.objects.latest("pk").reconsiders == attempt

    def test_an_alternate_who_voted_against_can_move_it(
        self, defeated: Any, client: Client
    ) -> None:
        seated = seat_committee()
        stand_in = person("committee", 8)
        term(Seat.objects.get(terms__person=seated["third"]), stand_in, is_alternate=True)
        motion = open_vote(defeated)
        vote(motion, seated["chair"], "abstain")
        vote(motion, seated["second"], "abstain")
        vote(motion, stand_in, "no")
        close_motion(motion, seated["secretary"])
        self.resubmit(defeated)
        client.force_login(seated["chair"])
        address = reverse("governance:open_motion", args=[defeated.pk])
        assert "Committee-8" in client.get(address).content.decode()
        client.post(address, {"purpose": "approve", "moved_by": "Committee-8"})
        assert Motion.objects.latest("pk").reconsiders == motion
