"""A purge leaves the record in order, and the log as it was (AP-2, law 3)."""

from typing import Any

import pytest

from appeals.models import Case, PurgeCertificate
from appeals.retention import purge
from credentials.models import LogEntry, Seal
from credentials.record.log.batches import seal_all
from tests.appeals.cases.test_purging import _backdate
from tests.record_lives import closed_case, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-2")]


def test_an_appeal_that_was_purged_in_time_leaves_nothing_wrong(staff: dict[str, Any]) -> None:
    case = closed_case(staff)
    other = closed_case(staff)
    _backdate(case)  # before it is sealed: the day is written once
    seal_all()
    before = list(LogEntry.objects.values_list("entry", flat=True))
    assert wrong() == []
    assert purge.purge_due() == (1, 0)
    assert wrong() == []
    seal_all()
    assert wrong() == []
    assert list(LogEntry.objects.values_list("entry", flat=True))[: len(before)] == before
    assert Seal.objects.filter(salt=None).exists()
    assert list(Case.objects.all()) == [other]
    assert PurgeCertificate.objects.count() == 1


def test_what_is_purged_before_it_is_sealed_leaves_nothing_wrong(staff: dict[str, Any]) -> None:
    case = closed_case(staff)
    _backdate(case)
    assert purge.purge_due() == (1, 0)
    seal_all()
    assert wrong() == []
