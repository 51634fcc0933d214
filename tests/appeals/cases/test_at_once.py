"""Two people at the same moment: numbers are given once, and a case is decided once (law 3)."""

from typing import Any

import pytest
from django.db import connection

from appeals.acts import additions, decisions
from appeals.choices import Outcome, Stage
from appeals.exceptions import CaseRefused
from appeals.models import Case
from tests.appeals.making import make_case
from tests.at_once import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs two writers at once"),
    pytest.mark.clause("AP-1"),
]


def test_no_number_is_given_twice(staff: dict[str, Any]) -> None:
    assert at_once(*(lambda: make_case(staff) for _ in range(6))) == []
    numbers = sorted(Case.objects.values_list("number", flat=True))
    assert [int(number.rsplit("-", 1)[1]) for number in numbers] == [1, 2, 3, 4, 5, 6]


def test_a_case_is_decided_once(staff: dict[str, Any]) -> None:
    case = make_case(staff, Stage.DECISION)
    rulings = [decisions.Ruling(Outcome.DISMISSED, f"Reason {n}") for n in range(4)]
    raised = at_once(
        *(lambda r=ruling: decisions.decide(staff["decider"], case, r) for ruling in rulings)
    )
    assert [type(error) for error in raised] == [CaseRefused] * 3
    assert case.events.filter(act="decide").count() == 1


def test_notes_at_the_same_moment_are_all_kept_in_order(staff: dict[str, Any]) -> None:
    case = make_case(staff)
    notes = [f"Note {n}" for n in range(6)]
    assert at_once(*(lambda n=n: additions.note(staff["office"], case, n) for n in notes)) == []
    kept = case.events.filter(act="note").order_by("number")
    assert sorted(event.text for event in kept) == notes
    assert [event.number for event in kept] == [2, 3, 4, 5, 6, 7]
