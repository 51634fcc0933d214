"""The command: drafts only, all or nothing, and the same again when it is repeated."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, Revision

from credentials.models import Contribution, ImportedValues, Offering, Skill
from credentials.record.authorship import authors_of
from credentials.record.ledger import PublishedVersion
from tests.credentials.importing.conftest import Sheets
from tests.factories import AcademicUnitFactory, CourseFactory
from tests.lifecycle import publish
from tests.people import person
from tests.proposals import complete, draft, edit, submit

Run = Callable[..., str]
TABLES = (Page, Offering, Revision, Skill, ImportedValues, Contribution)

pytestmark = pytest.mark.django_db


def contents() -> list[int]:
    return [model.objects.count() for model in TABLES]


def test_rows_become_complete_drafts(
    people: dict[str, Any], sheet: Sheets, run_import: Run
) -> None:
    AcademicUnitFactory()
    said = run_import(
        sheet(
            {
                "academic_unit": "health-sciences",
                "partners": "Hive Society :: community",
                "assessments": "Inspection :: performance :: LO1, LO2",
                "prerequisites": "A suit",
            }
        ),
        "--user",
        people["department"].username,
    )
    course = draft(Offering.objects.get(reference="CE-1").specific)
    assert "1 new" in said
    assert (course.fee, course.hours) == (Decimal("1234.50"), Decimal("12.0"))
    assert course.description == "<p>From spring to winter.</p>"
    assert [o.code for o in course.outcomes.all()] == ["LO1", "LO2"]
    assert [s.skill.name for s in course.offering_skills.all()] == ["Beekeeping", "Hive safety"]
    assert [p.kind for p in course.partners.all()] == ["community"]
    assert course.assessments.get().codes == ["LO1", "LO2"]
    assert course.sessions.get().place == "North Campus"
    assert course.academic_unit.code == "health-sciences"
    assert list(authors_of(course).values()) == ["Department"]


def test_nothing_imported_is_public(sheet: Sheets, run_import: Run) -> None:
    run_import(sheet({}, {"reference": "CE-2"}))
    assert not Offering.objects.filter(live=True).exists()
    assert not PublishedVersion.objects.exists()


def test_a_dry_run_writes_nothing(sheet: Sheets, run_import: Run) -> None:
    before = contents()
    said = run_import(sheet({}, {"reference": "CE-2", "hours": "many"}), "--dry-run")
    assert "1 new" in said
    assert "1 invalid" in said
    assert contents() == before


def test_one_invalid_row_keeps_all_rows_out(sheet: Sheets, run_import: Run) -> None:
    before = contents()
    with pytest.raises(CommandError, match="--skip-invalid"):
        run_import(sheet({}, {"reference": "CE-2", "fee": "free"}))
    assert contents() == before


def test_invalid_rows_can_be_left_out(sheet: Sheets, run_import: Run) -> None:
    run_import(sheet({}, {"reference": "CE-2", "fee": "free"}), "--skip-invalid")
    assert [o.reference for o in Offering.objects.all()] == ["CE-1"]


def test_a_changed_row_becomes_a_new_draft_and_the_published_page_stays(
    sheet: Sheets, run_import: Run
) -> None:
    run_import(sheet({}))
    course = Offering.objects.get(reference="CE-1").specific
    complete(course)
    publish(course)
    said = run_import(sheet({"title": "Beekeeping in a year"}))
    course.refresh_from_db()
    assert "1 changed" in said
    assert course.live
    assert course.title == "Beekeeping for beginners"
    assert draft(course).title == "Beekeeping in a year"
    assert PublishedVersion.objects.count() == 1


def test_an_unchanged_row_does_not_undo_what_was_edited_since(
    sheet: Sheets, run_import: Run
) -> None:
    run_import(sheet({}))
    course = Offering.objects.get(reference="CE-1").specific
    edit(course, title="Beekeeping, revised by hand")
    said = run_import(sheet({}))
    assert "1 unchanged" in said
    assert draft(course).title == "Beekeeping, revised by hand"


def test_a_change_in_one_cell_keeps_edits_to_other_fields(sheet: Sheets, run_import: Run) -> None:
    run_import(sheet({}))
    course = Offering.objects.get(reference="CE-1").specific
    edit(course, summary="Written by hand.")
    run_import(sheet({"hours": "15"}))
    assert draft(course).summary == "Written by hand."
    assert draft(course).hours == Decimal("15.0")


def test_an_offering_under_decision_is_left_alone(sheet: Sheets, run_import: Run) -> None:
    run_import(sheet({}))
    course = Offering.objects.get(reference="CE-1").specific
    complete(course)
    submit(course)
    with pytest.raises(CommandError):
        run_import(sheet({"hours": "15"}))
    assert draft(course).hours == Decimal("12.0")


def test_an_offering_made_by_hand_is_found_by_its_reference(
    root: Page, sheet: Sheets, run_import: Run
) -> None:
    course = CourseFactory(parent=root, reference="CE-1")
    assert "1 changed" in run_import(sheet({}))
    assert draft(course).title == "Beekeeping for beginners"


def test_same_titles_get_addresses_of_their_own(sheet: Sheets, run_import: Run) -> None:
    run_import(sheet({}, {"reference": "CE-2"}))
    slugs = set(Offering.objects.values_list("slug", flat=True))
    assert slugs == {"beekeeping-for-beginners", "beekeeping-for-beginners-2"}


@settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    rows=st.lists(
        st.fixed_dictionaries(
            {
                "reference": st.sampled_from(["A", "B", "C", ""]),
                "title": st.sampled_from(["Bees", "Bées ", "Honey & wax", "蜂蜜", ""]),
                "hours": st.sampled_from(["", "3", "3,5", "1,200", "three"]),
                "skills": st.sampled_from(["", "Wax, Honey", "wax | Smoke", "(9 reviews)"]),
            }
        ),
        min_size=1,
        max_size=6,
    )
)
def test_importing_twice_is_importing_once(
    sheet: Sheets, run_import: Run, rows: list[dict[str, str]]
) -> None:
    path = sheet(*rows)
    run_import(path, "--skip-invalid")
    once = contents()
    said = run_import(path, "--skip-invalid")
    assert " 0 new, 0 changed" in said
    assert contents() == once


def test_unchanged_rows_cost_no_query_each(sheet: Sheets, run_import: Run) -> None:
    def queries(path: Path) -> int:
        with CaptureQueriesContext(connection) as captured:
            run_import(path, "--dry-run")
        return len(captured)

    rows = [{"reference": f"CE-{number}"} for number in range(20)]
    run_import(sheet(*rows))
    few, many = queries(sheet(*rows[:2])), queries(sheet(*rows))
    assert many == few


def test_a_new_row_costs_a_bounded_number_of_queries(sheet: Sheets, run_import: Run) -> None:
    def queries(*rows: dict[str, str]) -> int:
        path = sheet(*rows)
        with CaptureQueriesContext(connection) as captured:
            run_import(path)
        return len(captured)

    rows = [{"reference": f"CE-{n}", "title": f"Beekeeping {n}"} for n in range(1, 13)]
    first = queries(rows[0])
    more = queries(*rows[1:])
    assert more <= first + 11 * 90


def test_the_user_and_the_page_must_exist(sheet: Sheets, run_import: Run) -> None:
    with pytest.raises(CommandError, match="no user"):
        run_import(sheet({}), "--user", "nobody")
    with pytest.raises(CommandError, match="can hold offerings"):
        run_import(sheet({}), "--under", "nowhere")
    with pytest.raises(CommandError, match="cannot be read"):
        run_import(Path("missing.csv"))


def test_a_user_who_may_not_add_pages_imports_nothing(sheet: Sheets, run_import: Run) -> None:
    outsider = person("committee")
    with pytest.raises(CommandError, match="may not add"):
        run_import(sheet({}), "--user", outsider.username)
    assert not Offering.objects.exists()
