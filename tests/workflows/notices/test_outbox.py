"""Who is told what: each once, with what it tells of, and as they want it."""

import datetime
import logging
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from credentials.conf import conf
from credentials.people.actors import name_of
from tests.committee import carry, defeat, open_vote, seat_committee
from tests.factories import AcademicUnitFactory, CourseFactory, MicroCredentialFactory
from tests.people import approver, person
from tests.proposals import approve, draft, request_changes, stage_state, submit
from workflows.choices import Delivery, Office
from workflows.models import Ballot, DecisionLetter, Notification, NotificationPreference
from workflows.notices.outbox import Message, deliver, send_digests, send_unsent, tell
from workflows.proposals.actions import ask_comment, assign, override

pytestmark = pytest.mark.django_db


def keys_of(someone: Any, start: str = "") -> list[str]:
    """Keys of what was written to a person."""
    rows = Notification.objects.filter(recipient=someone, key__startswith=start).order_by("pk")
    return [row.key for row in rows]


@pytest.fixture
def proposal(root: Any) -> Any:
    """A micro-credential of a unit, submitted by an editor."""
    person("department")
    offering = MicroCredentialFactory(parent=root, academic_unit=AcademicUnitFactory())
    approver(draft(offering))
    submit(offering, person("editor"))
    return offering


def test_those_who_decide_learn_that_it_waits_for_them(proposal: Any) -> None:
    assert keys_of(approver(draft(proposal)), "stage:") != []
    assert keys_of(person("department"), "stage:") == []
    approve(proposal, approver(draft(proposal)))
    assert len(keys_of(person("department"), "stage:")) == 1
    assert keys_of(person("editor"), "stage:") == []


def test_a_comment_given_with_an_approval_reaches_the_proposer(proposal: Any) -> None:
    approve(proposal, approver(draft(proposal)), comment="Our laboratory is free on Fridays.")
    said = Notification.objects.filter(recipient=person("editor"), key__startswith="decision:")
    assert "free on Fridays" in said.get().body


def test_a_later_refusal_reaches_those_who_approved_before(proposal: Any) -> None:
    unit = approver(draft(proposal))
    approve(proposal, unit)
    approve(proposal, person("department"))
    defeat(proposal)
    last = f"decision:{stage_decision(proposal)}"
    for someone in (unit, person("department"), person("editor")):
        assert last in keys_of(someone)


def stage_decision(offering: Any) -> int:
    return int(offering.decisions.order_by("pk").last().pk)


def test_an_override_reaches_the_policys_owner_at_once(proposal: Any) -> None:
    from_office = person("policy_owner")
    from_office.groups.add(Group.objects.get(name=conf().ROLE_GROUPS["policy_owner"]))
    NotificationPreference.objects.create(person=from_office, delivery=Delivery.NONE)
    owner = person("policy_owner", 2)
    owner.is_superuser = True
    owner.save()
    override(stage_state(proposal), owner, "The ward closes on Friday.", "Minute 7")
    row = Notification.objects.get(recipient=from_office, key__startswith="override:")
    assert row.is_urgent
    assert "The ward closes on Friday." in row.body


def test_voters_learn_until_when_and_members_what_became_of_it(proposal: Any) -> None:
    approve(proposal, approver(draft(proposal)))
    approve(proposal, person("department"))
    seated = seat_committee()
    motion = carry(proposal)
    assert f"motion:{motion.pk}" in keys_of(seated["second"])
    assert f"motion:{motion.pk}" not in keys_of(seated["secretary"])
    for member in seated.values():
        assert f"result:{motion.pk}" in keys_of(member)


def test_questions_and_assignments_reach_whom_they_concern(proposal: Any) -> None:
    approve(proposal, approver(draft(proposal)))
    state = stage_state(proposal)
    asked = ask_comment(state, person("department"), Office.UNIT, "Who teaches it?")
    assert f"event:{asked.pk}" in keys_of(approver(draft(proposal)))
    assigned = assign(state, person("department"), person("department", 2))
    assert keys_of(person("department", 2), "event:") == [f"event:{assigned.pk}"]


def test_a_message_is_sent_once_however_often_it_is_told(
    root: Any, django_capture_on_commit_callbacks: Any
) -> None:
    course = CourseFactory(parent=root)
    person("department")
    with django_capture_on_commit_callbacks(execute=True):
        submit(course, person("editor"))
    assert [message.to for message in mail.outbox] == [["department-1@example.org"]]
    assert "/admin/governance/proposals/" in mail.outbox[0].body
    row = Notification.objects.get()
    message = Message(row.key, "stage", {"title": "Again", "stage": "Again"})
    with django_capture_on_commit_callbacks(execute=True):
        assert tell([person("department")], message) == 0
    assert deliver(row.pk) is False
    for _run in range(2):
        call_command("run_due_jobs", only=["messages", "digests"])
    assert len(mail.outbox) == 1


def test_what_did_not_happen_is_told_to_nobody(root: Any) -> None:
    course = CourseFactory(parent=root)
    person("department")
    with pytest.raises(RuntimeError), transaction.atomic():
        submit(course, person("editor"))
        raise RuntimeError
    assert not Notification.objects.exists()
    assert mail.outbox == []


