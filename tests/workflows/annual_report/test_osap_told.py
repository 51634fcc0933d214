"""OSAP in a report: the ministry's word changes no offering, and requests have their readers."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from credentials.academic_year import AcademicYear
from credentials.models import OsapRecord, PublishedVersion
from credentials.osap.announcement import tell_public
from credentials.people.actors import actor_of
from credentials.record.content import freeze
from tests.credentials.catalogue.ledger_entries import append
from tests.factories import MicroCredentialFactory
from tests.osap import approve_osap, osap_record
from tests.people import person
from tests.workflows.annual_report.test_presenting import COUNCIL
from tests.workflows.documents.reading import elements, opened, roles
from workflows.annual_report.content import content_of, happenings_of, period_of, whole
from workflows.annual_report.draft import begin_report
from workflows.annual_report.formats.pdf import report_pdf
from workflows.annual_report.formats.tables import sheets_of
from workflows.annual_report.presentation import present
from workflows.annual_report.report import as_json, read
from workflows.annual_report.report_document import report_document
from workflows.models import AnnualReport, Decision, PresentedReport

pytestmark = [pytest.mark.django_db, pytest.mark.clause("MC-5")]


@pytest.fixture
def this_year(department: Any) -> AnnualReport:
    """The draft of the report on the year that is running."""
    return begin_report(AcademicYear.of(timezone.localdate()), department)


@pytest.fixture
def offering(root: Any) -> Any:
    """Published this year, and the ministry is to be asked."""
    return MicroCredentialFactory(
        parent=root, title="Safe transfers", weeks=6, osap_eligible=True, life="published"
    )


def tell(offering: Any) -> None:
    """Let the public know what the ministry's approval says by now."""
    by = actor_of(person("department"))
    assert tell_public(offering, by, timezone.localdate(), "Ministry") is not None


def happened(report: AnnualReport) -> list[tuple[str, int]]:
    return [(item["what"], item["version"]) for item in happenings_of(period_of(report))]


def test_a_version_that_only_tells_of_osap_is_no_change(
    offering: Any, this_year: AnnualReport
) -> None:
    approve_osap(offering)
    tell(offering)
    assert PublishedVersion.objects.filter(offering=offering.pk).count() == 2
    content = content_of(this_year)
    assert content["figures"] == {offering.category: {"new": 1, "closing": 1}}
    assert happened(this_year) == [("new", 1)]
    assert content["osap"]["told"] == 1
    said = [
        text
        for shape in report_document(read(this_year))["sections"]
        for text in shape["paragraphs"]
    ]
    assert any("not counted among the changes: 1." in text for text in said)


def test_nor_is_one_retired_twice_by_it(offering: Any, this_year: AnnualReport) -> None:
    append(offering, "retired")
    approve_osap(offering)
    tell(offering)
    assert happened(this_year) == [("new", 1), ("retired", 2)]
    assert content_of(this_year)["figures"] == {offering.category: {"new": 1, "retired": 1}}


def test_what_was_decided_before_it_still_led_to_the_version_after_it(
    offering: Any, this_year: AnnualReport
) -> None:
    approve_osap(offering)
    frozen = freeze(offering)
    decided_at = timezone.now()
    tell(offering)
    revised = append(offering, title="Safe transfers at home")
    Decision.objects.create(
        offering_id=offering.pk, proposal_key="1", stage_key="1", stage="Committee",
        route="micro_credential", office="Committee", instrument="Terms of reference",
        outcome="approved", content_hash=revised.content_hash,
        governed_hash=frozen.governed_hash, policy_version="1", decided_by_key="1",
        decided_by_name="Ada", decided_at=decided_at,
    )  # fmt: skip
    listed = list(happenings_of(period_of(this_year)))
    assert [item["version"] for item in listed] == [1, 3]
    assert [decision["office"] for decision in listed[-1]["decisions"]] == ["Committee"]


