"""Puts a catalogue into the database in bulk: the same rows that drafting and publishing make.

What is left out is what only authors and deciders see: revisions, workflow states, log entries.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from bench.catalogue import offerings
from credentials.compliance.policies import label_in_force
from credentials.conf import conf
from credentials.models import Approval, Offering, PublishedVersion
from credentials.record.content import freeze
from credentials.record.document import document_of
from credentials.record.ledger import LedgerHead
from credentials.record.projection import project

BATCH = 500


def load(root: Page, size: int) -> Iterator[int]:
    """Publish `size` offerings below `root`; yields how many stand after each batch."""
    made = offerings(size)
    done = 0
    while batch := list(islice(made, BATCH)):
        with transaction.atomic(), disable_reference_index_auto_update():
            insert_pages(root, batch, first=done + root.numchild)
            _insert_children(batch)
            _publish(batch)
        done += len(batch)
        yield done
    Page.objects.filter(pk=root.pk).update(numchild=root.numchild + done)


def insert_pages(root: Page, batch: list[Any], first: int) -> None:
    """Insert the rows of the page table in bulk, then those of each type's own tables."""
    now = timezone.now()
    content_types = ContentType.objects.get_for_models(*{type(item) for item in batch})
    for position, item in enumerate(batch, start=first + 1):
        item.path = Page._get_path(root.path, root.depth + 1, position)
        item.depth = root.depth + 1
        item.url_path = f"{root.url_path}{item.slug}/"
        item.content_type = content_types[type(item)]
        item.locale_id = root.locale_id
        item.draft_title = item.title
        item.live = True
        item.first_published_at = item.last_published_at = item.latest_revision_created_at = now
    columns = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    pages = Page.objects.bulk_create(
        [Page(**{name: getattr(item, name) for name in columns}) for item in batch]
    )
    for page, item in zip(pages, batch, strict=True):
        item.id = item.page_ptr_id = item.offering_ptr_id = page.pk
        common = [field.attname for field in Offering._meta.local_concrete_fields]
        # `raw` writes one table's row and leaves the parents', which stand already.
        Offering(**{name: getattr(item, name) for name in common}, id=page.pk).save_base(
            raw=True, force_insert=True
        )
        item.save_base(raw=True, force_insert=True)


def _insert_children(batch: list[Any]) -> None:
    rows: dict[type[models.Model], list[Any]] = defaultdict(list)
    for item in batch:
        for relation in get_all_child_relations(type(item)):
            for position, child in enumerate(getattr(item, relation.get_accessor_name()).all()):
                setattr(child, relation.field.attname, item.pk)
                child.sort_order = position
                rows[relation.related_model].append(child)
    for model, children in rows.items():
        model._default_manager.bulk_create(children)


def _publish(batch: list[Any]) -> None:
    """Approve and publish each offering's content, as the end of a route does."""
    frozen = {item.pk: freeze(item).with_document(document_of(item)) for item in batch}
    approvals = Approval.objects.bulk_create(
        Approval(
            offering_id=item.pk,
            action=Approval.Action.PUBLISH,
            content=frozen[item.pk].canonical,
            document=frozen[item.pk].document,
            **frozen[item.pk].hashes,
            authority=conf().OFFICES["committee"],
            instrument="ACD 1532: MC-1",
            policy_version=label_in_force(),
            route="Department review, then Committee",
            clauses=["MC-1"],
            reference=f"A{item.pk}-1",
            decided_by_key="0",
            decided_by_name="Benchmark",
        )
        for item in batch
    )
    first = LedgerHead.advance()
    versions = PublishedVersion.objects.bulk_create(
        PublishedVersion(
            sequence=first.sequence + position,
            valid_from=first.moment,
            offering_id=item.pk,
            number=1,
            event=PublishedVersion.Event.PUBLISHED,
            approval=approval,
            document=approval.document,
            **approval.hashes,
            osap_approved=False,
        )
        for position, (item, approval) in enumerate(zip(batch, approvals, strict=True))
    )
    LedgerHead.objects.filter(pk=1).update(sequence=versions[-1].sequence)
    for version in versions:
        project(version, None)
