"""The office reads the access log, filters it and takes it away; that is logged too (law 6)."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext, override
from openpyxl import load_workbook
from wagtail.users.models import UserProfile

from appeals.access.door import open_case
from appeals.acts.filing import as_first_decider
from appeals.choices import Looked
from appeals.models import Case, CaseAccess
from tests.appeals.making import make_case

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-1")]

LOG = "appeals_admin:log"
REASON = "=HYPERLINK(evil)"


@pytest.fixture
def case(staff: dict[str, Any], people: dict[str, Any]) -> Case:
    """A case that the office opened, and a superuser for a reason that is a formula."""
    made = make_case(staff)
    open_case(staff["office"], made.number, Looked.CASE)
    open_case(people["superuser"], made.number, Looked.CASE, reason=REASON)
    return made


@pytest.fixture
def office(client: Client, staff: dict[str, Any]) -> Client:
    """The office, signed in."""
    client.force_login(staff["office"])
    return client


def cells(office: Client, extension: str, **query: str) -> list[list[str]]:
    """The rows of an export."""
    response = office.get(reverse(LOG), {**query, "export": extension})
    assert response.streaming
    assert response["Content-Disposition"] == f'attachment; filename="access-log.{extension}"'
    assert "no-store" in response["Cache-Control"]
    body = b"".join(response.streaming_content)
    if extension == "csv":
        return list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(body)).active
    return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_what_the_filter_finds_is_exported_and_no_cell_is_a_formula(
    extension: str, case: Case, office: Client
) -> None:
    headings, *rows = cells(office, extension, number=case.number.lower())
    assert headings[0] == "When"
    assert [row[1:4] + row[5:6] for row in rows] == [
        ["root", "yes", "Opened the case", case.number],
        ["Office", "no", "Opened the case", case.number],
    ]
    assert "HYPERLINK" in rows[0][6]
    assert not rows[0][6].startswith("=")
    assert len(cells(office, extension, superusers="on")) == 2
    assert len(cells(office, extension, what="board")) == 1


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_the_export_is_logged_itself(extension: str, case: Case, office: Client) -> None:
    cells(office, extension)
    entry = CaseAccess.objects.first()
    assert entry is not None
    assert (entry.what, entry.detail, entry.by_name) == (Looked.LOG_EXPORT, extension, "Office")


def test_a_filter_that_is_wrong_exports_nothing(case: Case, office: Client) -> None:
    response = office.get(reverse(LOG), {"what": "nonsense", "export": "csv"})
    assert not response.streaming
    assert "nonsense is not one of the available choices" in response.content.decode()
    assert not CaseAccess.objects.filter(what=Looked.LOG_EXPORT).exists()


def test_an_export_is_in_the_language_of_whoever_asks(
    case: Case, office: Client, staff: dict[str, Any]
) -> None:
    UserProfile.objects.create(user=staff["office"], preferred_language="fr")
    with override("fr"):
        heading, opened = gettext("When"), str(Looked.CASE.label)
    assert opened != Looked.CASE.label
    headings, *rows = cells(office, "csv", what="case")
    assert headings[0] == heading != "When"
    assert {row[3] for row in rows} == {opened}


def test_who_took_the_decision_exports_nothing_of_the_case(
    staff: dict[str, Any], client: Client
) -> None:
    case = make_case(staff, first_deciders=[as_first_decider(staff["colleague"])])
    open_case(staff["office"], case.number, Looked.CASE)
    client.force_login(staff["colleague"])
    for extension in ("csv", "xlsx"):
        assert case.number not in str(cells(client, extension))


@pytest.mark.parametrize("who", ["decider", "delegate"])
def test_nobody_else_exports_it(who: str, case: Case, staff: dict[str, Any]) -> None:
    client = Client()
    client.force_login(staff[who])
    for extension in ("csv", "xlsx"):
        assert client.get(reverse(LOG), {"export": extension}).status_code in (302, 404)
    assert not CaseAccess.objects.filter(what=Looked.LOG_EXPORT).exists()


def test_a_filter_can_be_cleared_and_downloads_keep_it(case: Case, office: Client) -> None:
    clear = f'<a href="{reverse(LOG)}">Clear</a>'
    page = office.get(reverse(LOG)).content.decode()
    assert clear not in page
    assert 'href="?export=csv"' in page
    page = office.get(reverse(LOG), {"what": "case"}).content.decode()
    assert clear in page
    assert 'href="?what=case&amp;export=xlsx"' in page


def test_an_export_of_many_rows_takes_as_many_queries(case: Case, office: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            cells(office, "csv")
        return len(asked)

    few = queries()
    for _n in range(30):
        CaseAccess.objects.create(what=Looked.CASE, case=case, by_name="n")
    assert queries() == few
