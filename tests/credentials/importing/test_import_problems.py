"""Everything that can be wrong with a row or a file is named, with what to do about it."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from credentials.imports.mapping import Mapping
from credentials.imports.problems import Problem, SheetError, write_report
from credentials.imports.row_checks import Checker
from credentials.imports.sheets import Sheet
from tests.credentials.importing.conftest import ROW, Sheets, as_csv
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.proposals import edit, submit

pytestmark = pytest.mark.django_db

BADGE = {"kind": "digital_badge", "category": ""}
ONE_ROW = [
    ("title", {"title": "  "}, "empty", "It is empty"),
    ("title", {"title": "x" * 300}, "max_length", "at most 255"),
    ("kind", {"kind": "degree"}, "choice", "Write one of: certificate_program"),
    ("category", {"category": "nac_micro_credential"}, "category", "not a category of this kind"),
    ("category", {"category": ""}, "category", "not a category of this kind"),
    ("delivery_modes", {"delivery_modes": "online|by owl"}, "choice", "face_to_face"),
    ("language", {"language": "Klingon"}, "choice", "mul"),
    ("hours", {"hours": "a few"}, "number", "not a number"),
    ("hours", {"hours": "2.25"}, "number", "more than 1 decimals"),
    ("hours", {"hours": "-3"}, "number", "negative"),
    ("hours", {"hours": "123456"}, "max_digits", "digits"),
    ("weeks", {"weeks": "2.5"}, "number", "not a whole number"),
    ("fee", {"fee": "1e99"}, "number", "not a number"),
    ("duration", {"duration": "15+ hours of study/wk per course"}, "duration", "6 weeks"),
    ("duration", {"duration": "6 - 3 months"}, "duration", "backwards"),
    ("duration", {"duration": "20 years"}, "duration", "longer than 520 weeks"),
    ("slug", {"slug": "not a slug!"}, "invalid", "valid"),
    ("contact_email", {"contact_email": "office"}, "invalid", "email"),
    ("external_url", {"external_url": "over there"}, "invalid", "URL"),
    ("academic_unit", {"academic_unit": "alchemy"}, "unit", "No academic unit"),
    ("competency", {"competency": "Keeps bees."}, "kind", "no such field"),
    ("skills", {"skills": "(1.7k reviews)"}, "skill", "does not name a skill"),
    ("outcomes", {"outcomes": "LO1: Look. | LO1: Listen."}, "outcomes", "same code"),
    ("assessments", {"assessments": "Quiz"}, "assessment", "a title and a kind"),
    ("partners", {"partners": "Hive Society"}, "partner", "is not said"),
    ("partners", {"partners": "A :: employer :: https://a.example :: more"}, "partner", "website"),
    ("session_starts", {"session_starts": "10/04/2027"}, "date", "2027-01-31"),
    ("session_starts", {"session_ends": "2027-04-01"}, "session", "before it starts"),
    ("session_starts", {"session_starts": "", "session_places": "Here"}, "session", "no start"),
    ("governing_policy", {"contracted_for": "A unit"}, "contract", "governing policy"),
    ("title", {"title": "蜂蜜とミツバチ"}, "script", "another script"),
]  # fmt: skip


def found(path: Path, parent: Any, **named: Any) -> list[Problem]:
    with path.open("rb") as stream:
        sheet = Sheet(stream)
        mapping = Mapping.from_options(sheet.headers, **named)
        checker = Checker(sheet.headers, mapping, parent)
        return [p for rows in checker.check(sheet.rows()) for row in rows for p in row.problems]


@pytest.mark.parametrize(("column", "change", "code", "says"), ONE_ROW)
def test_a_bad_cell_is_named_with_reason_and_remedy(
    root: Any, sheet: Sheets, column: str, change: dict[str, str], code: str, says: str
) -> None:
    problems = found(sheet({"reference": "GOOD"}, change), root)
    assert [(p.line, p.column, p.code) for p in problems] == [(3, column, code)]
    assert says in f"{problems[0].reason} {problems[0].remedy}"
    assert problems[0].remedy


def test_a_repeated_reference_names_the_first_line(root: Any, sheet: Sheets) -> None:
    (problem,) = found(sheet({}, {"reference": "CE-2"}, {"title": "Other"}), root)
    assert (problem.line, problem.value) == (4, "CE-1")
    assert "line 2" in problem.reason


def test_a_row_wider_than_the_header_is_named(root: Any, sheet: Sheets) -> None:
    path = sheet({})
    path.write_text(path.read_text().rstrip() + ",one too many\n")
    (problem,) = found(path, root)
    assert problem.code == "width"
    assert problem.value == "one too many"


def test_the_line_is_right_after_cells_of_several_lines(root: Any, sheet: Sheets) -> None:
    path = sheet({"description": "One.\n\nTwo."}, {"reference": "CE-2", "hours": "many"})
    assert [p.line for p in found(path, root)] == [5]


def test_addresses_in_use_are_named(root: Any, sheet: Sheets) -> None:
    CourseFactory(parent=root, slug="taken")
    path = sheet(
        {"slug": "taken"},
        {"reference": "CE-2", "slug": "free"},
        {"reference": "CE-3", "slug": "free"},
    )
    assert [(p.line, p.code) for p in found(path, root)] == [(2, "slug"), (4, "slug")]


def test_a_reference_keeps_its_kind(root: Any, sheet: Sheets) -> None:
    MicroCredentialFactory(parent=root, reference="CE-1")
    assert [p.code for p in found(sheet({}), root)] == ["kind_changed"]


def test_offerings_under_decision_or_locked_are_named(root: Any, sheet: Sheets) -> None:
    submit(CourseFactory(parent=root, reference="CE-1"))
    locked = CourseFactory(parent=root, reference="CE-2")
    type(locked).objects.filter(pk=locked.pk).update(locked=True)
    said = [p.reason for p in found(sheet({}, {"reference": "CE-2"}), root)]
    assert said == ["This offering is being decided on.", "This offering is locked."]
    edit(locked)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "not a CSV or XLSX"),
        (b"PK\x03\x04 not really", "cannot be opened"),
        (b"title\n\x81\x8d\n", "neither UTF-8 nor Windows-1252"),
        (b"title,Title\nA,B\n", "appear twice"),
        (b'reference,title,kind\n1,"never closed,course\n', "line 2"),
        (b"x" * (10 * 1024 * 1024 + 1), "larger than 10 MB"),
        (b"title,kind\nBees,course\n", "reference"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_a_sentence(
    root: Any, tmp_path: Path, content: bytes, says: str
) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(SheetError, match=re.escape(says)):
        found(path, root)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"columns": ["title"]}, "COLUMN=FIELD"),
        ({"columns": ["nothing=title"]}, "no column “nothing”"),
        ({"columns": ["title=name"]}, "no field “name”"),
        ({"defaults": ["reference=1"]}, "cannot share"),
        ({"values": ["kind=course"]}, "FIELD:WORD=VALUE"),
        ({"reference_from": "author"}, "no column “author”"),
    ],
)
def test_options_that_do_not_fit_are_refused(
    root: Any, sheet: Sheets, options: dict[str, Any], says: str
) -> None:
    with pytest.raises(SheetError, match=says):
        found(sheet({}), root, **options)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters_are_found(
    root: Any, sheet: Sheets, encoding: str, delimiter: str
) -> None:
    path = sheet({"title": "Élevage d’abeilles"}, delimiter=delimiter, encoding=encoding)
    with path.open("rb") as stream:
        row = next(Sheet(stream).rows())
    assert row.cells[2] == "Élevage d’abeilles"
    assert found(path, root) == []


def test_a_workbook_is_read_like_a_csv(root: Any, tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.worksheets[0].append(list(ROW))
    workbook.worksheets[0].append([12 if name == "hours" else text for name, text in ROW.items()])
    workbook.worksheets[0].append(["CE-2", *list(ROW.values())[1:7], "many"])
    path = tmp_path / "offerings.xlsx"
    workbook.save(path)
    assert [(p.line, p.column) for p in found(path, root)] == [(3, "hours")]


def test_the_report_is_safe_to_open_in_a_spreadsheet() -> None:
    stream = io.StringIO()
    write_report([Problem(2, "fee", "=HYPERLINK(1)", "number", "Why.", "Do this.")], stream)
    assert "'=HYPERLINK(1)" in stream.getvalue()


def test_a_report_of_the_command_lists_every_problem(
    sheet: Sheets, run_import: Callable[..., str], tmp_path: Path
) -> None:
    report = tmp_path / "report.csv"
    rows = [{"reference": f"CE-{n}", "hours": "many"} for n in range(30)]
    said = run_import(sheet(*rows), "--dry-run", "--report", str(report))
    assert "30 problems are listed" in said
    assert len(report.read_text(encoding="utf-8-sig").splitlines()) == 31


def test_one_reader_serves_text_made_elsewhere() -> None:
    stream = io.BytesIO(as_csv([ROW]).encode())
    sheet = Sheet(stream)
    assert len(list(sheet.rows())) == len(list(sheet.rows())) == 1