def test_a_mail_server_that_fails_breaks_nothing_and_is_tried_again(
    root: Any, django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture
) -> None:
    course = CourseFactory(parent=root)
    person("department")
    with (
        override_settings(EMAIL_BACKEND="tests.workflows.notices.test_outbox.Broken"),
        caplog.at_level(logging.ERROR),
        django_capture_on_commit_callbacks(execute=True),
    ):
        submit(course, person("editor"))
    assert stage_state(course) is not None
    assert "example.org" not in caplog.text
    assert Notification.objects.get().sent_at is None
    assert send_unsent() == 1
    assert len(mail.outbox) == 1


def Broken(*args: Any, **kwargs: Any) -> Any:
    raise ConnectionRefusedError("department-1@example.org")


def test_a_digest_gathers_what_came_and_waits_for_its_day(
    root: Any, django_capture_on_commit_callbacks: Any
) -> None:
    NotificationPreference.objects.create(person=person("department"), delivery=Delivery.DAILY)
    with django_capture_on_commit_callbacks(execute=True):
        for _course in range(2):
            submit(CourseFactory(parent=root), person("editor"))
    assert mail.outbox == []
    assert send_digests() == 1
    assert mail.outbox[0].body.count("To decide") == 2
    with django_capture_on_commit_callbacks(execute=True):
        submit(CourseFactory(parent=root), person("editor"))
    assert send_digests() == 0
    yesterday = timezone.now() - datetime.timedelta(days=1, minutes=1)
    Notification.objects.filter(sent_at__isnull=False).update(sent_at=yesterday)
    assert send_digests() == 1


def test_who_wants_no_mail_gets_only_what_is_urgent(
    root: Any, django_capture_on_commit_callbacks: Any
) -> None:
    for someone in (person("department"), person("editor")):
        NotificationPreference.objects.create(person=someone, delivery=Delivery.NONE)
    course = CourseFactory(parent=root)
    with django_capture_on_commit_callbacks(execute=True):
        submit(course, person("editor"))
        request_changes(course, person("department"), comment="Explain the fee.")
    call_command("run_due_jobs", only=["messages", "digests"])
    assert [message.to for message in mail.outbox] == [["editor-1@example.org"]]
    assert "Explain the fee." in mail.outbox[0].body


def test_who_wants_mail_again_is_not_flooded_with_what_came_meanwhile(
    root: Any, django_capture_on_commit_callbacks: Any
) -> None:
    wish = NotificationPreference.objects.create(
        person=person("department"), delivery=Delivery.NONE
    )
    with django_capture_on_commit_callbacks(execute=True):
        submit(CourseFactory(parent=root), person("editor"))
    for delivery in (Delivery.AT_ONCE, Delivery.DAILY):
        wish.delivery = delivery
        wish.save()
        assert (send_unsent(), send_digests()) == (0, 0)
    assert mail.outbox == []


def test_a_process_that_dies_while_sending_leaves_nothing_to_be_sent_twice(root: Any) -> None:
    person("department")
    submit(CourseFactory(parent=root), person("editor"))
    row = Notification.objects.get()
    with (
        override_settings(EMAIL_BACKEND="tests.workflows.notices.test_outbox.Dying"),
        pytest.raises(SystemExit),
    ):
        deliver(row.pk)
    assert send_unsent() == 0
    assert mail.outbox == []


def Dying(*args: Any, **kwargs: Any) -> Any:
    raise SystemExit


def test_a_vote_whose_time_has_run_out_is_closed_by_the_clock(proposal: Any) -> None:
    approve(proposal, approver(draft(proposal)))
    approve(proposal, person("department"))
    motion = open_vote(proposal)
    call_command("run_due_jobs", only=["close-votes"])
    assert motion.is_open
    with pytest.MonkeyPatch.context() as patch:
        later = motion.closes_at + datetime.timedelta(minutes=1)
        patch.setattr(timezone, "now", lambda: later)
        call_command("run_due_jobs", only=["close-votes"])
    motion.refresh_from_db()
    assert motion.result.outcome == "no_quorum"


def test_the_last_decision_leaves_a_letter_that_names_no_members_vote(proposal: Any) -> None:
    approve(proposal, approver(draft(proposal)))
    approve(proposal, person("department"))
    assert not DecisionLetter.objects.exists()
    carry(proposal, conditions=(), text="Approved as proposed.")
    letter = DecisionLetter.objects.get()
    said = " ".join(section["text"] for section in letter.sections)
    for words in ("Approved", "3 of 3 seats present", "MC-1", "It is published."):
        assert words in said
    unit = approver(draft(proposal))
    assert letter.addressees == sorted(["Editor-1", name_of(unit)])
    assert keys_of(unit, "decision:")[-1] == f"decision:{letter.decision_id}"
    for ballot in Ballot.objects.all():
        assert ballot.cast_by_name not in said
    row = Notification.objects.get(recipient=person("editor"), key=f"decision:{letter.decision_id}")
    assert letter.reference in row.body


def test_a_refusal_is_a_letter_with_reasons_and_the_next_step(root: Any) -> None:
    course = CourseFactory(parent=root)
    submit(course, person("editor"))
    request_changes(course, person("department"), comment="Explain the fee.")
    letter = DecisionLetter.objects.get()
    texts = {section["heading"]: section["text"] for section in letter.sections}
    assert texts["Reasons"] == "Explain the fee."
    assert "submit it again" in texts["What comes next"]
