"""Every register has one base: who may read it, what it exports, what it costs (law 6, ADR 63).

All are found by their addresses, so that a new one is tested too.
"""

import csv
import io
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.views.generic.list import MultipleObjectMixin
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from credentials.admin.register_index import RegisterIndexView
from credentials.admin.registers import Register
from credentials.conf import conf
from credentials.people.roles import grant_roles
from tests.appeals.staff import make_staff
from tests.factories import MicroCredentialFactory
from tests.people import person
from tests.site.admin_addresses import Address, addresses
from tests.site.record_of_everything import fill_the_record

pytestmark = pytest.mark.django_db

RECORD = {"editor", "department", "committee", "policy_owner"}
READERS = {  # by model; the record's are read by everybody of the record
    "jobrun": {"department"},
    "case": {"appeals_office", "appeals_decider"},
    "purgecertificate": {"appeals_office"},
    "personaltoken": set(),  # the administrator's alone
}
WRITERS = {"agreement": {"editor", "department"}}
OURS = {"credentials", "workflows", "appeals", "home"}
OTHER_LISTS = {  # each with why it is no register
    "governance:meetings": "leads to meetings and plans them; what they decided is in registers",
    "governance:annual_reports": "leads to reports, each with files of its own",
    "governance:timeline": "of one offering, from many tables",
    "governance:report_": "figures with charts; a base of their own",
    "osap:index": "the ministry's file, from which records are chosen to be sent together",
    "offerings:index": "Wagtail's own listing of pages",
}
OF_EVERYBODY = {"offerings:index"}  # Wagtail shows each person the pages that they may open
WITHOUT_EXPORTS = {"governance:meetings", "governance:annual_reports"}
MOST_QUERIES = 45


@pytest.fixture
def offering(root: Any) -> Any:
    """An offering on which something of every kind hangs."""
    grant_roles(root)
    make_staff()
    return fill_the_record(root)


def registers() -> list[Address]:
    """Every address that modeladmin serves."""
    return [address for address in addresses() if address.register]


def lists() -> list[Address]:
    """Every list of ours: of rows, or exported."""
    kinds = (MultipleObjectMixin, SpreadsheetExportMixin)
    found = [at for at in addresses() if at.view_class and issubclass(at.view_class, kinds)]
    return [at for at in found if at.register or at.view_class.__module__.split(".")[0] in OURS]  # type: ignore[union-attr]


def index_pages() -> list[Address]:
    """The list of every register."""
    return [at for at in registers() if at.view.__name__ == "index_view"]


def reader_of(register: Any) -> Client:
    """A browser of somebody who reads it; the administrator's own list is a superuser's."""
    roles = sorted(READERS.get(register.opts.model_name, RECORD))
    client = Client()
    if roles:
        client.force_login(person(roles[0], 7))
    else:
        client.force_login(get_user_model().objects.create_superuser("root7"))
    return client


def answers(user: Any) -> dict[str, bool]:
    """Whether each address opens for somebody, by its name."""
    client = Client()
    if user is not None:
        client.force_login(user)
    found = {}
    for address in registers():
        model: Any = address.register.model  # type: ignore[union-attr]
        row = model.objects.first()
        path = address.of(instance_pk=row.pk if row else 0)
        assert path is not None
        assert row or "instance_pk" not in str(address.pattern.pattern), address.name
        found[address.name] = client.get(path).status_code == 200
    return found


def expected(role: str) -> dict[str, bool]:
    """Whether it should."""
    found = {}
    for address in registers():
        model = address.register.opts.model_name  # type: ignore[union-attr]
        is_read = address.view.__name__ in ("index_view", "inspect_view")
        people = READERS.get(model, RECORD) if is_read else WRITERS[model]
        found[address.name] = role in people
    return found


@pytest.mark.parametrize("role", sorted(conf().ROLE_GROUPS))
def test_a_role_reads_what_is_its_own(offering: Any, role: str) -> None:
    assert answers(person(role, 7)) == expected(role)


def test_who_may_only_enter_the_admin_and_who_may_not_read_nothing(offering: Any) -> None:
    stranger = get_user_model().objects.create_user("stranger")
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    for user in (stranger, get_user_model().objects.create_user("nobody"), None):
        assert not any(answers(user).values())


