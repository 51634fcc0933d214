"""A report's files: an accessible PDF, a workbook, tables and data, all telling the same."""

import csv
import datetime
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from config.environment import VAR
from tests.workflows.annual_report.simulation import simulate
from tests.workflows.annual_report.test_presenting import AWARD, COUNCIL
from tests.workflows.documents.reading import elements, fonts_embedded, opened, roles, words
from workflows.annual_report.content import whole
from workflows.annual_report.draft import enter_awards, keep_narrative
from workflows.annual_report.formats.pdf import report_pdf
from workflows.annual_report.presentation import add_addendum, present
from workflows.annual_report.report import read
from workflows.annual_report.report_document import report_document
from workflows.models import AnnualReport

pytestmark = pytest.mark.django_db

HOSTILE = '=1+1 #read("x") $x$ <b>'


@pytest.fixture
def written(root: Any, report: AnnualReport, department: Any) -> AnnualReport:
    """The draft on 2024-25 with a narrative, awards and something that happened."""
    simulate(root, 2, offerings=10, events=60)
    sections = [{"heading": "The year", "text": f"Much was built.\n{HOSTILE}"}]
    keep_narrative(report, department, sections)
    enter_awards(report, department, [AWARD | {"source": HOSTILE}])
    return AnnualReport.objects.get(pk=report.pk)


def file(client: Client, person: Any, report: AnnualReport, extension: str) -> bytes:
    """A file as it is downloaded."""
    client.force_login(person)
    response = client.get(reverse("governance:annual_report_file", args=[report.pk, extension]))
    assert response.status_code == 200
    assert f"annual-report-2024-25.{extension}" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    return response.getvalue() if response.streaming else response.content


def test_the_pdf_is_tagged_titled_and_in_a_stated_language(written: AnnualReport) -> None:
    pdf = opened(report_pdf(report_document(read(written))))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en-CA"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Annual report to Academic Council, 2024-25"
    embedded = fonts_embedded(pdf)
    assert embedded and all(embedded)


def test_its_charts_have_a_text_in_their_place_and_a_table_beside_them(
    written: AnnualReport,
) -> None:
    pdf = opened(report_pdf(report_document(read(written))))
    found = roles(pdf)
    assert found["H1"] == 1
    assert found["Figure"] == 2
    assert found["Table"] >= 5
    assert found["TH"] >= 15
    figures = [e for e in elements(pdf) if str(e.get("/S", "")) == "/Figure"]
    assert all("Bar chart." in str(figure.Alt) for figure in figures)


def test_the_pdf_says_what_the_report_says(written: AnnualReport) -> None:
    document = report_document(read(written))
    made = report_pdf(document)
    (VAR / "annual-report.pdf").write_bytes(made)  # to be looked at
    found = words(made).replace(" ", "")
    assert "DRAFT:notpresented" in found
    assert HOSTILE.replace(" ", "") in found
    for section in document["lists"]:
        for row in section["rows"]:
            assert row[3].split("\n")[0] in found  # the approval's reference


def test_a_presented_report_shows_its_hash_and_addenda_in_french_too(
    written: AnnualReport, department: Any
) -> None:
    presented = present(written, department, COUNCIL, whole(written)[1])
    add_addendum(presented, department, "Awards", "Thirteen.")
    with translation.override("fr"):
        document = report_document(read(AnnualReport.objects.get(pk=written.pk)))
        made = report_pdf(document)
    found = words(made).replace(" ", "")
    assert presented.content_hash in found
    assert "Thirteen." in found
    assert "Atelier" in found or "atelier" in found
    assert str(opened(made).Root.Lang) == "fr-CA"


def test_an_empty_year_is_a_report_too(report: AnnualReport) -> None:
    found = words(report_pdf(report_document(read(report))))
    assert "Annual report to Academic Council, 2024-25" in found
    assert "No figure was entered." in found


def test_the_json_of_a_presented_report_is_what_its_hash_is_of(
    written: AnnualReport, department: Any, client: Client
) -> None:
    presented = present(written, department, COUNCIL, whole(written)[1])
    assert file(client, department, written, "json").decode() == presented.content


def test_the_workbook_has_a_sheet_for_each_part_and_no_formulas(
    written: AnnualReport, department: Any, client: Client
) -> None:
    book = load_workbook(io.BytesIO(file(client, department, written, "xlsx")))
    assert book.sheetnames == [
        "Figures", "What happened", "Reviews", "Awards", "OSAP", "OSAP requests", "Decisions",
        "Narrative", "Notes", "Record",
    ]  # fmt: skip
    awards = list(book["Awards"].values)
    assert awards[1] == (awards[1][0], 12, f"'{HOSTILE}")
    data = json.loads(whole(written)[0])
    assert book["What happened"].max_row == len(data["happenings"]) + 1
    figures = list(book["Figures"].values)
    new = figures[0].index("New")
    *categories, in_all = [row for row in figures[1:] if row[1] == "2024-25"]
    assert sum(row[new] for row in categories) == in_all[new]
    assert in_all[new] == sum(figures.get("new", 0) for figures in data["figures"].values())


def test_the_workbook_can_be_read_and_reckoned_with_as_it_opens(
    written: AnnualReport, department: Any, client: Client
) -> None:
    book = load_workbook(io.BytesIO(file(client, department, written, "xlsx")))
    sheet = book["What happened"]
    assert all(cell.font.bold for cell in sheet[1])
    assert all(sheet.column_dimensions[letter].width >= 10 for letter in "ABC")
    first_day, last_day = datetime.datetime(2024, 9, 1), datetime.datetime(2025, 8, 31)
    assert all(first_day <= row[0] <= last_day for row in list(sheet.values)[1:])
    happened = {row[1] for row in list(sheet.values)[1:]}
    assert not happened & {"Governed changes", "Editorial changes"}, "one happening is one change"


def test_the_list_as_csv_has_a_row_for_each_version(
    written: AnnualReport, department: Any, client: Client
) -> None:
    text = file(client, department, written, "csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    listed = json.loads(whole(written)[0])["happenings"]
    assert [row["Approval"] for row in rows] == [item["approval"]["reference"] for item in listed]


def test_another_kind_of_file_is_not_found(
    report: AnnualReport, department: Any, client: Client
) -> None:
    client.force_login(department)
    address = reverse("governance:annual_report_file", args=[report.pk, "exe"])
    assert client.get(address).status_code == 404
