"""The ledger's time runs as its sequence does, whatever the clock says (law 7)."""

import datetime
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials.catalogue.snapshots import Snapshot, current_head
from credentials.models import Approval
from credentials.record.ledger import LedgerHead, PublishedVersion
from tests.credentials.catalogue.ledger_entries import append
from tests.factories import CourseFactory
from tests.on_record import approve_as_is, publish_as_is, revise_as_is
from tests.proposals import draft, edit, latest_revision

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
A_YEAR = 365 * 24 * 3600  # seconds
JUMPS = st.lists(
    st.one_of(
        st.integers(-A_YEAR, A_YEAR),
        st.sampled_from([0, -1, 1]),
        st.floats(-2, 2, allow_nan=False),
    ),
    min_size=1,
    max_size=6,
)


def versions() -> list[PublishedVersion]:
    return list(PublishedVersion.objects.in_order())


def clock_at(moment: datetime.datetime) -> Any:
    return time_machine.travel(moment, tick=False)


def test_a_version_published_while_the_clock_is_set_back_follows_the_one_before(root: Any) -> None:
    with clock_at(NOON):
        offering = CourseFactory(parent=root, life="live")
    with clock_at(NOON - datetime.timedelta(days=30)):
        revise_as_is(offering, fee="1.00")
    first, second = versions()
    assert first.valid_from == second.valid_from == NOON
    assert LedgerHead.objects.get().changed_at == NOON


def test_so_does_the_version_of_another_offering(root: Any) -> None:
    with clock_at(NOON):
        CourseFactory(parent=root, life="live")
    with clock_at(NOON - datetime.timedelta(days=1)):
        CourseFactory(parent=root, life="live")
    assert [version.valid_from for version in versions()] == [NOON, NOON]


def test_no_version_is_valid_before_its_approval(root: Any) -> None:
    offering = CourseFactory(parent=root)
    with clock_at(NOON):
        approve_as_is(draft(offering))
    with clock_at(NOON - datetime.timedelta(days=1)):
        latest_revision(offering).publish(skip_permission_checks=True)
    assert versions()[0].valid_from == Approval.objects.get().decided_at == NOON


def test_the_day_of_the_record_is_not_before_its_last_publication(root: Any) -> None:
    with clock_at(NOON):
        CourseFactory(parent=root, life="live")
    with clock_at(NOON - datetime.timedelta(days=30)):
        assert LedgerHead.today() == NOON.date()


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(jumps=JUMPS)
def test_as_of_any_moment_answers_what_stood_then_whatever_the_clock_did(
    jumps: list[float], root: Any
) -> None:
    with transaction.atomic():
        now, offering = NOON, None
        for number, jump in enumerate(jumps):
            now += datetime.timedelta(seconds=jump)
            with clock_at(now):
                if offering is None or number % 3 == 2:
                    offering = CourseFactory(parent=root)
                else:
                    edit(offering, fee=f"{number}.00")
                publish_as_is(offering)
        made = versions()
        moments = [version.valid_from for version in made]
        assert moments == sorted(moments)
        assert len(made) == len(jumps)
        tick = datetime.timedelta(microseconds=1)
        for moment in {moment + step for moment in moments for step in (-tick, 0 * tick, tick)}:
            stood = Snapshot(current_head().sequence, moment).entries()
            last = {v.offering_id: v.pk for v in made if v.valid_from <= moment}
            assert dict(stood.values_list("offering_pk", "version")) == last
        transaction.set_rollback(True)


def test_the_database_refuses_a_version_of_before_the_last(root: Any) -> None:
    with clock_at(NOON):
        offering = CourseFactory(parent=root, life="live")
    with pytest.raises(DatabaseError, match="follows all others"):
        append(offering, at=NOON - datetime.timedelta(microseconds=1))
    head = versions()[-1]
    refusals = r"follows all others|word for word"  # which of them first, the engine says
    with pytest.raises(DatabaseError, match=refusals), transaction.atomic():
        PublishedVersion.objects.create(
            sequence=head.sequence - 1,
            offering=offering,
            number=2,
            event="revised",
            approval=approve_as_is(draft(offering)),
            supersedes=head,
            content_hash=head.content_hash,
            governed_hash=head.governed_hash,
            document=head.document,
            valid_from=NOON + datetime.timedelta(days=1),
        )
    assert len(versions()) == 1
