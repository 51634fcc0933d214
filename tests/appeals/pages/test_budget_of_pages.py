"""The office's pages ask the database no more when there is more to show."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from appeals.acts import additions
from appeals.choices import Stage
from appeals.models import Case
from appeals.uploads.inspection import check_upload
from tests.appeals.making import make_case
from tests.appeals.uploads.samples import PDF

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-1")]

MOST_QUERIES = 40


@pytest.fixture
def office(client: Client, staff: dict[str, Any]) -> Client:
    """The office, signed in."""
    client.force_login(staff["office"])
    return client


def queries(office: Client, path: str) -> int:
    """How many a page takes, once whatever is looked up once is known."""
    office.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert office.get(path).status_code == 200
    return len(asked)


def add_work(staff: dict[str, Any], case: Case, count: int) -> None:
    """Notes and documents on a case, so many of each."""
    for number in range(count):
        additions.note(staff["office"], case, f"Note {number}")
        upload = SimpleUploadedFile(f"paper-{number}.pdf", PDF)
        additions.add_document(staff["office"], case, check_upload(upload))


def test_a_case_with_a_long_history_costs_no_more(staff: dict[str, Any], office: Client) -> None:
    case = make_case(staff, Stage.DECISION)
    path = reverse("appeals_admin:case", args=[case.number])
    add_work(staff, case, 2)
    few = queries(office, path)
    add_work(staff, case, 20)
    assert few == queries(office, path) <= MOST_QUERIES


@pytest.mark.parametrize(
    "name", ["appeals_admin:board", "appeals_admin:log", "appeals_case_modeladmin_index"]
)
def test_a_list_with_many_cases_costs_no_more(
    name: str, staff: dict[str, Any], office: Client
) -> None:
    for _number in range(2):
        make_case(staff, Stage.REVIEW)
    few = queries(office, reverse(name))
    for _number in range(6):
        make_case(staff, Stage.REVIEW)
    assert few == queries(office, reverse(name)) <= MOST_QUERIES
