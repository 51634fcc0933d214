"""A simulated past: offerings of every category, published, changed, ended, over three years.

It is written into the tables many versions at a time, in their order and with triggers on, so that
a test can afford many.
"""

import datetime
import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone

from credentials.choices import Category
from credentials.models import Approval, Course
from credentials.record.content import canonical
from credentials.record.document import document_of
from credentials.record.facets import columns_of
from credentials.record.ledger import LedgerHead, PublishedVersion
from credentials.record.projection import CatalogueEntry
from credentials.record.representation import served_document
from tests.credentials.catalogue.ledger_entries import ACTIONS
from workflows.models import Decision

BEGINS = datetime.date(2023, 2, 1)
ENDS = datetime.date(2026, 8, 1)
CONTRACT = {"for": "Another unit", "governing_policy": "Another policy"}


@dataclass
class Event:
    """One version to be."""

    offering: Any
    at: datetime.datetime
    sequence: int
    event: str
    document: dict[str, Any]
    governed_hash: str
    before: "Event | None" = None
    version: Any = None
    following: "Event | None" = field(default=None, repr=False)
    content: int = 0
    is_osap: bool = False
    osap: bool = False

    @property
    def number(self) -> int:
        return self.before.number + 1 if self.before else 1


def simulate(root: Any, seed: int, offerings: int = 16, events: int = 90) -> list[Any]:
    """Make offerings, and a random but possible history of them."""
    chance = random.Random(seed)
    made = [
        root.add_child(
            instance=Course(
                title=f"Offering {number}",
                slug=f"offering-{seed}-{number}",
                category=list(Category)[number % len(Category)],
                live=False,
            )
        )
        for number in range(offerings)
    ]
    documents = {offering.pk: document_of(offering) for offering in made}
    heads: dict[int, Event] = {}
    history = []
    start = LedgerHead.current()
    for number, at in enumerate(moments(chance, events)):
        offering = made[number] if number < len(made) else chance.choice(made)
        head = heads.get(offering.pk)
        happened = _happen(chance, offering, head, documents[offering.pk], at)
        happened.sequence = start + number + 1
        happened.content = head.content if happened.is_osap and head else happened.sequence
        heads[offering.pk] = happened
        history.append(happened)
    _write(history)
    return made


def moments(chance: random.Random, number: int) -> list[datetime.datetime]:
    """So many moments in order, some of them at the very edge of an academic year."""
    seconds = int((ENDS - BEGINS).total_seconds())
    start = timezone.make_aware(datetime.datetime.combine(BEGINS, datetime.time()))
    found = [
        start + datetime.timedelta(seconds=chance.randrange(seconds)) for _ in range(number - 4)
    ]
    for year in (2024, 2025):
        first = timezone.make_aware(datetime.datetime(year, 9, 1))
        found += [first, first - datetime.timedelta(microseconds=1)]
    return sorted(found)


def _happen(
    chance: random.Random,
    offering: Any,
    head: Event | None,
    document: dict[str, Any],
    at: datetime.datetime,
) -> Event:
    if head is not None and head.event != "withdrawn" and chance.random() < 0.15:
        return _told_of_osap(head, at)
    document = dict(head.document if head else document)
    governed = str(chance.random())
    event = "revised" if head else "published"
    is_offered = head is not None and head.event in ("published", "revised")
    if is_offered and chance.random() < 0.25:
        event = chance.choice(["retired", "withdrawn"])
    elif head is not None and head.event == "retired" and chance.random() < 0.4:
        event = "withdrawn"
    else:
        document["title"] = f"{offering.title}, as of {at:%Y-%m-%d}"
        if chance.random() < 0.2:
            document["category"] = chance.choice([Category.CAMP, Category.OTHER]).value
        document["contracted"] = CONTRACT if chance.random() < 0.2 else None
        if head is not None and is_offered and chance.random() < 0.4:
            governed = head.governed_hash
    made = Event(offering, at, 0, event, document, governed, head)
    if head is not None:
        made.osap = head.osap
        head.following = made
    return made


