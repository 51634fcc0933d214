"""Law 3 for appeals: nothing of a case changes, and nothing goes before its retention date."""

import datetime
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from appeals.access.door import open_case
from appeals.acts import decisions, people
from appeals.acts.people import Instrument
from appeals.choices import Act, Looked, Outcome, Part, Stage
from appeals.exceptions import CaseRefused
from appeals.models import (
    Case,
    CaseAccess,
    CaseDocument,
    CaseEvent,
    Delegation,
    FirstInstanceDecider,
    Letter,
    Retention,
)
from appeals.retention.periods import retain_until
from credentials.exceptions import HistoryIsAppendOnly
from tests.appeals.making import make_case

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-1")]

OF_A_CASE = [
    Case,
    CaseAccess,
    CaseDocument,
    CaseEvent,
    Delegation,
    FirstInstanceDecider,
    Letter,
]
DAY = datetime.timedelta(days=1)


@pytest.fixture
def whole(staff: dict[str, Any]) -> Case:
    """A case with a row in each table."""
    case = make_case(staff, Stage.DECISION)
    today = timezone.localdate()
    instrument = Instrument("Memo 7", today, today + DAY)
    people.delegate(staff["decider"], case, staff["delegate"], instrument)
    open_case(staff["office"], case.number, Looked.CASE)
    CaseDocument.objects.create(
        case=case,
        title="t",
        name="n",
        file="x",
        content_type="t",
        size=1,
        sha256="0" * 64,
        part=Part.OFFICE,
        by_name="n",
    )
    Letter.objects.create(
        case=case,
        number=1,
        kind="closed",
        language="en",
        recipient="r",
        subject="s",
        body="b",
        office="o",
        by_key="1",
        by_name="n",
    )
    return case


def _run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("model", OF_A_CASE, ids=lambda model: model.__name__)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_no_row_of_a_case_can_be_changed_or_deleted(
    model: Any, statement: str, whole: Case
) -> None:
    before = list(model.objects.values())
    assert before
    with pytest.raises(DatabaseError, match="append-only"):
        _run(statement.format(model._meta.db_table))
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all().purge()
    for attempt in (model.objects.first().save, model.objects.first().delete):
        with pytest.raises(HistoryIsAppendOnly):
            attempt()
    assert list(model.objects.values()) == before


def test_a_case_that_is_not_closed_has_no_retention_date(whole: Case) -> None:
    with pytest.raises(DatabaseError, match="only a closed appeal"), transaction.atomic():
        Retention.objects.create(
            case=whole, retain_until=datetime.date(2099, 1, 1), rule="r", by_name="n"
        )


@pytest.mark.parametrize("years", [-1, 0, 6])
def test_a_closed_case_is_kept_as_long_as_its_procedures_say(
    years: int, staff: dict[str, Any]
) -> None:
    case = make_case(staff, Stage.CONCLUDED)
    _letter(case)
    _event(case, Act.CLOSED, Stage.CONCLUDED, Stage.CLOSED)
    early = timezone.localdate() + datetime.timedelta(days=365 * years + 1)
    with pytest.raises(DatabaseError, match="as many years"), transaction.atomic():
        Retention.objects.create(case=case, retain_until=early, rule="r", by_name="n")
    until = retain_until(case, timezone.localdate())
    Retention.objects.create(case=case, retain_until=until, rule="r", by_name="n")
    for model in (CaseEvent, Case, Retention):
        with pytest.raises(DatabaseError, match="append-only until"):
            _run(f"DELETE FROM {model._meta.db_table}")


def _letter(case: Case) -> None:
    Letter.objects.create(
        case=case,
        number=1,
        kind="closed",
        language="en",
        recipient="r",
        subject="s",
        body="b",
        office="o",
        by_key="1",
        by_name="n",
    )


def _event(case: Case, act: Act, before: str, after: str, **facts: Any) -> CaseEvent:
    number = case.events.count() + 1
    columns = {"part": Part.OFFICE, "by_name": "n", "by_key": "1"} | facts
    with transaction.atomic():
        return CaseEvent.objects.create(
            case=case, number=number, act=act, stage_before=before, stage_after=after, **columns
        )


def test_a_case_cannot_skip_a_stage_in_sql(staff: dict[str, Any]) -> None:
    case = make_case(staff, Stage.COMPLETENESS)
    ruling = {"text": "r", "instrument": "AP-1", "part": Part.DECIDER, "outcome": Outcome.UPHELD}
    for act, before, after, facts in (
        (Act.DECIDED, Stage.COMPLETENESS, Stage.CONCLUDED, ruling),
        (Act.DECIDED, Stage.DECISION, Stage.CONCLUDED, ruling),
        (Act.CLOSED, Stage.CONCLUDED, Stage.CLOSED, {}),
        (Act.FILED, "", Stage.COMPLETENESS, {}),
    ):
        with pytest.raises(DatabaseError, match="as it stands"):
            _event(case, act, before, after, **facts)


def test_what_happens_is_not_before_what_happened_last(staff: dict[str, Any]) -> None:
    """Whatever the clock says: deadlines are counted, and delegations are in force, by it."""
    case = make_case(staff, Stage.DECISION)
    before = case.events.order_by("number").last()
    assert before is not None
    today = timezone.localdate()
    with time_machine.travel(before.at - 30 * DAY, tick=False):
        instrument = Instrument("Memo 7", today, today + DAY)
        people.delegate(staff["decider"], case, staff["delegate"], instrument)
    assert case.events.order_by("number").last().at == before.at
    with pytest.raises(DatabaseError, match="not before what happened last"):
        _event(case, Act.SUSPENDED, Stage.DECISION, Stage.SUSPENDED, at=before.at - DAY)