def test_a_superuser_reads_the_record_and_writes_none_of_it(offering: Any) -> None:
    root = get_user_model().objects.create_superuser("root")
    cases = {"appeals_case_modeladmin_index", "appeals_purgecertificate_modeladmin_index"}
    found = answers(root)
    assert {name for name, opens in found.items() if not opens} <= cases
    views = {address.view.__name__ for address in registers()}
    assert views == {"index_view", "inspect_view", "create_view"}


@pytest.mark.parametrize("act", ["history", "edit", "delete", "create"])
def test_nothing_else_of_a_register_has_an_address(people: Any, client: Client, act: str) -> None:
    client.force_login(people["superuser"])
    address = reverse("workflows_decision_modeladmin_index")
    for path in (f"{address}{act}/1/", f"{address}{act}/"):
        assert client.get(path).status_code == 404


def test_every_list_of_ours_is_a_register_or_says_why_it_is_none() -> None:
    for address in lists():
        if address.register:
            assert isinstance(address.register, Register), address.name
            assert issubclass(address.view_class, RegisterIndexView), address.name  # type: ignore[arg-type]
            assert address.register.columns, address.name
        else:
            assert any(address.name.startswith(name) for name in OTHER_LISTS), address.name


def test_the_other_lists_ask_for_a_permission_and_have_exports(offering: Any) -> None:
    stranger = get_user_model().objects.create_user("stranger")
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(stranger)
    for address in lists():
        if address.register:
            continue
        name = address.name.removesuffix("_results")
        path = address.of(page_id=offering.pk)
        assert path is not None
        for query in ({}, {"export": "csv"}, {"export": "xlsx"}):
            refused = client.get(path, query).status_code in (302, 403, 404)
            assert refused or name in OF_EVERYBODY, address.name
        exports = issubclass(address.view_class, SpreadsheetExportMixin)  # type: ignore[arg-type]
        assert exports or name in WITHOUT_EXPORTS, address.name


def test_every_register_is_exported_as_csv_and_xlsx_with_its_columns(offering: Any) -> None:
    stranger = Client()
    stranger.force_login(get_user_model().objects.create_user("nobody"))
    for address in index_pages():
        register, path = address.register, str(address.of())
        client = reader_of(register)
        table = client.get(path, {"export": "csv"})
        assert table["Content-Disposition"].endswith('.csv"'), address.name
        text = b"".join(table.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        headings, *rows = csv.reader(io.StringIO(text))
        book = b"".join(client.get(path, {"export": "xlsx"}).streaming_content)  # type: ignore[attr-defined]
        sheet = load_workbook(io.BytesIO(book)).active
        said = list(sheet.iter_rows(values_only=True))
        assert headings == list(said[0]), address.name
        assert len(rows) == len(said) - 1, address.name
        assert len(headings) == len(register.list_export) > 1, address.name  # type: ignore[union-attr]
        for kind in ("csv", "xlsx"):
            assert stranger.get(path, {"export": kind}).status_code in (302, 403, 404)


def test_a_register_with_more_rows_costs_no_more(offering: Any, root: Any) -> None:
    def queries() -> dict[str, tuple[int, int]]:
        found = {}
        for address in index_pages():
            client, path = clients[address.name], str(address.of())
            client.get(path)
            with CaptureQueriesContext(connection) as shown:
                client.get(path)
            with CaptureQueriesContext(connection) as told:
                b"".join(client.get(path, {"export": "csv"}).streaming_content)  # type: ignore[attr-defined]
            found[address.name] = (len(shown), len(told))
        return found

    clients = {address.name: reader_of(address.register) for address in index_pages()}
    few = queries()
    for number in range(3):
        MicroCredentialFactory(parent=root, title=f"More {number}", life="published")
    many = queries()
    # What the page asks beside its rows may be answered from memory the second time.
    pairs = {name: list(zip(many[name], few[name], strict=True)) for name in few}
    assert all(now <= then for counts in pairs.values() for now, then in counts), pairs
    assert max(count for counts in many.values() for count in counts) <= MOST_QUERIES, many