def test_states_are_told_in_words(offering: Any, this_year: AnnualReport, department: Any) -> None:
    osap_record(offering, "submitted")
    for language, word in (("en", "Submitted"), ("fr", "Soumise")):
        with translation.override(language):
            shape = report_document(read(this_year, department))
        rows = [row for section in shape["sections"] for row in section["rows"]]
        assert any(row[0] == "Safe transfers" and row[2] == word for row in rows)


def test_its_chart_has_a_text_in_its_place_in_the_pdf(
    offering: Any, this_year: AnnualReport, department: Any
) -> None:
    osap_record(offering, "submitted")
    pdf = opened(report_pdf(report_document(read(this_year, department))))
    before = AcademicYear(this_year.begins_in).preceding
    alternatives = [str(element.Alt) for element in elements(pdf) if "/Alt" in element]
    assert len(alternatives) == roles(pdf)["Figure"] == 3
    assert (
        f"Bar chart. Requests for OSAP. Submitted: 1 ({this_year}), 0 ({before})." in alternatives
    )


def sheets(report: AnnualReport, reader: Any) -> set[str]:
    return {sheet.key for sheet in sheets_of(read(report, reader))}


def test_of_a_draft_requests_one_by_one_are_the_departments_alone(
    offering: Any, this_year: AnnualReport, department: Any, people: Any, client: Client
) -> None:
    record = osap_record(offering, "submitted")
    append(offering, title="Renamed since")  # so that the list of happenings tells it by another
    stands = '"state":"submitted"'
    assert stands in "".join(as_json(this_year, department))
    assert "osap-requests" in sheets(this_year, department)
    for reader in (person("committee"), person("policy_owner"), people["superuser"], None):
        told = "".join(as_json(this_year, reader))
        assert stands not in told
        assert '"submitted":1' in told
        assert "osap-requests" not in sheets(this_year, reader)
    client.force_login(person("committee"))
    page = client.get(reverse("governance:annual_report", args=[this_year.pk]))
    assert "only the Department reads them one by one" in page.content.decode()
    address = reverse("governance:annual_report_table", args=[this_year.pk, "osap-requests"])
    assert client.get(address).status_code == 404
    client.force_login(person("editor"))
    assert client.get(address).status_code in (302, 403)
    assert record.state == OsapRecord.State.SUBMITTED


def test_a_presented_report_tells_every_reader_the_same(
    report: AnnualReport, department: Any
) -> None:
    presented = present(report, department, COUNCIL, whole(report)[1])
    report = AnnualReport.objects.get(pk=report.pk)
    assert "".join(as_json(report, person("committee"))) == presented.content
    assert "osap-requests" in sheets(report, person("committee"))


def test_nothing_of_a_record_but_its_standing_is_told(
    offering: Any, this_year: AnnualReport, department: Any
) -> None:
    osap_record(offering, "submitted")
    text, _hash = whole(this_year)
    assert "51.3901" not in text
    assert "33102" not in text
    (row,) = json.loads(text)["osap"]["requests"]
    assert set(row) == {
        "offering", "title", "category", "state", "since", "opened_on", "sent_on", "answered_on",
    }  # fmt: skip


def test_a_report_that_was_presented_before_all_this_is_still_read(
    report: AnnualReport, department: Any
) -> None:
    data = json.loads(whole(report)[0]) | {"format": 1, "osap": []}
    for later in ("states", "notes"):
        del data[later]
    reviewed = {"offering": "1", "title": "Welding", "category": "camp"}
    data["reviews"] = [reviewed | {"on": "2025-01-01", "reference": "R1"}]
    PresentedReport.objects.create(
        report=report, content=json.dumps(data), content_hash="0", body="Council",
        meeting_on=COUNCIL.meeting_on, presented_by_key="1", presented_by_name="Ada",
    )  # fmt: skip
    reading = read(AnnualReport.objects.get(pk=report.pk), department)
    shape = report_document(reading)
    assert shape["notes"] == []
    assert not any("OSAP" in section["heading"] for section in shape["sections"])
    assert all(list(sheet.table()) for sheet in sheets_of(reading))