def test_a_suspended_case_goes_back_to_where_it_stood(staff: dict[str, Any]) -> None:
    case = make_case(staff, Stage.COMPLETENESS)
    _event(case, Act.SUSPENDED, Stage.COMPLETENESS, Stage.SUSPENDED)
    with pytest.raises(DatabaseError, match="as it stands"):
        _event(case, Act.RESUMED, Stage.SUSPENDED, Stage.DECISION)
    _event(case, Act.RESUMED, Stage.SUSPENDED, Stage.COMPLETENESS)


@pytest.mark.parametrize(
    "lacking", ["text", "instrument", "by_key", "outcome", "part"], ids=lambda name: name
)
def test_a_decision_in_sql_needs_decider_instrument_reasons_and_outcome(
    lacking: str, staff: dict[str, Any]
) -> None:
    case = make_case(staff, Stage.DECISION)
    facts = {
        "text": "Reasons",
        "instrument": "AP-1",
        "by_key": "1",
        "outcome": Outcome.UPHELD,
        "part": Part.DECIDER,
    }
    facts[lacking] = "office" if lacking == "part" else ""
    with pytest.raises(DatabaseError):
        _event(case, Act.DECIDED, Stage.DECISION, Stage.CONCLUDED, **facts)


def test_an_instrument_that_is_over_revoked_or_anothers_decides_nothing_in_sql(
    staff: dict[str, Any],
) -> None:
    case, other = make_case(staff, Stage.DECISION), make_case(staff, Stage.DECISION)
    now = timezone.now()
    key = str(staff["delegate"].pk)

    def given(to: Case, starts: int, ends: int) -> Delegation:
        return Delegation.objects.create(
            case=to,
            holder_key=key,
            holder_name="d",
            reference="Memo",
            given_by_key="1",
            given_by_name="n",
            starts_at=now + starts * DAY,
            ends_at=now + ends * DAY,
        )

    revoked = given(case, -1, 1)
    people.revoke(staff["decider"], case, revoked)
    good = given(case, -1, 1)
    facts: dict[str, Any] = {
        "text": "Reasons",
        "instrument": "Memo",
        "outcome": Outcome.DISMISSED,
        "part": Part.DECIDER,
    }
    for delegation, by in (
        (given(case, -2, -1), key),
        (given(case, 1, 2), key),
        (given(other, -1, 1), key),
        (revoked, key),
        (good, "999"),
    ):
        with pytest.raises(DatabaseError, match="instrument of this appeal"):
            _event(
                case,
                Act.DECIDED,
                Stage.DECISION,
                Stage.CONCLUDED,
                by_key=by,
                delegation=delegation,
                **facts,
            )
    _event(case, Act.DECIDED, Stage.DECISION, Stage.CONCLUDED, by_key=key, delegation=good, **facts)


def test_a_first_instance_decider_has_no_event_in_sql_and_no_instrument(
    staff: dict[str, Any],
) -> None:
    case = make_case(staff, Stage.DECISION)
    key = str(staff["decider"].pk)
    FirstInstanceDecider.objects.create(
        case=case, user_key=key, name="Decider", plain_name="decider"
    )
    with pytest.raises(DatabaseError, match="cannot work"):
        _event(
            case,
            Act.DECIDED,
            Stage.DECISION,
            Stage.CONCLUDED,
            by_key=key,
            text="r",
            instrument="AP-1",
            outcome=Outcome.UPHELD,
            part=Part.DECIDER,
        )
    with pytest.raises(DatabaseError, match="cannot decide"), transaction.atomic():
        Delegation.objects.create(
            case=case,
            holder_key=key,
            holder_name="d",
            reference="Memo",
            given_by_key="1",
            given_by_name="n",
            starts_at=timezone.now(),
            ends_at=timezone.now() + DAY,
        )


@pytest.mark.parametrize("act", [Act.LINKS_ENDED, Act.ADDRESS_CORRECTED])
@pytest.mark.parametrize("lacking", [{"text": ""}, {"by_key": ""}, {"part": Part.APPELLANT}])
def test_links_end_and_addresses_change_in_sql_by_the_office_with_a_reason(
    lacking: dict[str, str], act: Act, staff: dict[str, Any]
) -> None:
    case = make_case(staff, Stage.REVIEW)
    with pytest.raises(DatabaseError, match="with a reason"):
        _event(case, act, Stage.REVIEW, Stage.REVIEW, **({"text": "r"} | lacking))
    _event(case, act, Stage.REVIEW, Stage.REVIEW, text="r")


def test_a_refusal_by_the_database_does_not_bring_the_row_into_the_logs(
    staff: dict[str, Any], caplog: Any, monkeypatch: Any
) -> None:
    case = make_case(staff, Stage.REVIEW)
    monkeypatch.setattr("appeals.acts.act.Acting._stage_after", lambda self: Stage.CLOSED)
    with pytest.raises(CaseRefused) as refused:
        decisions.submit(staff["office"], case, "zyzzyva")
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
    assert "zyzzyva" not in caplog.text
