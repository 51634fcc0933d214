"""Law 3: the record can be added to, never changed, on both engines and by every way."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision

from credentials.append_only.base import AppendOnly
from credentials.append_only.refusals import append_only_models
from credentials.append_only.trigger_faults import trigger_faults
from credentials.append_only.triggers import install_triggers
from credentials.catalogue.reconstruction import discrepancies, rebuild
from credentials.exceptions import HistoryIsAppendOnly, NotWithdrawn, PageStillNeeded
from credentials.models import (
    Approval,
    CatalogueEntry,
    Contribution,
    MicroCredential,
    PublishedVersion,
)
from credentials.record.ledger import LedgerHead
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.lifecycle import revise
from tests.people import person
from workflows.models import Decision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_key")]

RECORD = [Approval, PublishedVersion, Contribution, Decision]


@pytest.fixture(scope="module")
def published_key(module_root: Any) -> int:
    """Of an offering with one version, and so a row in each table of the record."""
    made = MicroCredentialFactory(parent=module_root, author=person("editor"), life="published")
    return int(made.pk)


@pytest.fixture
def published(published_key: int, db: None) -> Any:
    """The offering."""
    return MicroCredential.objects.get(pk=published_key)


def test_every_table_of_the_record_is_append_only() -> None:
    assert set(RECORD) <= set(append_only_models())


def test_the_triggers_stand_after_migrating() -> None:
    assert trigger_faults(connection) == []


def test_installing_the_triggers_twice_is_safe() -> None:
    install_triggers(connection)
    assert trigger_faults(connection) == []


@pytest.mark.parametrize("model", RECORD, ids=lambda model: model.__name__)
@pytest.mark.parametrize("operation", ["UPDATE {table} SET id = id", "DELETE FROM {table}"])
def test_raw_sql_cannot_rewrite_it(model: type[AppendOnly], operation: str, published: Any) -> None:
    assert model.objects.exists()
    before = list(model.objects.values())
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(operation.format(table=model._meta.db_table))
    assert list(model.objects.values()) == before


@pytest.mark.parametrize("model", RECORD, ids=lambda model: model.__name__)
def test_the_orm_refuses_with_a_sentence(model: type[AppendOnly], published: Any) -> None:
    row = model.objects.first()
    for attempt in (
        row.save,
        row.delete,
        model.objects.all().delete,
        lambda: model.objects.update(pk=row.pk),
        lambda: model.objects.bulk_update([row], ["id"]),
    ):
        with pytest.raises((HistoryIsAppendOnly, ValueError)):
            attempt()


def test_a_version_without_an_approval_of_its_content_is_refused(published: Any) -> None:
    head = PublishedVersion.objects.get()
    other = CourseFactory(parent=published.get_parent(), life="live")
    borrowed = Approval.objects.get(offering=other)
    for facts in (
        {"approval_id": None, "content_hash": head.content_hash},
        {"approval_id": borrowed.pk, "content_hash": head.content_hash},
        {"approval_id": borrowed.pk, "content_hash": borrowed.content_hash},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            PublishedVersion.objects.create(
                sequence=LedgerHead.advance().sequence,
                offering=published,
                number=2,
                event="revised",
                governed_hash=head.governed_hash,
                document=head.document,
                supersedes=head,
                **facts,
            )
    assert PublishedVersion.objects.filter(offering=published).count() == 1


def test_an_offering_with_a_record_cannot_be_deleted(published: Any) -> None:
    with pytest.raises(NotWithdrawn, match="decision is recorded"):
        published.delete()
    with pytest.raises(PageStillNeeded):
        published.get_parent().delete()
    with pytest.raises(PageStillNeeded):
        type(published).objects.filter(pk=published.pk).delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        Page.objects.filter(pk=published.pk).delete()
    assert PublishedVersion.objects.count() == 1


def test_the_admin_says_why_a_page_above_a_record_stays(
    published: Any, people: Any, client: Client
) -> None:
    client.force_login(people["superuser"])
    parent = published.get_parent()
    address = reverse("wagtailadmin_pages:delete", args=[parent.pk])
    response = client.post(address, {"confirm": "1"}, follow=True)
    assert "has a record that people rely on" in response.content.decode()
    assert PublishedVersion.objects.count() == 1


def test_a_draft_that_was_never_decided_on_can_be_deleted(root: Any, people: Any) -> None:
    draft = CourseFactory(parent=root, author=people["editor"], agreed=False)
    assert draft.permissions_for_user(people["superuser"]).can_delete()
    draft.delete()
    assert not type(draft).objects.exists()


def test_the_record_outlives_users_and_revisions(published: Any) -> None:
    before = list(Decision.objects.values()) + list(Approval.objects.values())
    get_user_model().objects.all().delete()
    call_command("purge_revisions", days=0, pages=True, verbosity=0)
    Revision.objects.exclude(pk=published.live_revision_id).delete()
    assert list(Decision.objects.values()) + list(Approval.objects.values()) == before
    assert {decision.decided_by_name for decision in Decision.objects.all()} == {
        "The policy's rules",
        "Department-1",
        "Micro-credentials and Continuous Learning Committee",
    }


def test_the_catalogue_can_be_made_anew_from_the_ledger(published: Any) -> None:
    revise(published, fee="1.00")
    before = list(CatalogueEntry.objects.order_by("pk").values())
    assert not list(discrepancies())
    CatalogueEntry.objects.filter(superseded_sequence__isnull=True).update(body="{}")
    assert list(discrepancies())
    rebuild()
    assert list(CatalogueEntry.objects.order_by("pk").values()) == before
    assert not list(discrepancies())


def test_publishing_again_appends(published: Any) -> None:
    revise(published, fee="1.00")
    first, second = PublishedVersion.objects.in_order()
    assert second.supersedes == first
    assert second.number == 2
