"""One review from its self-study to its outcome: who may, on what, and what follows."""

import datetime
import json
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from credentials.models import Course, MicroCredential, ReviewDate
from credentials.people.roles import grant_roles
from credentials.policy.months import months_after
from tests.committee import seat_committee, vote_all
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.lifecycle import publish, revise
from tests.people import person
from tests.proposals import edit
from tests.workflows.reviews.reviewing import ANSWERS, opened, submitted
from workflows.admin.reviews.panel import revisions_of
from workflows.choices import Act, Office, Outcome, Purpose, ReviewResult, ReviewState
from workflows.committee.motions import open_review_motion
from workflows.committee.question import Question
from workflows.committee.results import close_motion
from workflows.exceptions import DecisionRefused
from workflows.models import (
    DecisionLetter,
    Motion,
    ProposalEvent,
    RetirementRequest,
    ReviewCycle,
    ReviewOutcome,
    ReviewSubmission,
)
from workflows.reviews.conclusion import Conclusion, conclude
from workflows.reviews.history import review_entries
from workflows.reviews.self_study import return_study, save_study, submit_study
from workflows.reviews.status import reviewed_between

pytestmark = pytest.mark.django_db

CONTINUE = Conclusion(ReviewResult.CONTINUE, "Still in demand.")
REVISE = Conclusion(ReviewResult.REVISE, "Add an outcome on lifts.")
RETIRE = Conclusion(ReviewResult.RETIRE, "Nobody asks for it.")


@pytest.fixture(scope="module")
def published(module_root: Any) -> tuple[int, int]:
    """The keys of a course and of a micro-credential that are on offer: made once for all tests."""
    grant_roles(module_root)
    made = [
        factory(parent=module_root, author=person("editor"), life="published")
        for factory in (CourseFactory, MicroCredentialFactory)
    ]
    return made[0].pk, made[1].pk


@pytest.fixture
def course(published: tuple[int, int], root: Any) -> Course:
    """A published course that one editor wrote."""
    return Course.objects.get(pk=published[0])


@pytest.fixture
def micro(published: tuple[int, int], root: Any) -> MicroCredential:
    """A published micro-credential that one editor wrote; its committee is seated."""
    return MicroCredential.objects.get(pk=published[1])


def finish(submission: ReviewSubmission, conclusion: Conclusion, by: Any = None) -> ReviewOutcome:
    """The Department concludes."""
    decider = by or person("department", 2)
    shown = submission.study_hash
    return conclude(submission.cycle, decider, conclusion, shown_hash=shown)


def move(submission: ReviewSubmission, purpose: Purpose = Purpose.CONTINUE, **more: Any) -> Motion:
    question = Question(**{"purpose": purpose, "text": "As the self-study says.", **more})
    return open_review_motion(submission, seat_committee()["secretary"], question)


def resolve(motion: Motion, choice: str = "yes") -> None:
    vote_all(motion, choice)
    close_motion(motion, seat_committee()["secretary"])


