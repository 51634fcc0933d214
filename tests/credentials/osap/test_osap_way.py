"""A record's way: what may follow what, who may do it, and what must be there before (MC-5)."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from credentials.models import OsapEvent, OsapRecord
from credentials.osap.keepers import OsapRefused
from credentials.osap.transitions import (
    Paper,
    approve,
    change_figures,
    decline,
    next_acts,
    reopen,
    report_change,
    submit,
    submit_all,
)
from credentials.osap.years import change_limits
from tests.factories import MicroCredentialFactory
from tests.osap import osap_record
from tests.people import person

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MC-5")]
LETTER = Paper("OSAP-2026-118", "By e-mail.")


def acts(record: OsapRecord) -> list[str]:
    return list(record.events.order_by("pk").values_list("act", flat=True))


def test_each_change_is_an_event_with_who_when_and_the_ministrys_reference(
    record: OsapRecord, department: Any
) -> None:
    submit(record, department)
    approve(record, department, LETTER)
    event = record.events.first()
    assert (event.act, event.reference, event.note) == ("approved", "OSAP-2026-118", "By e-mail.")
    assert event.by_name == "Department-1"
    assert event.figures["nocs"] == ["33102"]
    assert record.state == OsapRecord.State.APPROVED


@pytest.mark.parametrize(
    ("weeks", "hours", "sentence"),
    [
        (12, Decimal(40), "12 weeks is too long for OSAP: it must be under 12 in {year}"),
        (6, Decimal(301), "301 hours does not fit OSAP: it must be 5 to 300 in {year}"),
        (6, Decimal("4.5"), "4.5 hours does not fit OSAP: it must be 5 to 300 in {year}"),
    ],
)
def test_figures_beyond_the_limits_are_refused_with_limit_and_year(
    record: OsapRecord, department: Any, year: Any, weeks: int, hours: Decimal, sentence: str
) -> None:
    record.weeks, record.hours = weeks, hours
    with pytest.raises(OsapRefused, match=sentence.format(year=year)):
        change_figures(record, department)
    record.save()
    with pytest.raises(OsapRefused, match=sentence.format(year=year)):
        submit(record, department)
    assert acts(record) == ["opened"]


def test_the_limits_are_those_of_the_year(record: OsapRecord, department: Any) -> None:
    row = record.year
    row.under_weeks = 5
    change_limits(row, department)
    with pytest.raises(OsapRefused, match=r"6 weeks is too long.*under 5"):
        submit(record, department)
    assert row.history.count() == 2


def test_everything_that_is_missing_is_named_at_once(record: OsapRecord, department: Any) -> None:
    record.cip, record.noc_1, record.tuition, record.delivery = "", "", None, []
    record.save()
    with pytest.raises(OsapRefused) as refused:
        submit(record, department)
    for words in ("CIP 2021", "NOC 2021", "tuition", "delivery"):
        assert words in str(refused.value)


def test_codes_have_a_form(record: OsapRecord, department: Any) -> None:
    record.cip, record.noc_1 = "513901", "3310"
    with pytest.raises(ValidationError) as refused:
        change_figures(record, department)
    assert set(refused.value.message_dict) == {"cip", "noc_1"}


def test_there_is_room_for_three_different_noc_codes(record: OsapRecord, department: Any) -> None:
    record.noc_2 = record.noc_1
    with pytest.raises(ValidationError, match="stands above already"):
        change_figures(record, department)
    with pytest.raises(IntegrityError), transaction.atomic():
        OsapRecord.objects.filter(pk=record.pk).update(noc_3=record.noc_1)
    assert [f.name for f in OsapRecord._meta.fields if f.name.startswith("noc")] == [
        "noc_1",
        "noc_2",
        "noc_3",
    ]


@pytest.mark.parametrize(
    ("way", "then"),
    [
        ([], approve),
        ([], reopen),
        ([submit], submit),
        ([submit], report_change),
        ([submit, approve], approve),
        ([submit, approve], reopen),
        ([submit, decline], approve),
    ],
)
def test_what_does_not_follow_is_refused_with_a_sentence(
    record: OsapRecord, department: Any, way: list[Any], then: Any
) -> None:
    for step in way:
        step(record, department, LETTER)
    before = acts(record)
    with pytest.raises(OsapRefused, match="cannot follow: the record of"):
        then(record, department, LETTER)
    assert acts(record) == before


def test_the_database_refuses_it_too(record: OsapRecord) -> None:
    facts = {"record": record, "offering_id": record.offering_id, "by_key": "0", "by_name": "X"}
    for act, before, after in [
        ("approved", "submitted", "approved"),
        ("approved", "to_prepare", "approved"),
        ("opened", "", "to_prepare"),
    ]:
        with pytest.raises(DatabaseError, match="as it stands"), transaction.atomic():
            OsapEvent.objects.create(act=act, state_before=before, state_after=after, **facts)
    assert acts(record) == ["opened"]


@pytest.mark.parametrize("statement", ["UPDATE {table} SET note = 'x'", "DELETE FROM {table}"])
def test_events_are_only_added_to(record: OsapRecord, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table=OsapEvent._meta.db_table))
    assert acts(record) == ["opened"]


def test_what_was_sent_is_not_changed_but_taken_back(record: OsapRecord, department: Any) -> None:
    submit(record, department)
    record.cip = "51.3902"
    with pytest.raises(OsapRefused, match="Take it back to prepare first"):
        change_figures(record, department)
    reopen(record, department, Paper(note="Wrong code."))
    change_figures(record, department)
    submit(record, department)
    assert acts(record) == ["opened", "submitted", "reopened", "submitted"]
    assert record.history.first().history_user == department


def test_an_answer_needs_the_ministrys_words(record: OsapRecord, department: Any) -> None:
    submit(record, department)
    with pytest.raises(OsapRefused, match="Give the reference"):
        approve(record, department, Paper())
    with pytest.raises(OsapRefused, match="say in the note why"):
        decline(record, department, Paper())


def test_only_the_department_does_anything(record: OsapRecord, people: Any) -> None:
    for role in ("editor", "committee", "superuser"):
        for act in (submit, approve, decline, reopen, report_change):
            with pytest.raises(OsapRefused, match="Only the Continuous Learning Department"):
                act(record, people[role], LETTER)
        with pytest.raises(OsapRefused):
            change_figures(record, people[role])
        with pytest.raises(OsapRefused):
            change_limits(record.year, people[role])
        with pytest.raises(OsapRefused):
            submit_all([record], people[role], LETTER)
    assert acts(record) == ["opened"]


def test_several_are_sent_together_or_not_at_all(
    record: OsapRecord, root: Any, department: Any
) -> None:

    other = osap_record(MicroCredentialFactory(parent=root, title="Too long", weeks=12))
    with pytest.raises(OsapRefused, match=r"Too long.*12 weeks"):
        submit_all([record, other], department, LETTER)
    assert acts(record) == ["opened"]
    assert submit_all([record], department, LETTER) == 1


def test_what_can_be_done_now_is_offered(record: OsapRecord) -> None:
    assert [str(act) for act in next_acts(record)] == ["submitted"]
    submit(record, person("department"))
    assert [str(act) for act in next_acts(record)] == ["approved", "declined", "reopened"]


def test_an_event_is_not_before_the_last_whatever_the_clock_says(
    record: OsapRecord, department: Any
) -> None:
    long_ago = timezone.now() - datetime.timedelta(days=30)
    with time_machine.travel(long_ago, tick=False):
        submit(record, department)
    opened, submitted = record.events.order_by("pk")
    assert submitted.at == opened.at
    facts = {"record": record, "offering_id": record.offering_id, "by_key": "0", "by_name": "X"}
    with pytest.raises(DatabaseError, match="not before what happened last"), transaction.atomic():
        OsapEvent.objects.create(
            act="approved", state_before="submitted", state_after="approved", at=long_ago, **facts
        )
