"""Reminders: once each, to whom the case waits for, with the number and a link only (AP-2)."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from appeals.acts import people as acting_people
from appeals.acts.filing import FirstDecider
from appeals.choices import Stage
from appeals.reminders import remind_of_deadlines
from tests.appeals.making import NAME, STATEMENT, make_case

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-2")]


def days(count: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=count)


def to() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def test_each_occasion_is_told_once_however_often_the_job_runs(staff: dict[str, Any]) -> None:
    case = make_case(staff, Stage.COMPLETENESS)
    assert remind_of_deadlines() == (0, 0)
    assert remind_of_deadlines(days(7)) == (2, 0)
    assert remind_of_deadlines(days(7)) == (0, 0)
    assert remind_of_deadlines(days(20)) == (2, 0)
    assert remind_of_deadlines(days(21)) == (0, 0)
    assert to() == 2 * ["colleague@staff.example"] + 2 * ["office@staff.example"]
    for message in mail.outbox:
        assert case.number in message.subject
        assert NAME not in message.body
        assert STATEMENT not in message.body


def test_who_works_it_is_reminded_or_who_decides(staff: dict[str, Any]) -> None:
    case = make_case(staff, Stage.REVIEW)
    acting_people.assign(staff["office"], case, staff["colleague"])
    make_case(staff, Stage.DECISION)
    remind_of_deadlines(days(60))
    assert to() == ["colleague@staff.example", "decider@staff.example"]


def test_nobody_is_reminded_of_an_appeal_of_their_own_decision(staff: dict[str, Any]) -> None:
    make_case(staff, Stage.COMPLETENESS, first_deciders=[FirstDecider("Colleague")])
    remind_of_deadlines(days(60))
    assert to() == ["office@staff.example"]


def test_a_mail_server_that_is_down_is_tried_again(
    staff: dict[str, Any], monkeypatch: Any, settings: Any
) -> None:
    make_case(staff, Stage.DECISION)
    with monkeypatch.context() as broken:
        broken.setattr("appeals.reminders.send", lambda *args: 1 / 0)
        assert remind_of_deadlines(days(60)) == (0, 1)
    assert remind_of_deadlines(days(60)) == (1, 0)