class TestTheSelfStudy:
    def test_is_saved_as_a_draft_and_submitted_when_it_is_whole(self, course: Any) -> None:
        cycle, writer = opened(course), person("editor")
        save_study(cycle, writer, {"outcomes": "Fine."})
        with pytest.raises(DecisionRefused, match="Fill in before you submit: assessments"):
            submit_study(cycle, writer)
        save_study(cycle, writer, ANSWERS)
        submission = submit_study(cycle, writer)
        assert submission.cycle.state == ReviewState.WITH_DECIDER
        with pytest.raises(DecisionRefused, match="not under way"):
            save_study(submission.cycle, writer, {"outcomes": "Better."})

    def test_to_retire_says_what_the_public_will_read(self, course: Any) -> None:
        cycle, writer = opened(course), person("editor")
        save_study(cycle, writer, ANSWERS | {"recommendation": "retire"})
        with pytest.raises(DecisionRefused, match="public note"):
            submit_study(cycle, writer)

    def test_keeps_the_record_that_it_was_written_on(self, course: Any) -> None:
        edit(course, fee="1.00")
        publish(course)
        submission = submitted(course, person("editor"))
        record = json.loads(json.dumps(submission.record))
        assert [item["code"] for item in record["outcomes"]] == ["LO1", "LO2"]
        assert record["assessments"][0]["title"] == "Observed transfer"
        assert record["version"] == 2
        assert record["awards"] is None

    def test_is_written_by_who_may_edit_the_offering(self, course: Any) -> None:
        cycle = opened(course)
        for stranger in (person("committee"), person("policy_owner")):
            with pytest.raises(DecisionRefused, match="editors"):
                save_study(cycle, stranger, ANSWERS)
        cycle.lead = person("committee")
        cycle.save()
        save_study(cycle, person("committee"), ANSWERS)

    def test_is_handed_back_with_a_reason(self, course: Any) -> None:
        submission = submitted(course, person("editor"))
        with pytest.raises(DecisionRefused, match="Say what is missing"):
            return_study(submission.cycle, person("department"), " ")
        with pytest.raises(DecisionRefused, match="Only those who decide"):
            return_study(submission.cycle, person("editor"), "More.")
        return_study(submission.cycle, person("department"), "Which figures?")
        with pytest.raises(DecisionRefused, match="No self-study"):
            finish(submission, CONTINUE)


class TestTheDepartmentDecidesOnCourses:
    def test_the_outcome_is_on_record_with_its_authority(self, course: Any) -> None:
        outcome = finish(submitted(course, person("editor")), CONTINUE)
        decision = outcome.decision
        assert decision.outcome == Outcome.CONTINUE
        assert decision.office == Office.DEPARTMENT.official_name
        assert decision.instrument == "ACD 1532: SH-3"
        assert decision.policy_version
        assert outcome.next_due_on == months_after(timezone.localdate(), 36)
        assert list(reviewed_between(outcome.reviewed_on, outcome.reviewed_on)) == [outcome]
        assert ReviewDate.objects.get().reference == outcome.cycle.reference

    def test_the_committee_decides_on_micro_credentials(self, micro: Any) -> None:
        with pytest.raises(DecisionRefused, match="by a motion"):
            finish(submitted(micro, person("editor")), CONTINUE)

    def test_nobody_decides_on_their_own(self, course: Any) -> None:
        wrote_it = person("editor")
        wrote_it.groups.add(*person("department").groups.all())
        submission = submitted(course, person("department", 3))
        for own in (wrote_it, person("department", 3)):
            with pytest.raises(DecisionRefused, match="recused"):
                finish(submission, CONTINUE, own)

    def test_who_changed_a_fee_only_is_no_author(self, course: Any) -> None:
        edit(course, person("department", 2), fee="1.00")
        publish(course)
        assert finish(submitted(course, person("editor")), CONTINUE)

    def test_the_decision_binds_to_what_was_read(self, course: Any) -> None:
        submission = submitted(course, person("editor"))
        with pytest.raises(DecisionRefused, match="changed since you read it"):
            conclude(submission.cycle, person("department", 2), CONTINUE, shown_hash="0" * 64)

    def test_other_content_published_meanwhile_is_not_decided_on(self, course: Any) -> None:
        submission = submitted(course, person("editor"))
        submission.cycle.trigger = "department"  # so that the change does not overtake it
        submission.cycle.save()
        revise(course, title="Another course")
        with pytest.raises(DecisionRefused, match="Other content has been published"):
            finish(submission, CONTINUE)

    def test_reasons_and_a_day_to_come_are_asked_for(self, course: Any) -> None:
        submission = submitted(course, person("editor"))
        with pytest.raises(DecisionRefused, match="reasons"):
            finish(submission, Conclusion(ReviewResult.CONTINUE, " "))
        with pytest.raises(DecisionRefused, match="in the future"):
            finish(submission, Conclusion(ReviewResult.CONTINUE, "Yes.", timezone.localdate()))