def _told_of_osap(head: Event, at: datetime.datetime) -> Event:
    """The ministry's word: the version before, with the flag said anew."""
    event = "retired" if head.event == "retired" else "revised"
    made = Event(head.offering, at, 0, event, head.document, head.governed_hash, head, is_osap=True)
    made.osap = not head.osap
    head.following = made
    return made


def _write(history: list[Event]) -> None:
    LedgerHead.objects.update_or_create(
        pk=1, defaults={"sequence": history[-1].sequence, "changed_at": timezone.now()}
    )
    for items in _at_once(history):
        approvals = Approval.objects.bulk_create(_approval(item) for item in items)
        versions = [_version(item, a) for item, a in zip(items, approvals, strict=True)]
        for item, version in zip(
            items, PublishedVersion.objects.bulk_create(versions), strict=True
        ):
            item.version = version
    CatalogueEntry.objects.bulk_create(_entry(item) for item in history)
    Decision.objects.bulk_create(_decision(item) for item in history if not item.is_osap)


def _at_once(history: list[Event]) -> Iterator[list[Event]]:
    """Runs of it in which nothing follows something of the same run."""
    run: dict[int, Event] = {}
    for item in history:
        if item.before is not None and id(item.before) in run:
            yield list(run.values())
            run = {}
        run[id(item)] = item
    yield list(run.values())


def _approval(item: Event) -> Approval:
    return Approval(
        offering_id=item.offering.pk,
        action="osap" if item.is_osap else ACTIONS[item.event],
        against=item.before.version if item.before else None,
        content_hash=_hash(item.content),
        governed_hash=_hash(item.governed_hash),
        content="{}",
        document=canonical(item.document).decode(),
        document_hash=_hash(canonical(item.document).decode()),
        authority="Committee",
        instrument="Terms of reference",
        policy_version="1",
        route="contracted" if item.document["contracted"] else "course",
        clauses=["SH-2"],
        reference=f"A{item.offering.pk}-{item.number}",
        decided_by_key="1",
        decided_by_name="Ada",
        decided_at=item.at,
    )


def _version(item: Event, approval: Approval) -> PublishedVersion:
    return PublishedVersion(
        sequence=item.sequence,
        offering_id=item.offering.pk,
        number=item.number,
        event=item.event,
        approval=approval,
        supersedes=item.before.version if item.before else None,
        content_hash=_hash(item.content),
        governed_hash=_hash(item.governed_hash),
        document=approval.document,
        document_hash=approval.document_hash,
        osap_approved=item.osap,
        valid_from=item.at,
    )


def _entry(item: Event) -> CatalogueEntry:
    first = item
    while first.before is not None:
        first = first.before
    body = canonical(served_document(item.version, first.at)).decode()
    return CatalogueEntry(
        version=item.version,
        sequence=item.sequence,
        superseded_sequence=item.following.sequence if item.following else None,
        offering_uuid=item.document["id"],
        offering_pk=item.offering.pk,
        number=item.number,
        event=item.event,
        valid_from=item.at,
        valid_to=item.following.at if item.following else None,
        first_published_at=first.at,
        body=body,
        digest=_hash(body),
        **columns_of(item.version.public_document),
    )


def _decision(item: Event) -> Decision:
    return Decision(
        offering_id=item.offering.pk,
        proposal_key=str(item.sequence),
        stage_key="1",
        stage="Committee",
        route="contracted" if item.document["contracted"] else "course",
        office=("Committee", "Department")[item.sequence % 2],
        instrument="Terms of reference",
        outcome="approved",
        content_hash=_hash(item.sequence),
        governed_hash=_hash(item.governed_hash),
        policy_version="1",
        decided_by_key="1",
        decided_by_name="Ada",
        decided_at=item.at - datetime.timedelta(microseconds=1),
    )


def _hash(text: object) -> str:
    return hashlib.sha256(str(text).encode()).hexdigest()


def raw(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Rows straight from the tables."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
