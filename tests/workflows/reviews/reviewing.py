"""Reviews in domain words: catalogues of bulk-made rows, and one review step by step."""

import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from bench.loading import insert_pages
from credentials.compliance.policies import label_in_force
from credentials.models import Approval, CertificateProgram
from credentials.record.ledger import EARLIEST, LedgerHead, PublishedVersion
from workflows.choices import ReviewTrigger
from workflows.models import ReviewCycle, ReviewSubmission
from workflows.reviews.due_reviews import open_due_reviews, open_review
from workflows.reviews.early_reviews import Call
from workflows.reviews.self_study import save_study, submit_study

ANSWERS = {
    "outcomes": "Employers still ask for both outcomes.",
    "assessments": "The observed transfer shows mastery.",
    "results": "Forty learners, thirty-eight completed.",
    "changes": "A new ward.",
    "context": "No regulation has changed.",
    "recommendation": "continue",
    "reasons": "It is in demand.",
}
AT_NOON = datetime.time(12, tzinfo=datetime.UTC)


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


def publish_in_bulk(approved: dict[str, tuple[type[Any], datetime.date, int]]) -> dict[str, int]:
    """Published offerings by title: page type, day of approval, own interval of a program.

    Rows as a publication leaves them, written past the route, which is not the point here.
    Returns primary keys by title.
    """
    catalogue = Page.objects.get(slug="catalogue")
    pages = {}
    for number, (title, (model, _day, interval)) in enumerate(approved.items()):
        own = {"review_interval_months": interval} if model is CertificateProgram else {}
        pages[title] = model(
            title=title, slug=f"bulk-{catalogue.numchild + number}", hours=1, **own
        )
    insert_pages(catalogue, list(pages.values()), first=catalogue.numchild)
    Page.objects.filter(pk=catalogue.pk).update(numchild=catalogue.numchild + len(pages))
    _approve(pages, {title: day for title, (_model, day, _interval) in approved.items()})
    return {title: page.pk for title, page in pages.items()}


def approve_again(offering_id: int, on: datetime.date, content: str) -> None:
    """Other governed content of a bulk-made offering is approved and published on a day."""
    page = Page.objects.get(pk=offering_id)
    _approve({content: page}, {content: on})


def _approve(pages: dict[str, Any], on: dict[str, datetime.date]) -> None:
    head = LedgerHead.current()
    policy = label_in_force()
    approvals, versions = [], []
    last = PublishedVersion.objects.in_order().last()
    valid_from = last.valid_from if last else EARLIEST
    in_time = sorted(pages.items(), key=lambda item: on[item[0]])
    for number, (content, page) in enumerate(in_time, 1):
        at = datetime.datetime.combine(on[content], AT_NOON)
        valid_from = max(at, valid_from)
        governed = f"{content}-{page.pk}"[:64]
        before = PublishedVersion.objects.filter(offering=page.pk).order_by("number").last()
        approvals.append(
            Approval(
                offering_id=page.pk,
                action="publish",
                content="{}",
                content_hash=governed,
                governed_hash=governed,
                document="{}",
                document_hash=governed,
                against=before,
                policy_version=policy,
                reference=f"B{head + number}",
                authority="Office",
                instrument="Rules",
                route="course",
                decided_by_key="0",
                decided_by_name="Somebody",
                decided_at=at,
            )
        )
        versions.append((page.pk, valid_from, head + number, before, governed))
    made = Approval.objects.bulk_create(approvals)
    created = PublishedVersion.objects.bulk_create(
        PublishedVersion(
            sequence=sequence,
            offering_id=key,
            number=before.number + 1 if before else 1,
            event="revised" if before else "published",
            approval=approval,
            supersedes=before,
            content_hash=governed,
            governed_hash=governed,
            document="{}",
            document_hash=governed,
            valid_from=at,
        )
        for approval, (key, at, sequence, before, governed) in zip(made, versions, strict=True)
    )
    LedgerHead.objects.update_or_create(pk=1, defaults={"sequence": head + len(created)})


def opened(offering: Any, person: Any = None) -> ReviewCycle:
    """The review of a published offering, opened today whatever its date."""
    open_due_reviews()
    cycle = ReviewCycle.objects.standing().get(offering=offering.pk)
    open_review(cycle)
    return ReviewCycle.objects.get(pk=cycle.pk)


def submitted(offering: Any, writer: Any, **answers: Any) -> ReviewSubmission:
    """The same with its self-study written and submitted."""
    cycle = opened(offering)
    save_study(cycle, writer, ANSWERS | answers)
    return submit_study(cycle, writer)


def a_call(in_days: int = 30, trigger: str = "department", note: str = "Asked for.") -> Call:
    """A review wanted in so many days from today."""
    return Call(timezone.localdate() + days(in_days), ReviewTrigger(trigger), note)
