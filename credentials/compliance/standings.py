"""How offerings stand with the policy in force, kept for listings and for the clauses' pages.

Rules read dates as well as content, so everything is checked anew each night, and when a version
takes force: `manage.py check_compliance`.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import prefetch_related_objects
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, Revision, WorkflowState

from credentials.choices import Kind
from credentials.compliance.offering_reader import views_of
from credentials.compliance.policies import terms_in_force
from credentials.exceptions import NoPolicyInForce
from credentials.models.offerings.offering import Offering
from credentials.models.standings import ClauseStanding, Readiness
from credentials.policy.evaluation import evaluate
from credentials.policy.findings import Report, Severity
from credentials.policy.terms import PolicyTerms
from credentials.record.ledger import PublishedVersion
from credentials.record.projection import CatalogueEntry

CHUNK = 200  # offerings judged at once: what bounds the memory
Progress = Callable[[int, int], None]
# What the views read of every kind, and of micro-credentials alone.
CHILDREN = (
    "components",
    "prerequisites",
    "requirement_groups",
    "partners",
    "outcomes",
    "assessments",
)
EVIDENCE = "association_evidence"

_log = logging.getLogger(__name__)


def offered() -> "models.QuerySet[Offering]":
    """Published offerings that can be taken up: the policy asks nothing more of a retired one."""
    retired = CatalogueEntry.objects.current().filter(event=PublishedVersion.Event.RETIRED)
    offerings: models.QuerySet[Offering] = Offering.objects.live()
    return offerings.exclude(pk__in=retired.values("offering_pk"))


def open_proposals() -> "models.QuerySet[Offering]":
    """Offerings with a draft on its route, sent back for changes or not."""
    states = WorkflowState.objects.active().filter(
        base_content_type=ContentType.objects.get_for_model(Page, for_concrete_model=False)
    )
    keys = states.annotate(key=Cast("object_id", models.BigIntegerField())).values("key")
    offerings: models.QuerySet[Offering] = Offering.objects.filter(pk__in=keys)
    return offerings


def chunks_of_keys(
    offerings: "models.QuerySet[Offering]", size: int = CHUNK
) -> Iterator[list[int]]:
    """Primary keys in chunks, each asked for when its turn comes, so that memory stays the same."""
    last = 0
    while keys := list(
        offerings.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:size]
    ):
        yield keys
        last = keys[-1]


def rows_of(keys: Iterable[int]) -> list[Offering]:
    """The rows of these offerings with what hangs on them: as many queries for 5 as for 500."""
    rows: list[Offering] = list(Offering.objects.filter(pk__in=list(keys)).specific())
    prefetch_related_objects(rows, *CHILDREN)
    with_evidence = [row for row in rows if row.kind == Kind.MICRO_CREDENTIAL]
    prefetch_related_objects(with_evidence, EVIDENCE)
    return rows


def drafts_of(rows: Iterable[Offering]) -> list[Offering]:
    """The newest draft of each, in their order; the row itself where nothing newer was saved.

    They are only for reading: Wagtail's own way asks the database about every key that a draft
    holds, one query each, which the views need not.
    """
    batch = list(rows)
    revisions = Revision.objects.in_bulk(
        [row.latest_revision_id for row in batch if _has_draft(row)]
    )
    return [
        _draft(row, revisions[row.latest_revision_id].content)
        if row.latest_revision_id in revisions
        else row
        for row in batch
    ]


def refresh(offerings: Iterable[Offering]) -> None:
    """Judge a batch under the version in force and keep the outcome. Raises NoPolicyInForce."""
    refresh_keys([offering.pk for offering in offerings], terms_in_force())


def refresh_keys(keys: list[int], policy: PolicyTerms) -> None:
    """Judge a batch by primary keys under this policy; what was deleted meanwhile is left out."""
    rows = rows_of(keys)
    # Apart, for a view is known by its key, which a row and its newer draft share.
    of_rows = _reports(rows, policy)
    drafts = zip(rows, drafts_of(rows), strict=True)
    of_drafts = of_rows | _reports([draft for row, draft in drafts if draft is not row], policy)
    taken_up = set(offered().filter(pk__in=keys).values_list("pk", flat=True))
    with transaction.atomic():
        _keep_readiness(of_drafts)
        _keep_standings(keys, {pk: report for pk, report in of_rows.items() if pk in taken_up})


def refresh_one(offering_pk: int) -> None:
    """Judge one offering after a save or a publication.

    Never breaks what it follows: what goes wrong is logged by the offering's number alone.
    """
    try:
        with transaction.atomic():
            refresh_keys([offering_pk], terms_in_force())
    except NoPolicyInForce:
        _log.warning("No policy version is in force; offering %s was not checked.", offering_pk)
    except Exception as error:
        _log.error("Offering %s was not checked: %s.", offering_pk, type(error).__name__)


def refresh_all(progress: Progress | None = None, *, rebuild: bool = False) -> int:
    """Judge every offering, chunk by chunk; returns how many.

    `rebuild` forgets what was kept first. `progress` is told how many are done, out of how many.
    Raises NoPolicyInForce.
    """
    policy = terms_in_force()
    if rebuild:
        Readiness.objects.all().delete()
        ClauseStanding.objects.all().delete()
    total, done = Offering.objects.count(), 0
    for keys in chunks_of_keys(Offering.objects.all()):
        refresh_keys(keys, policy)
        done += len(keys)
        if progress:
            progress(done, max(total, done))
    return done


def _reports(batch: list[Offering], policy: PolicyTerms) -> dict[int, Report]:
    return {view.key: evaluate(view, policy) for view in views_of(batch)}


def _draft(row: Offering, content: dict[str, Any]) -> Offering:
    draft: Offering = type(row).from_serializable_data(content, check_fks=False)
    draft.pk = row.pk
    return draft


def _has_draft(row: Offering) -> bool:
    latest = row.latest_revision_id
    return latest is not None and not (row.live and latest == row.live_revision_id)


def _keep_readiness(reports: dict[int, Report]) -> None:
    now = timezone.now()
    Readiness.objects.bulk_create(
        [
            Readiness(
                offering_id=pk,
                policy_version=report.policy,
                blocks_submission=len(report.of(Severity.BLOCKS_SUBMISSION)),
                blocks_approval=len(report.of(Severity.BLOCKS_APPROVAL)),
                advice=len(report.of(Severity.ADVICE)),
                clauses_met=len(report.met),
                clauses_asked=len(report.asked),
                checked_at=now,
            )
            for pk, report in reports.items()
        ],
        update_conflicts=True,
        unique_fields=["offering"],
        update_fields=[
            "policy_version",
            "blocks_submission",
            "blocks_approval",
            "advice",
            "clauses_met",
            "clauses_asked",
            "checked_at",
        ],
    )


def _keep_standings(keys: list[int], reports: dict[int, Report]) -> None:
    """Write only what changed: most nights nothing does."""
    kept = {
        (row.offering_id, row.clause): row
        for row in ClauseStanding.objects.filter(offering__in=keys)
    }
    now = {
        (pk, clause): standing
        for pk, report in reports.items()
        for standing, clauses in (
            (ClauseStanding.Standing.MET, report.met),
            (ClauseStanding.Standing.FAILING, report.failing),
        )
        for clause in clauses
    }
    gone = [row.pk for key, row in kept.items() if key not in now]
    ClauseStanding.objects.filter(pk__in=gone).delete()
    ClauseStanding.objects.bulk_create(
        [
            ClauseStanding(offering_id=pk, clause=clause, standing=standing)
            for (pk, clause), standing in now.items()
            if (pk, clause) not in kept or kept[pk, clause].standing != standing
        ],
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["offering", "clause"],
        update_fields=["standing"],
    )
