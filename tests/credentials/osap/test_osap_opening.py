"""When a record is opened: at publication or after the information item, once (GB-2, MC-5)."""

import datetime
from typing import Any

import pytest
from django.utils import timezone
from wagtail_factories import DocumentFactory

from credentials.academic_year import AcademicYear
from credentials.choices import CreditBasis
from credentials.models import OsapRecord
from credentials.osap.clock import lapse_osap
from credentials.osap.keepers import OsapRefused
from credentials.osap.new_records import carry_forward, not_carried_forward, open_by_hand
from tests.factories import (
    AcademicUnitFactory,
    CourseFactory,
    MicroCredentialFactory,
)
from tests.lifecycle import pass_stage
from tests.on_record import revise_as_is
from tests.osap import approve_osap, osap_record
from tests.people import person
from tests.proposals import submit

pytestmark = [pytest.mark.django_db, pytest.mark.clause("GB-2")]


def acts(offering: Any) -> list[str]:
    return [event.act for event in offering.osap_events.order_by("pk")]


def test_publication_opens_it_once_with_the_offerings_figures(
    root: Any, year: AcademicYear, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        offering = MicroCredentialFactory(parent=root, weeks=6, osap_eligible=True, life="live")
    record = OsapRecord.objects.get()
    assert record.year.academic_year == year
    assert (record.weeks, str(record.hours), str(record.tuition)) == (6, "24.0", "495.00")
    with django_capture_on_commit_callbacks(execute=True):
        revise_as_is(offering, summary="Learn to move people safely.")
    assert acts(offering) == ["opened"]


def test_what_does_not_ask_or_is_no_micro_credential_gets_none(
    root: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        offering = MicroCredentialFactory(parent=root, weeks=6, life="live")
    assert not OsapRecord.objects.exists()
    course = CourseFactory(parent=root, life="live")
    with pytest.raises(OsapRefused, match="a micro-credential only"):
        open_by_hand(course, AcademicYear.of(timezone.localdate()), person("department"))
    with pytest.raises(OsapRefused, match="Only the Continuous"):
        open_by_hand(offering, AcademicYear.of(timezone.localdate()), person("editor"))


def test_embedded_it_is_opened_after_the_committee_was_informed(root: Any) -> None:
    offering = MicroCredentialFactory(
        parent=root,
        weeks=6,
        osap_eligible=True,
        credit_basis=CreditBasis.FAC,
        academic_unit=AcademicUnitFactory(),
        iqap_reference="IQAP-2026-7",
        iqap_date=datetime.date(2026, 5, 4),
        iqap_document=DocumentFactory(),
        parent_program="Bachelor of Care",
        in_new_program=True,
    )
    submit(offering)
    pass_stage(offering)
    assert acts(offering) == []
    pass_stage(offering)
    assert acts(offering) == ["opened"]
    pass_stage(offering)
    assert acts(offering) == ["opened"]


def test_what_was_missed_is_opened_by_the_clock(offering: Any) -> None:
    today = timezone.localdate()
    assert [lapse_osap(today).opened for _run in range(2)] == [1, 0]


def test_the_next_year_takes_codes_from_this_one_and_figures_from_the_offering(
    offering: Any, department: Any, year: AcademicYear
) -> None:
    record = approve_osap(offering)
    OsapRecord.objects.filter(pk=record.pk).update(weeks=3, noc_2="12345")
    following = carry_forward(record, department)
    assert (following.year.academic_year, following.weeks) == (year.following, 6)
    assert (following.cip, following.nocs) == ("51.3901", ["33102", "12345"])
    assert carry_forward(record, department) == following
    assert acts(offering).count("opened") == 2


def test_last_years_approvals_that_nobody_carried_forward_are_named(
    offering: Any, year: AcademicYear
) -> None:
    record = approve_osap(offering, year=year.preceding)
    lapse_osap(year.first_day)
    assert not_carried_forward(year.first_day) == [record]
    osap_record(offering)
    assert not_carried_forward(year.first_day) == []


def test_a_year_that_is_over_is_not_opened_by_hand(
    offering: Any, department: Any, year: AcademicYear
) -> None:
    with pytest.raises(OsapRefused, match=r"is over\. Choose a later one"):
        open_by_hand(offering, year.preceding, department)
