"""How offerings stand with the policy in force is kept, and kept right, at a steady price."""

import datetime
import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from credentials.compliance import standings
from credentials.compliance.offering_reader import view_of
from credentials.compliance.policies import terms_in_force
from credentials.models import ClauseStanding, Offering, Outcome, Readiness
from credentials.policy.evaluation import evaluate
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.proposals import draft, edit

pytestmark = pytest.mark.django_db


def clauses_of(offering: Any, state: str) -> set[str]:
    """Clauses under which a published offering is kept in this state."""
    kept = ClauseStanding.objects.filter(offering=offering, standing=state)
    return set(kept.values_list("clause", flat=True))


@pytest.fixture
def catalogue(root: Any, put_live: Callable[..., None]) -> list[Any]:
    """Five micro-credentials that are published."""
    made = [MicroCredentialFactory(parent=root) for _ in range(5)]
    put_live(*made)
    return made


@pytest.mark.clause("MC-4")
def test_a_published_offering_stands_under_each_clause_asked_of_it(
    catalogue: list[Any], put_live: Callable[..., None]
) -> None:
    offering = catalogue[0]
    standings.refresh([offering])
    assert "MC-4" in clauses_of(offering, "met")
    offering.outcomes.add(Outcome(code="LO9", statement="Teach a colleague."))
    put_live(offering)
    standings.refresh([offering])
    assert "MC-4" in clauses_of(offering, "failing")


def test_readiness_counts_what_the_newest_draft_still_lacks(root: Any) -> None:
    course = CourseFactory(parent=root)
    standings.refresh([course])
    before = Readiness.objects.get(offering=course)
    edit(course, rationale="", objectives="")
    standings.refresh([course])
    after = Readiness.objects.get(offering=course)
    report = evaluate(view_of(draft(course)), terms_in_force())
    assert after.blocks_submission == len(report.blocks_submission)
    assert after.blocks_submission > before.blocks_submission
    assert after.clauses_met < before.clauses_met


def test_a_draft_stands_under_no_clause_until_it_is_published(root: Any) -> None:
    course = CourseFactory(parent=root)
    standings.refresh([course])
    assert not ClauseStanding.objects.exists()


def test_an_offering_that_is_no_longer_published_leaves_the_clauses(
    catalogue: list[Any], take_down: Callable[[Any], None]
) -> None:
    standings.refresh(catalogue)
    take_down(catalogue[0])
    standings.refresh(catalogue)
    assert not ClauseStanding.objects.filter(offering=catalogue[0]).exists()
    assert ClauseStanding.objects.filter(offering=catalogue[1]).exists()


def test_a_retired_offering_leaves_the_clauses_too(
    catalogue: list[Any], retired: Callable[[Any], Any]
) -> None:
    standings.refresh(catalogue)
    retired(catalogue[0])
    standings.refresh(catalogue)
    assert not ClauseStanding.objects.filter(offering=catalogue[0]).exists()


def test_checking_again_changes_nothing(catalogue: list[Any]) -> None:
    standings.refresh(catalogue)
    before = set(ClauseStanding.objects.values_list("pk", "standing"))
    standings.refresh(catalogue)
    assert set(ClauseStanding.objects.values_list("pk", "standing")) == before


def test_a_failed_check_never_breaks_the_save(
    root: Any, caplog: pytest.LogCaptureFixture, today_is: Callable[[datetime.date], None]
) -> None:
    course = CourseFactory(parent=root, title="Private title")
    today_is(datetime.date(2000, 1, 1))
    with caplog.at_level(logging.WARNING):
        standings.refresh_one(course.pk)
    assert str(course.pk) in caplog.text
    assert "Private title" not in caplog.text


def test_the_command_checks_everything_and_says_how_far_it_is(
    catalogue: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    stray = ClauseStanding.objects.create(offering=catalogue[0], clause="ZZ-1", standing="met")
    call_command("check_compliance", "--rebuild")
    assert not ClauseStanding.objects.filter(pk=stray.pk).exists()
    assert Readiness.objects.count() == Offering.objects.count()
    assert "5 of 5 offerings (100 %)" in capsys.readouterr().out


@pytest.mark.parametrize("size", [1, 60])
def test_findings_of_one_draft_cost_under_five_queries_whatever_its_size(
    root: Any, django_assert_max_num_queries: Any, size: int
) -> None:
    page = draft(MicroCredentialFactory(parent=root))
    page.outcomes.set([Outcome(code=f"LO{n}", statement="Do it.") for n in range(size)])
    terms_in_force()
    with django_assert_max_num_queries(4):
        evaluate(view_of(page), terms_in_force())


def test_a_chunk_costs_as_many_queries_for_fifteen_as_for_five(
    catalogue: list[Any], root: Any, put_live: Callable[..., None]
) -> None:
    def queries(offerings: list[Any]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            standings.refresh(offerings)
        return len(captured)

    more = [MicroCredentialFactory(parent=root) for _ in range(10)]
    put_live(*more)
    standings.refresh([*catalogue, *more])
    few, many = queries(catalogue), queries([*catalogue, *more])
    assert few == many