class TestWhatFollows:
    def test_to_revise_asks_the_editor_for_a_proposal(self, course: Any) -> None:
        finish(submitted(course, person("editor")), REVISE)
        event = ProposalEvent.objects.get(kind=Act.REVISION_ASKED)
        assert event.text == "Add an outcome on lifts."
        assert [item.offering_id for item in revisions_of(person("editor"))] == [course.pk]
        assert not revisions_of(person("department", 2))

    def test_the_request_for_a_revision_ends_when_one_is_approved(self, course: Any) -> None:
        finish(submitted(course, person("editor")), REVISE)
        revise(course, fee="1.00")
        assert revisions_of(person("editor")), "a fee is no revision"
        revise(course, title="With lifts")
        assert not revisions_of(person("editor"))

    def test_to_retire_makes_a_request_that_another_person_decides(self, course: Any) -> None:
        note = {"recommendation": "retire", "public_note": "No longer offered."}
        outcome = finish(submitted(course, person("editor"), **note), RETIRE)
        request = RetirementRequest.objects.get()
        assert outcome.retirement == request
        assert request.note == "No longer offered."
        assert request.requested_by_key == str(person("department", 2).pk)

    def test_the_letter_says_outcome_reasons_and_next_day(
        self, course: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            finish(submitted(course, person("editor")), CONTINUE)
        letter = DecisionLetter.objects.order_by("pk").last()
        assert letter is not None
        text = " ".join(section["text"] for section in letter.sections)
        assert "Still in demand." in text
        assert "The next review is due on" in text
        assert person("editor").email in {to for message in mail.outbox for to in message.to}

    def test_its_story_can_be_told(self, course: Any) -> None:
        finish(submitted(course, person("editor")), CONTINUE)
        told = [entry.what for entry in review_entries(course)]
        assert any("Review concluded" in what for what in told)
        assert any("Self-study submitted" in what for what in told)


@pytest.mark.clause("MC-8")
class TestTheCommitteeDecidesByMotion:
    def test_a_carried_motion_concludes_with_the_day_it_sets(self, micro: Any) -> None:
        submission = submitted(micro, person("editor"))
        day = timezone.localdate() + datetime.timedelta(days=200)
        resolve(move(submission, next_review_on=day))
        outcome = ReviewOutcome.objects.get()
        assert outcome.result == ReviewResult.CONTINUE
        assert outcome.decision.motion is not None
        assert outcome.decision.instrument == "ACD 1532: CP-4, MC-8"
        assert ReviewCycle.objects.standing().get(offering=micro.pk).due_on == day

    def test_a_defeated_one_decides_nothing_and_another_can_be_put(self, micro: Any) -> None:
        submission = submitted(micro, person("editor"))
        resolve(move(submission), "no")
        assert not ReviewOutcome.objects.exists()
        with pytest.raises(DecisionRefused, match="defeated this"):
            move(submission)
        resolve(move(submission, Purpose.REVISE))
        assert ReviewOutcome.objects.get().result == ReviewResult.REVISE

    def test_a_member_who_wrote_it_is_recused(self, root: Any) -> None:
        people = seat_committee()
        grant_roles(root)
        micro = MicroCredentialFactory(parent=root, author=people["second"], life="published")
        motion = move(submitted(micro, person("editor")))
        assert [seat.holder_name for seat in motion.roster.filter(is_recused=True)] == [
            people["second"].first_name
        ]

    def test_content_that_changes_voids_the_motion(self, micro: Any) -> None:
        submission = submitted(micro, person("editor"))
        submission.cycle.trigger = "department"
        submission.cycle.save()
        motion = move(submission)
        vote_all(motion)
        revise(micro, title="Another title")
        close_motion(motion, seat_committee()["secretary"])
        assert Motion.objects.get(pk=motion.pk).result.outcome == "void"
        assert not ReviewOutcome.objects.exists()

    def test_only_an_outcome_of_a_review_can_be_moved(self, micro: Any) -> None:
        submission = submitted(micro, person("editor"))
        with pytest.raises(DecisionRefused, match="continue, to revise or to retire"):
            move(submission, Purpose.APPROVE)
