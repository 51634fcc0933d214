"""What a draft of the policy would change is known before it takes force."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from credentials.choices import AssessmentKind
from credentials.compliance import what_if
from credentials.compliance.adoption import adopt
from credentials.compliance.policies import policy_in_force
from credentials.models import ClauseStanding, PolicyVersion, WhatIf, WhatIfEffect
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.proposals import submit

pytestmark = pytest.mark.django_db

Effect = WhatIfEffect.Effect


def tried(draft: PolicyVersion) -> WhatIf:
    """A what-if of a draft, run to its end."""
    trial = what_if.begin(draft, None)
    what_if.run(trial.pk)
    return WhatIf.objects.get(pk=trial.pk)


def effects(trial: WhatIf, clause: str) -> list[tuple[str, str]]:
    """Titles and effects under a clause."""
    found = trial.effects.filter(clause=clause).order_by("offering__title")
    return list(found.values_list("offering__title", "effect"))


def test_a_draft_that_says_the_same_affects_nobody(
    root: Any, put_live: Callable[..., None], policy_draft: PolicyVersion
) -> None:
    put_live(MicroCredentialFactory(parent=root))
    trial = tried(policy_draft)
    assert trial.state == WhatIf.State.DONE
    assert (trial.done, trial.total) == (1, 1)
    assert not trial.effects.exists()


@pytest.mark.clause("MC-4")
def test_a_draft_that_excludes_another_kind_of_assessment_names_who_relies_on_it(
    root: Any,
    put_live: Callable[..., None],
    policy_draft: PolicyVersion,
    rules_of: Callable[..., Any],
) -> None:
    put_live(MicroCredentialFactory(parent=root, title="Relies on performance"))
    rule = rules_of("MC-4", "mastery").get()
    rule.terms = f"{rule.terms}, {AssessmentKind.PERFORMANCE}"
    rule.save()
    trial = tried(policy_draft)
    assert effects(trial, "MC-4") == [("Relies on performance", Effect.WOULD_FAIL)]
    effect = trial.effects.get()
    assert effect.severity == "blocks_submission"
    assert "No assessment can establish mastery" in effect.sentence


@pytest.mark.clause("PA-5")
def test_a_draft_that_asks_for_more_outcomes_names_who_has_fewer(
    root: Any,
    put_live: Callable[..., None],
    policy_draft: PolicyVersion,
    rules_of: Callable[..., Any],
) -> None:
    put_live(CourseFactory(parent=root, title="Two outcomes"))
    rules_of("PA-5", "outcomes").update(number=3)
    assert effects(tried(policy_draft), "PA-5") == [("Two outcomes", Effect.WOULD_FAIL)]


@pytest.mark.clause("PA-1")
def test_a_draft_that_retires_a_clause_releases_who_fails_it_today(
    root: Any, put_live: Callable[..., None], policy_draft: PolicyVersion
) -> None:
    put_live(
        CourseFactory(parent=root, title="No objectives", objectives=""),
        CourseFactory(parent=root, title="With objectives"),
    )
    policy_draft.clauses.get(number="PA-1").delete()
    trial = tried(policy_draft)
    assert effects(trial, "PA-1") == [("No objectives", Effect.WOULD_MEET)]
    assert trial.effects.get().sentence.startswith("No longer asked. Today: ")


def test_what_becomes_advice_no_longer_fails(
    root: Any,
    put_live: Callable[..., None],
    policy_draft: PolicyVersion,
    rules_of: Callable[..., Any],
) -> None:
    put_live(CourseFactory(parent=root, title="No objectives", objectives=""))
    rules_of("PA-1", "filled").update(severity="advice")
    assert effects(tried(policy_draft), "PA-1") == [("No objectives", Effect.WOULD_MEET)]


def test_open_proposals_are_judged_by_their_newest_draft(
    root: Any, policy_draft: PolicyVersion, rules_of: Callable[..., Any]
) -> None:
    proposal = CourseFactory(parent=root, title="Proposed")
    CourseFactory(parent=root, title="Only a draft")
    submit(proposal)
    rules_of("PA-5", "outcomes").update(number=3)
    trial = tried(policy_draft)
    assert effects(trial, "PA-5") == [("Proposed", Effect.WOULD_FAIL)]
    assert trial.effects.get().is_proposal


@pytest.mark.clause("FW-2")
def test_contracted_delivery_stays_out_of_it(
    root: Any,
    put_live: Callable[..., None],
    policy_draft: PolicyVersion,
    rules_of: Callable[..., Any],
) -> None:
    put_live(
        CourseFactory(
            parent=root, contracted_for="A neighbour", governing_policy="The neighbour's own"
        )
    )
    rules_of("PA-1", "filled").update(field="external_reference")
    assert not tried(policy_draft).effects.exists()


def test_a_retired_offering_stays_out_of_it(
    root: Any,
    put_live: Callable[..., None],
    retired: Callable[[Any], Any],
    policy_draft: PolicyVersion,
) -> None:
    course = CourseFactory(parent=root)
    put_live(course)
    retired(course)
    assert tried(policy_draft).total == 0


def test_a_trial_changes_nothing_but_its_report(
    root: Any,
    put_live: Callable[..., None],
    policy_draft: PolicyVersion,
    rules_of: Callable[..., Any],
) -> None:
    put_live(CourseFactory(parent=root))
    rules_of("PA-5", "outcomes").update(number=3)
    tried(policy_draft)
    assert policy_in_force() != policy_draft
    assert not ClauseStanding.objects.exists()


def test_running_a_trial_again_finds_nothing_twice(
    root: Any,
    put_live: Callable[..., None],
    policy_draft: PolicyVersion,
    rules_of: Callable[..., Any],
) -> None:
    put_live(CourseFactory(parent=root))
    rules_of("PA-5", "outcomes").update(number=3)
    trial = tried(policy_draft)
    what_if.run(trial.pk)
    assert trial.effects.count() == 1


def test_a_cancelled_trial_stops_and_says_so(
    root: Any, put_live: Callable[..., None], policy_draft: PolicyVersion, small_chunks: None
) -> None:
    put_live(*(CourseFactory(parent=root) for _ in range(5)))
    trial = what_if.begin(policy_draft, None)
    what_if.run(trial.pk, lambda done, total: what_if.cancel(trial) and None)
    trial.refresh_from_db()
    assert trial.state == WhatIf.State.FAILED
    assert "cancelled" in trial.failure
    assert 0 < trial.done < trial.total


def test_a_trial_deleted_while_it_runs_stops(
    root: Any, put_live: Callable[..., None], policy_draft: PolicyVersion, small_chunks: None
) -> None:
    put_live(*(CourseFactory(parent=root) for _ in range(5)))
    trial = what_if.begin(policy_draft, None)
    what_if.run(trial.pk, lambda done, total: WhatIf.objects.all().delete() and None)
    assert not WhatIfEffect.objects.exists()


def test_ten_offerings_cost_as_many_queries_as_three(
    root: Any, put_live: Callable[..., None], policy_draft: PolicyVersion
) -> None:
    def queries() -> int:
        trial = what_if.begin(policy_draft, None)
        with CaptureQueriesContext(connection) as captured:
            what_if.run(trial.pk)
        return len(captured)

    put_live(*(MicroCredentialFactory(parent=root) for _ in range(3)))
    queries()
    few = queries()
    put_live(*(MicroCredentialFactory(parent=root) for _ in range(7)))
    assert queries() == few


def test_the_command_prints_progress_and_totals(
    root: Any,
    put_live: Callable[..., None],
    policy_draft: PolicyVersion,
    rules_of: Callable[..., Any],
    capsys: pytest.CaptureFixture[str],
) -> None:
    put_live(CourseFactory(parent=root))
    rules_of("PA-5", "outcomes").update(number=3)
    call_command("what_if", policy_draft.label)
    printed = capsys.readouterr().out
    assert "1 of 1 checked (100 %)" in printed
    assert "PA-5: 1 × Would no longer meet it" in printed


def test_the_command_refuses_what_is_no_draft(policy_draft: PolicyVersion, owner: Any) -> None:
    with pytest.raises(CommandError, match="ACD 1532 \\(draft\\)"):
        call_command("what_if", "Unknown")
    with pytest.raises(CommandError, match="adopted already"):
        call_command("what_if", policy_in_force().label)


def test_a_draft_adopted_later_keeps_its_report(
    root: Any, policy_draft: PolicyVersion, owner: Any, approve_today: Callable[..., Any]
) -> None:
    trial = tried(policy_draft)
    adopt(policy_draft, approve_today(policy_draft), owner)
    assert WhatIf.objects.filter(pk=trial.pk).exists()
