"""What a draft of the policy would change, before it takes force.

Every offering that can be taken up, and the newest draft of every open proposal, is judged under
both versions. An effect is a clause that one of them would newly fail, or no longer fail.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from credentials.compliance.offering_reader import views_of
from credentials.compliance.policies import policy_in_force, terms_of
from credentials.compliance.standings import (
    CHUNK,
    chunks_of_keys,
    drafts_of,
    offered,
    open_proposals,
    rows_of,
)
from credentials.exceptions import NoPolicyInForce
from credentials.models.policies import PolicyVersion
from credentials.models.what_ifs import WhatIf, WhatIfEffect
from credentials.people.actors import Person
from credentials.policy.evaluation import evaluate
from credentials.policy.findings import Report, Severity
from credentials.policy.terms import PolicyTerms

State = WhatIf.State
Effect = WhatIfEffect.Effect
Progress = Callable[[int, int], None]


class Stopped(Exception):
    """The trial was cancelled or deleted while it ran."""


@dataclass(frozen=True)
class Change:
    """A clause that a version would change for one offering, and the sentence that says why."""

    clause: str
    effect: str
    severity: str
    sentence: str


def begin(version: PolicyVersion, user: Person | None) -> WhatIf:
    """Make a trial that waits to be run. Raises NoPolicyInForce."""
    return WhatIf.objects.create(
        version=version,
        compared_with=policy_in_force().label,
        created_by_id=getattr(user, "pk", None),
    )


def cancel(what_if: WhatIf) -> bool:
    """Stop a trial that has not ended; what it found so far stays, marked as incomplete."""
    open_ones = WhatIf.objects.filter(pk=what_if.pk, state__in=[State.WAITING, State.RUNNING])
    return bool(
        open_ones.update(
            state=State.FAILED,
            ended_at=timezone.now(),
            failure=_("It was cancelled before its end. Run another for the whole picture."),
        )
    )


@task()
def run_what_if(pk: int) -> None:
    """Run a waiting trial in the background."""
    run(pk)


def run(pk: int, progress: Progress | None = None) -> None:
    """Run a trial once: only the first call finds it waiting, so repeating does no harm."""
    claimed = WhatIf.objects.filter(pk=pk, state=State.WAITING).update(state=State.RUNNING)
    if not claimed:
        return
    what_if = WhatIf.objects.select_related("version").get(pk=pk)
    try:
        _compare(what_if, progress)
    except Stopped:
        return
    except NoPolicyInForce as error:
        _end(pk, State.FAILED, str(error))
    except Exception:
        _end(pk, State.FAILED, _("It broke off unexpectedly. Run it again."))
        raise
    else:
        _end(pk, State.DONE, "")


def changes_between(before: Report, after: Report) -> Iterator[Change]:
    """What changes for one offering, clause by clause. Advice fails nothing, so it changes nothing.

    A clause that is no longer asked counts as met; one that is newly asked, as met until now.
    """
    failed_before, failed_after = set(before.failing), set(after.failing)
    for clause in after.failing:
        if clause not in failed_before:
            severity, sentences = _found(after, clause)
            yield Change(clause, Effect.WOULD_FAIL, severity, sentences)
    for clause in before.failing:
        if clause not in failed_after:
            severity, sentences = _found(before, clause)
            template = _("Today: %s") if clause in after.asked else _("No longer asked. Today: %s")
            yield Change(clause, Effect.WOULD_MEET, severity, template % sentences)


def _compare(what_if: WhatIf, progress: Progress | None) -> None:
    in_force = policy_in_force()
    policies = (terms_of(in_force), terms_of(what_if.version))
    total, done = offered().count() + open_proposals().count(), 0
    _move_on(what_if.pk, compared_with=in_force.label, total=total, done=done)
    for offerings, is_proposal in ((offered(), False), (open_proposals(), True)):
        for keys in chunks_of_keys(offerings, CHUNK):
            effects = _effects(what_if.pk, keys, is_proposal, policies)
            done += len(keys)
            with transaction.atomic():
                _move_on(what_if.pk, total=max(total, done), done=done)
                WhatIfEffect.objects.bulk_create(effects, batch_size=500)
            if progress:
                progress(done, max(total, done))


def _effects(
    what_if: int, keys: list[int], is_proposal: bool, policies: tuple[PolicyTerms, PolicyTerms]
) -> list[WhatIfEffect]:
    rows = rows_of(keys)
    views = views_of(drafts_of(rows) if is_proposal else rows)
    return [
        WhatIfEffect(
            what_if_id=what_if,
            offering_id=view.key,
            is_proposal=is_proposal,
            clause=change.clause,
            effect=change.effect,
            severity=change.severity,
            sentence=change.sentence,
        )
        for view in views
        for change in changes_between(*(evaluate(view, policy) for policy in policies))
    ]


def _found(report: Report, clause: str) -> tuple[Severity, str]:
    """The gravest severity under a failing clause, and its sentences."""
    found = [finding for finding in report.blocks_approval if finding.clause == clause]
    sentences = dict.fromkeys(finding.sentence for finding in found)
    return found[0].severity, " ".join(sentences)


def _move_on(pk: int, **values: Any) -> None:
    """Save how far it is. Raises Stopped when it no longer runs."""
    if not WhatIf.objects.filter(pk=pk, state=State.RUNNING).update(**values):
        raise Stopped


def _end(pk: int, state: str, failure: str) -> None:
    WhatIf.objects.filter(pk=pk, state=State.RUNNING).update(
        state=state, failure=failure, ended_at=timezone.now()
    )
