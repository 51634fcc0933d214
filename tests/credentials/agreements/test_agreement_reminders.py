"""Reminders of agreements: before they lapse, when they have, and of missing signatures (MC-6)."""

import datetime
from collections import Counter
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.utils import timezone

from credentials.agreements import versions
from credentials.agreements.reminder_log import remind_once
from credentials.agreements.reminders import occasion_on
from credentials.agreements.signatures import Method, Signatory, sign
from credentials.conf import conf
from credentials.models import Agreement, Reminder, SigningInvitation
from tests.credentials.agreements.papers import EMPLOYER, letters_to, link_in

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MC-6")]
ACCOUNT = "DEPARTMENT@example.org"


@pytest.fixture
def signed(agreement: Agreement) -> Agreement:
    """Signed by everyone, ending in 120 days."""
    ends_on = timezone.localdate() + datetime.timedelta(days=120)
    Agreement.objects.filter(pk=agreement.pk).update(ends_on=ends_on)
    agreement.refresh_from_db()
    for party in agreement.parties.all():
        sign(party, Signatory(party.signatory_name), Method.LINK, agreement.terms_hash)
    mail.outbox.clear()
    return agreement


def remind() -> Counter[str]:
    """Run the job twice, as a careless schedule does: how many messages went to whom."""
    mail.outbox.clear()
    for _run in range(2):
        call_command("run_due_jobs", only=["agreement-reminders"])
    return Counter(letter.to[0] for letter in mail.outbox)


def test_everyone_is_reminded_once_of_each_occasion(signed: Agreement, clock: Any) -> None:
    everyone = Counter([ACCOUNT, EMPLOYER, conf().CONTACT_EMAIL])
    assert not remind()
    subjects = []
    for days in (30, 60, 23, 8):  # 90, 30, 7 days before, and the day after
        clock(days=days)
        assert remind() == everyone
        subjects.append(mail.outbox[0].subject)
        clock(days=0)
        assert not remind()
    assert [subject.rpartition("Transfer ")[2] for subject in subjects] == [
        "ends in 90 days",
        "ends in 30 days",
        "ends in 7 days",
        "has lapsed",
    ]


def test_a_job_that_did_not_run_for_a_while_sends_the_latest_only(
    signed: Agreement, clock: Any
) -> None:
    clock(days=115)
    assert remind() == Counter([ACCOUNT, EMPLOYER, conf().CONTACT_EMAIL])
    assert "ends in 5 days" in mail.outbox[0].subject


@pytest.mark.parametrize(
    ("left", "occasion"),
    [
        (91, ""),
        (90, "90 days"),
        (31, "90 days"),
        (30, "30 days"),
        (8, "30 days"),
        (7, "7 days"),
        (0, "7 days"),
        (-1, "lapsed"),
        (-400, "lapsed"),
    ],
)
def test_occasions(left: int, occasion: str) -> None:
    day = datetime.date(2026, 11, 23)
    assert occasion_on(day + datetime.timedelta(days=left), day) == occasion


def test_only_people_of_the_admin_are_sent_there(signed: Agreement, clock: Any) -> None:
    clock(days=30)
    remind()
    assert "/admin/" in letters_to(ACCOUNT)[0].body
    assert "/admin/" not in letters_to(EMPLOYER)[0].body
    assert conf().CONTACT_EMAIL in letters_to(EMPLOYER)[0].body


def test_versions_that_do_not_count_remind_nobody(
    signed: Agreement, people: Any, clock: Any
) -> None:
    second = versions.new_version(signed, people["editor"])
    Agreement.objects.filter(pk=second.pk).update(ends_on=None)
    versions.open_for_signature(second, people["editor"])
    versions.cancel(second, people["editor"])
    versions.cancel(signed, people["editor"])
    clock(days=200)
    assert not remind()


def test_who_has_not_signed_after_a_week_is_asked_once_more(
    agreement: Agreement, department: Any, clock: Any
) -> None:
    sign(department, Signatory("Department"), Method.ADMIN, agreement.terms_hash)
    clock(days=6)
    assert not remind()
    clock(days=1)
    assert remind() == Counter([EMPLOYER])
    (letter,) = mail.outbox
    assert letter.subject.startswith("Reminder")
    assert link_in(letter).startswith("/credentials/agreements/")
    clock(days=20)
    assert not remind()


def test_who_has_an_account_is_asked_to_sign_in(agreement: Agreement, clock: Any) -> None:
    clock(days=7)
    assert remind() == Counter([ACCOUNT, EMPLOYER])
    assert f"/admin/agreements/{agreement.pk}/" in letters_to(ACCOUNT)[0].body
    assert SigningInvitation.objects.count() == 1


def test_what_could_not_be_sent_is_tried_again(
    signed: Agreement, clock: Any, monkeypatch: Any, caplog: Any
) -> None:
    clock(days=30)
    mail.outbox.clear()
    really_send = EmailMessage.send

    def refuse_one(self: EmailMessage, *args: Any, **kwargs: Any) -> int:
        if self.to == [EMPLOYER]:
            raise OSError(f"no mail server for {EMPLOYER}")
        return really_send(self, *args, **kwargs)

    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", refuse_one)
        with pytest.raises(CommandError, match="Not everything was done: agreement-reminders"):
            call_command("run_due_jobs", only=["agreement-reminders"])
    assert EMPLOYER not in caplog.text
    assert {letter.to[0] for letter in mail.outbox} == {ACCOUNT, conf().CONTACT_EMAIL}
    assert remind() == Counter([EMPLOYER])


def test_remind_once_remembers_what_was_sent_and_nothing_else() -> None:
    sent: list[str] = []
    assert remind_once("policy:1", "3 months", lambda: sent.append("first"))
    assert not remind_once("policy:1", "3 months", lambda: sent.append("second"))
    assert remind_once("policy:1", "overdue", lambda: sent.append("third"))
    assert remind_once("policy:2", "overdue", lambda: sent.append("fourth"))
    assert sent == ["first", "third", "fourth"]

    def fail() -> None:
        raise OSError("no mail server")

    with pytest.raises(OSError, match="no mail server"):
        remind_once("policy:3", "overdue", fail)
    assert not Reminder.objects.filter(subject="policy:3").exists()
    assert remind_once("policy:3", "overdue", lambda: None)


def test_reminders_name_no_persons(signed: Agreement, clock: Any) -> None:
    clock(days=30)
    remind()
    for subject in Reminder.objects.values_list("subject", flat=True):
        assert subject.startswith(f"agreement:{signed.pk}:")
        assert "@" not in subject
