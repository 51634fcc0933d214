"""The policy's own review is not forgotten: reminders, and a notice for whom it concerns (PO-1)."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credentials.compliance.adoption import adopt
from credentials.compliance.policies import policy_in_force
from credentials.compliance.policy_review import (
    recipients_of,
    remind_of_review,
    review_notice,
)
from credentials.models import PolicyVersion, Reminder
from credentials.policy.months import months_after

pytestmark = [pytest.mark.django_db, pytest.mark.clause("PO-1")]


@pytest.fixture
def due(db: None) -> datetime.date:
    """The day on which the version in force is due for review."""
    day: datetime.date = policy_in_force().review_due_on
    return day


@pytest.mark.parametrize(
    ("months", "days", "occasion"),
    [
        (6, -1, None),
        (6, 0, "6 months"),
        (3, -1, "6 months"),
        (3, 0, "3 months"),
        (1, -1, "3 months"),
        (1, 0, "1 month"),
        (0, 0, "1 month"),
        (0, 1, "overdue"),
    ],
)
def test_the_review_is_announced_six_three_and_one_months_before_and_when_overdue(
    due: datetime.date, months: int, days: int, occasion: str | None
) -> None:
    day = months_after(due, -months) + datetime.timedelta(days=days)
    notice = review_notice(day)
    assert (notice and notice.occasion) == occasion


def test_a_month_without_that_day_ends_earlier() -> None:
    assert months_after(datetime.date(2026, 8, 31), -6) == datetime.date(2026, 2, 28)
    assert months_after(datetime.date(2026, 1, 15), -1) == datetime.date(2025, 12, 15)


def test_each_occasion_is_mailed_once_to_everyone_who_may_write_the_policy(
    due: datetime.date, owner: Any
) -> None:
    expected = set(recipients_of(policy_in_force()).values())
    assert owner.email in expected
    for months in (6, 3, 1, 0):
        mail.outbox.clear()
        day = months_after(due, -months) + datetime.timedelta(days=0 if months else 1)
        remind_of_review(day)
        assert {to for message in mail.outbox for to in message.to} == expected
        assert all(len(message.to) == 1 for message in mail.outbox)
        mail.outbox.clear()
        remind_of_review(day)
        remind_of_review(day + datetime.timedelta(days=1))
        assert mail.outbox == []


def test_an_overdue_letter_says_so_and_what_to_do(due: datetime.date, owner: Any) -> None:
    remind_of_review(due + datetime.timedelta(days=1))
    message = next(message for message in mail.outbox if message.to == [owner.email])
    assert message.subject == "The policy's review is overdue"
    assert "Draft its next version" in message.body
    assert reverse("policy:index") in message.body


def test_after_a_pause_only_the_latest_occasion_is_sent(due: datetime.date, owner: Any) -> None:
    remind_of_review(months_after(due, -1))
    assert len([m for m in mail.outbox if m.to == [owner.email]]) == 1


def test_those_who_may_only_read_get_no_mail(due: datetime.date, people: dict[str, Any]) -> None:
    remind_of_review(due)
    assert people["editor"].email not in {to for m in mail.outbox for to in m.to}
    assert people["superuser"].email not in {to for m in mail.outbox for to in m.to}


def test_what_is_remembered_names_no_person(due: datetime.date, owner: Any) -> None:
    remind_of_review(due)
    kept = " ".join(Reminder.objects.values_list("subject", flat=True))
    assert owner.get_username() not in kept
    assert "@" not in kept


def test_a_version_adopted_for_later_ends_the_reminders(
    owner: Any, policy_draft: PolicyVersion, approve_today: Callable[..., Any], due: datetime.date
) -> None:
    tomorrow = approve_today(policy_draft) + datetime.timedelta(days=1)
    adopt(policy_draft, tomorrow, owner)
    today = timezone.localdate()
    assert review_notice(max(today, min(due, today))) is None


def test_the_daily_job_sends_them(
    due: datetime.date, owner: Any, today_is: Callable[[datetime.date], None]
) -> None:
    today_is(due + datetime.timedelta(days=3))
    call_command("run_due_jobs", only=["policy-review"])
    assert [owner.email] in [message.to for message in mail.outbox]


@pytest.mark.parametrize(
    ("role", "sees_it"),
    [("owner", True), ("committee", True), ("department", True), ("editor", False)],
)
def test_the_admin_tells_those_whom_it_concerns(
    people: dict[str, Any],
    owner: Any,
    due: datetime.date,
    today_is: Callable[[datetime.date], None],
    role: str,
    sees_it: bool,
) -> None:
    client = Client()
    client.force_login(owner if role == "owner" else people[role])
    today_is(due + datetime.timedelta(days=1))
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    assert ("was due for review on" in page) == sees_it


def test_the_policy_page_tells_every_reader(
    as_editor: Client, due: datetime.date, today_is: Callable[[datetime.date], None]
) -> None:
    today_is(months_after(due, -3))
    assert "is due for review on" in as_editor.get(reverse("policy:index")).content.decode()
    today_is(months_after(due, -7))
    assert "due for review on" not in as_editor.get(reverse("policy:index")).content.decode()
