"""No export of the admin runs a formula in a spreadsheet, Wagtail's own included."""

import csv
import io
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from credentials.conf import conf
from credentials.models import AcademicUnit, Skill
from credentials.people.roles import grant_roles
from tests.site.admin_addresses import addresses
from tests.site.record_of_everything import FORMULA, fill_the_record

pytestmark = pytest.mark.django_db

SHUT = "wagtailusers_api_tokens:"  # nobody makes another's token there
STARTS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture
def downloads(root: Any, people: dict[str, Any]) -> Any:
    """What every view that exports gives to whoever may see all of it, by its name."""
    grant_roles(root)
    offering = fill_the_record(root)
    AcademicUnit.objects.create(name=FORMULA, code=FORMULA)
    Skill.objects.create(name=FORMULA)
    people["superuser"].groups.set(Group.objects.filter(name__in=conf().ROLE_GROUPS.values()))
    client = Client()
    client.force_login(people["superuser"])

    def get(extension: str) -> dict[str, bytes]:
        found = {}
        for address in addresses():
            kind = address.view_class
            if kind is None or not issubclass(kind, SpreadsheetExportMixin):
                continue
            path = address.of(page_id=offering.pk, report="compliance")
            if path is None:
                continue
            response = client.get(path, {"export": extension})
            if address.name.startswith(SHUT):
                assert response.status_code == 302
                continue
            assert response.status_code == 200, address.name
            if "html" not in response["Content-Type"]:
                found[address.name] = response.getvalue()
        return found

    return get


def test_no_cell_of_a_table_is_a_formula(downloads: Any) -> None:
    found = downloads("csv")
    assert {
        "wagtailadmin_reports:aging_pages",
        "wagtailadmin_reports:workflow",
        "wagtailadmin_reports:site_history",
        "workflows_decision_modeladmin_index",
        "governance:timeline",
        "offerings:index",
    } <= set(found)
    told = 0
    for name, content in found.items():
        cells = [
            cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row
        ]
        told += f"'{FORMULA}" in cells
        formulas = [cell for cell in cells if cell.startswith(STARTS) and cell != "-"]
        assert not formulas, f"{name}: {formulas}"
    assert told > 10


def test_every_cell_of_a_workbook_that_looks_like_a_formula_is_text(downloads: Any) -> None:
    for name, content in downloads("xlsx").items():
        sheet = load_workbook(io.BytesIO(content)).active
        kinds = {cell.data_type for row in sheet for cell in row}
        assert "f" not in kinds, name
        found = [str(cell.value) for row in sheet for cell in row]
        assert not [text for text in found if text.startswith(STARTS) and text != "-"], name
