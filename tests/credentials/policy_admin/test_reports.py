"""Who meets a clause, who fails it, and whom a draft would affect: on pages and as tables."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from credentials.admin.policy.pages import counts
from credentials.compliance import standings, what_if
from credentials.models import PolicyVersion, WhatIf
from tests.factories import CourseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def courses(root: Any, put_live: Callable[..., None]) -> list[Any]:
    """One published course that meets PA-1, and one that does not."""
    made = [
        CourseFactory(parent=root, title="Has objectives"),
        CourseFactory(parent=root, title="=Lacks objectives", objectives=""),
    ]
    put_live(*made)
    standings.refresh(made)
    return made


@pytest.fixture
def trial(courses: list[Any], policy_draft: PolicyVersion, rules_of: Callable[..., Any]) -> WhatIf:
    """A what-if of a draft that asks for three outcomes and no objectives."""
    rules_of("PA-5", "outcomes").update(number=3)
    policy_draft.clauses.get(number="PA-1").delete()
    begun = what_if.begin(policy_draft, None)
    what_if.run(begun.pk)
    return WhatIf.objects.get(pk=begun.pk)


def text(response: Any) -> str:
    """What a page or a download says."""
    content = response.getvalue() if response.streaming else response.content
    return str(content.decode())


@pytest.mark.clause("PA-1")
def test_a_clause_names_who_fails_it_with_the_finding_and_who_meets_it(
    as_editor: Client, courses: list[Any]
) -> None:
    url = reverse("policy:clause", args=["PA-1"])
    failing = text(as_editor.get(url))
    assert "=Lacks objectives" in failing
    assert "Has objectives" not in failing
    assert reverse("wagtailadmin_pages:edit", args=[courses[1].pk]) in failing
    assert "1 fails it" in failing
    met = text(as_editor.get(url, {"standing": "met"}))
    assert "Has objectives" in met
    assert "=Lacks objectives" not in met


def test_an_unknown_clause_is_not_found(as_editor: Client) -> None:
    assert as_editor.get(reverse("policy:clause", args=["ZZ-9"])).status_code == 404
    url = reverse("policy:clause_export", args=["PA-1", "exe"])
    assert as_editor.get(url).status_code == 404


def test_the_version_in_force_counts_who_meets_each_clause(
    as_editor: Client, courses: list[Any]
) -> None:
    found = counts()
    assert found["PA-1", "met"] == 1
    assert found["PA-1", "failing"] == 1


def test_a_clauses_table_holds_everyone_and_runs_no_formula(
    as_editor: Client, courses: list[Any]
) -> None:
    table = text(as_editor.get(reverse("policy:clause_export", args=["PA-1", "csv"])))
    assert "'=Lacks objectives,Not met," in table
    assert "Has objectives,Met," in table
    response = as_editor.get(reverse("policy:clause_export", args=["PA-1", "xlsx"]))
    rows = list(load_workbook(io.BytesIO(response.getvalue())).active.values)
    assert {row[1] for row in rows[1:]} == {"Has objectives", "'=Lacks objectives"}


def test_a_clauses_page_costs_the_same_for_one_as_for_ten(
    root: Any, put_live: Callable[..., None], as_editor: Client, courses: list[Any]
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            as_editor.get(reverse("policy:clause", args=["PA-1"]))
        return len(captured)

    queries()
    few = queries()
    more = [CourseFactory(parent=root, objectives="") for _ in range(9)]
    put_live(*more)
    standings.refresh(more)
    assert queries() == few


def test_a_report_totals_by_clause_and_lists_who_is_affected(
    as_editor: Client, trial: WhatIf
) -> None:
    page = text(as_editor.get(reverse("policy:what_if", args=[trial.pk])))
    assert "2 of 2 published offerings" in page
    assert "2 offerings would be affected" in page
    assert "Has objectives" in page
    assert "No longer asked. Today:" in page


def test_a_report_is_filtered_on_the_page_and_in_its_tables(
    as_editor: Client, trial: WhatIf
) -> None:
    chosen = {"clause": "PA-1", "effect": "would_meet", "of": "live"}
    page = text(as_editor.get(reverse("policy:what_if", args=[trial.pk]), chosen))
    assert "=Lacks objectives" in page
    assert "Has objectives" not in page
    url = reverse("policy:what_if_export", args=[trial.pk, "csv"])
    table = text(as_editor.get(url, chosen))
    assert table.count("PA-1,") == 1
    assert "PA-5," not in table
    nothing = as_editor.get(reverse("policy:what_if", args=[trial.pk]), {"of": "proposal"})
    assert "Nothing matches" in text(nothing)


def test_a_reports_workbook_holds_every_effect(as_editor: Client, trial: WhatIf) -> None:
    url = reverse("policy:what_if_export", args=[trial.pk, "xlsx"])
    workbook = load_workbook(io.BytesIO(as_editor.get(url).getvalue()))
    assert workbook.active.max_row == 1 + trial.effects.count()


def test_a_reports_page_costs_the_same_for_two_effects_as_for_twelve(
    root: Any,
    put_live: Callable[..., None],
    as_editor: Client,
    trial: WhatIf,
    policy_draft: PolicyVersion,
) -> None:
    def queries(pk: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            as_editor.get(reverse("policy:what_if", args=[pk]))
        return len(captured)

    queries(trial.pk)
    few = queries(trial.pk)
    put_live(*(CourseFactory(parent=root) for _ in range(10)))
    more = what_if.begin(policy_draft, None)
    what_if.run(more.pk)
    assert more.effects.count() >= 12
    assert queries(more.pk) == few


def test_a_trial_is_begun_watched_and_deleted_on_its_page(
    as_owner: Client, courses: list[Any], policy_draft: PolicyVersion
) -> None:
    as_owner.post(reverse("policy:begin_what_if", args=[policy_draft.pk]))
    trial = WhatIf.objects.get()
    progress = reverse("policy:what_if_progress", args=[trial.pk])
    assert as_owner.get(progress).json()["state"] == "waiting"
    as_owner.post(reverse("policy:what_if_start", args=[trial.pk]))
    assert as_owner.get(progress).json() == {"state": "done", "done": 2, "total": 2}
    as_owner.post(reverse("policy:what_if_delete", args=[trial.pk]))
    assert not WhatIf.objects.exists()


def test_a_trial_that_waits_can_be_cancelled(as_owner: Client, policy_draft: PolicyVersion) -> None:
    trial = what_if.begin(policy_draft, None)
    as_owner.post(reverse("policy:what_if_cancel", args=[trial.pk]))
    as_owner.post(reverse("policy:what_if_start", args=[trial.pk]))
    trial.refresh_from_db()
    assert trial.state == WhatIf.State.FAILED


def test_an_adopted_version_is_not_tried(as_owner: Client, policy_draft: PolicyVersion) -> None:
    in_force = policy_draft.based_on
    assert in_force is not None
    as_owner.post(reverse("policy:begin_what_if", args=[in_force.pk]))
    assert not WhatIf.objects.exists()
