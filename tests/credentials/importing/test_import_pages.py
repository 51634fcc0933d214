"""The admin's import pages: who may, what they keep, and that a refusal leaves nothing behind."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from credentials.imports.columns import COLUMNS
from credentials.models import ImportRow, ImportRun, Offering
from tests.credentials.importing.conftest import ROW, as_csv

pytestmark = pytest.mark.django_db
State = ImportRun.State


@pytest.fixture
def department(people: dict[str, Any], client: Client) -> Client:
    client.force_login(people["department"])
    return client


def address(name: str, *args: Any) -> str:
    return reverse(f"credentials_imports:{name}", args=args)


def upload(client: Client, root: Any, *changes: dict[str, str], content: bytes = b"") -> Any:
    content = content or as_csv([{**ROW, **change} for change in changes]).encode()
    file = SimpleUploadedFile("offerings.csv", content)
    return client.post(address("new"), {"file": file, "parent": root.pk})


def checked(client: Client, root: Any, *changes: dict[str, str]) -> ImportRun:
    """Upload, accept the columns as matched, and check to the end."""
    upload(client, root, *changes)
    run = ImportRun.objects.latest("pk")
    client.post(address("columns", run.pk), {f"column-{name}": name for name in ROW})
    while (run := ImportRun.objects.get(pk=run.pk)).state == State.CHECKING:
        client.post(address("advance", run.pk))
    return run


def confirm(client: Client, run: ImportRun, **data: str) -> ImportRun:
    client.post(address("confirm", run.pk), data)
    client.post(address("advance", run.pk))
    run.refresh_from_db()
    return run


def test_a_file_is_checked_confirmed_and_imported(department: Client, root: Any) -> None:
    run = checked(department, root, {}, {"reference": "CE-2"})
    assert (run.state, run.new, run.invalid) == (State.CHECKED, 2, 0)
    assert not Offering.objects.exists()
    run = confirm(department, run)
    assert (run.state, run.new) == (State.DONE, 2)
    assert Offering.objects.filter(live=False).count() == 2
    assert not ImportRow.objects.exists()
    assert "2 drafts were made" in department.get(address("run", run.pk)).content.decode()


def test_the_person_who_confirms_is_the_author(
    department: Client, people: dict[str, Any], root: Any
) -> None:
    confirm(department, checked(department, root, {}))
    assert Offering.objects.get().latest_revision.user == people["department"]


def test_checking_goes_on_in_chunks_and_remembers_references(department: Client, root: Any) -> None:
    rows = [{"reference": f"CE-{number}"} for number in range(201)]
    upload(department, root, *rows, {"reference": "CE-0"})
    run = ImportRun.objects.get()
    department.post(address("columns", run.pk), {f"column-{name}": name for name in ROW})
    first = department.post(address("advance", run.pk), headers={"accept": "application/json"})
    assert first.json() == {"state": "checking", "done": 200, "total": 202}
    last = department.post(address("advance", run.pk), headers={"accept": "application/json"})
    assert last.json() == {"state": "checked", "done": 202, "total": 202}
    run.refresh_from_db()
    assert (run.new, run.invalid) == (201, 1)


def test_invalid_rows_must_be_left_out_knowingly(department: Client, root: Any) -> None:
    run = checked(department, root, {}, {"reference": "CE-2", "hours": "many"})
    assert confirm(department, run).state == State.CHECKED
    assert not Offering.objects.exists()
    run = confirm(department, run, skip_invalid="on")
    assert (run.state, run.new, run.invalid) == (State.DONE, 1, 1)


def test_what_became_invalid_since_the_check_keeps_all_rows_out(
    department: Client, root: Any
) -> None:
    run = checked(department, root, {}, {"reference": "CE-2", "slug": "taken"})
    row = run.rows.get(reference="CE-2")
    row.cells[list(ROW).index("hours")] = "many"
    row.save()
    run = confirm(department, run)
    assert run.state == State.FAILED
    assert run.invalid == 1
    assert not Offering.objects.exists()


def test_problems_are_shown_and_can_be_downloaded(department: Client, root: Any) -> None:
    run = checked(department, root, {"hours": "many"})
    assert "This is not a number." in department.get(address("run", run.pk)).content.decode()
    report = department.get(address("problems", run.pk)).content.decode()
    assert "2,hours,many,This is not a number." in report


def test_an_import_can_be_cancelled_until_it_is_written(department: Client, root: Any) -> None:
    run = checked(department, root, {})
    department.post(address("cancel", run.pk))
    run = confirm(department, run)
    assert run.state == State.CANCELLED
    assert not Offering.objects.exists()


def test_writing_begins_once(department: Client, root: Any) -> None:
    run = confirm(department, checked(department, root, {}))
    department.post(address("advance", run.pk))
    assert Offering.objects.count() == 1


def test_writing_that_broke_off_can_be_cancelled(department: Client, root: Any) -> None:
    run = checked(department, root, {})
    long_ago = timezone.now() - timedelta(hours=2)
    ImportRun.objects.filter(pk=run.pk).update(state=State.WRITING, changed_at=long_ago)
    department.post(address("cancel", run.pk))
    run.refresh_from_db()
    assert run.state == State.CANCELLED


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\x89PNG\x00\x00", "not a CSV or XLSX"),
        (b"\n\n", "file is empty"),
        (b"title\n", "no rows below"),
        (b"title\n\x81\x8d\n", "neither UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_not_kept(
    department: Client, root: Any, content: bytes, says: str
) -> None:
    response = upload(department, root, content=content)
    assert says in response.content.decode()
    assert not ImportRun.objects.exists()


def test_a_required_field_without_a_column_is_said(department: Client, root: Any) -> None:
    upload(department, root, {})
    run = ImportRun.objects.get()
    response = department.post(address("columns", run.pk), {"column-title": "title"})
    assert "No column is given for: reference, kind" in response.content.decode()


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_the_template_imports_as_it_is(department: Client, root: Any, extension: str) -> None:
    template = department.get(address("template", extension)).content
    upload(department, root, content=template)
    run = ImportRun.objects.get()
    assert run.headers == list(COLUMNS)
    department.post(address("columns", run.pk), {f"column-{name}": name for name in COLUMNS})
    department.post(address("advance", run.pk))
    run.refresh_from_db()
    assert (run.new, run.invalid) == (1, 0)


@pytest.mark.parametrize("role", ["editor", "committee"])
def test_others_than_the_department_are_kept_out(
    people: dict[str, Any], client: Client, root: Any, role: str
) -> None:
    run = ImportRun.objects.create(file_name="a.csv", parent=root, state=State.CONFIRMED)
    client.force_login(people[role])
    for name in ("index", "new"):
        assert client.get(address(name)).status_code == 302
    for name in ("run", "columns", "problems", "progress"):
        assert client.get(address(name, run.pk)).status_code == 302
    for name in ("advance", "confirm", "cancel"):
        assert client.post(address(name, run.pk)).status_code == 302
    run.refresh_from_db()
    assert run.state == State.CONFIRMED


def test_the_permission_alone_adds_no_page(people: dict[str, Any], client: Client) -> None:
    editor = people["committee"]
    editor.user_permissions.add(Permission.objects.get(codename="import_offerings"))
    client.force_login(editor)
    assert "no page that you may add" in client.get(address("new")).content.decode()


def test_without_imports_the_page_says_how_to_begin(department: Client) -> None:
    assert "Nothing has been imported yet" in department.get(address("index")).content.decode()
