"""A picture or document that the record names is neither replaced nor deleted (law 3)."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from wagtail.models import Collection, GroupCollectionPermission

from credentials.exceptions import FileIsNamed
from credentials.models import Approval
from tests.credentials.files.library import (
    another_file,
    delete_in_admin,
    delete_many_in_admin,
    let_go,
    save_in_admin,
    stored_bytes,
)

pytestmark = pytest.mark.django_db


def test_another_file_becomes_a_new_one(
    kind: str, file: Any, offering: Any, at_work: Client
) -> None:
    before, known = stored_bytes(file), set(type(file).objects.values_list("pk", flat=True))
    page = save_in_admin(at_work, kind, file, title="Another", file=another_file(kind))
    added = type(file).objects.exclude(pk__in=known).get()
    assert stored_bytes(file) == before
    assert type(file).objects.get(pk=file.pk).title == file.title
    assert stored_bytes(added) == another_file(kind).read()
    assert (added.title, added.uploaded_by_user.username) == ("Another", "department-1")
    assert added.file_hash != file.file_hash
    assert Approval.objects.get(offering=offering).reference in page
    assert "choose that in the draft" in page
    for row in (file, added):
        assert f"/{row.pk}/" in page


def test_its_other_fields_may_change(kind: str, file: Any, offering: Any, at_work: Client) -> None:
    before = stored_bytes(file)
    moved = Collection.get_first_root_node().add_child(name="Old pictures")
    save_in_admin(at_work, kind, file, title="Renamed", tags="old", collection=moved.pk)
    changed = type(file).objects.get(pk=file.pk)
    assert (changed.title, changed.collection, changed.file_hash) == (
        "Renamed",
        moved,
        file.file_hash,
    )
    assert stored_bytes(file) == before


def test_what_nothing_names_is_replaced_as_ever(kind: str, file: Any, at_work: Client) -> None:
    old, count = file.file.name, type(file).objects.count()
    save_in_admin(at_work, kind, file, file=another_file(kind))
    assert stored_bytes(file) == another_file(kind).read()
    assert type(file).objects.count() == count
    assert not file.file.storage.exists(old)


def test_adding_takes_its_own_permission(
    kind: str, file: Any, offering: Any, root: Any, client: Client
) -> None:
    group = Group.objects.create(name="Keepers of titles")
    admin = Group.objects.get(name="Editors").permissions.get(codename="access_admin")
    group.permissions.add(admin)
    meta = file._meta
    GroupCollectionPermission.objects.create(
        group=group,
        collection=Collection.get_first_root_node(),
        permission=_permission(meta.app_label, f"change_{meta.model_name}"),
    )
    keeper = get_user_model().objects.create_user("keeper", "keeper@example.org", "secret")
    keeper.groups.add(group)
    client.force_login(keeper)
    count = type(file).objects.count()
    page = save_in_admin(client, kind, file, title="Mine", file=another_file(kind))
    assert "ask somebody who may add" in page
    assert type(file).objects.count() == count
    assert type(file).objects.get(pk=file.pk).title == file.title


def _permission(app: str, codename: str) -> Any:
    return Group.permissions.field.related_model.objects.get(
        content_type__app_label=app, codename=codename
    )


@pytest.mark.parametrize("delete", [delete_in_admin, None], ids=["its page", "many at once"])
def test_deleting_it_in_the_admin_is_refused(
    kind: str, file: Any, offering: Any, delete: Any, client: Client, people: Any
) -> None:
    """Though no live row holds it any more: the record does."""
    let_go(offering)
    client.force_login(people["superuser"])
    page = delete(client, kind, file) if delete else delete_many_in_admin(client, file)
    assert Approval.objects.get(offering=offering).reference in page
    assert stored_bytes(file)


@pytest.mark.parametrize("delete", [delete_in_admin, None], ids=["its page", "many at once"])
def test_what_nothing_names_is_deleted_as_ever(
    kind: str, file: Any, delete: Any, client: Client, people: Any
) -> None:
    client.force_login(people["superuser"])
    _page = delete(client, kind, file) if delete else delete_many_in_admin(client, file)
    assert not type(file).objects.filter(pk=file.pk).exists()


def _save_with_another(file: Any, kind: str) -> None:
    file.file = another_file(kind)
    file.save()


def _save_into_the_field(file: Any, kind: str) -> None:
    file.file.save("other.bin", another_file(kind))


def _save_the_hash_alone(file: Any, kind: str) -> None:
    file.file_hash = "0" * 40
    file.save(update_fields=["file_hash"])


def _save_a_row_of_the_same_key(file: Any, kind: str) -> None:
    other = type(file)(pk=file.pk, title="Other", file=another_file(kind))
    other.save()


def _delete(file: Any, kind: str) -> None:
    file.delete()


def _delete_what_was_read_before(file: Any, kind: str) -> None:
    file.file_hash = ""  # as it was before anybody asked for it
    file.delete()


def _delete_by_query(file: Any, kind: str) -> None:
    type(file).objects.filter(pk=file.pk).delete()


@pytest.mark.parametrize(
    "attempt",
    [
        _save_with_another,
        _save_into_the_field,
        _save_the_hash_alone,
        _save_a_row_of_the_same_key,
        _delete,
        _delete_what_was_read_before,
        _delete_by_query,
    ],
)
def test_code_is_refused_too(kind: str, file: Any, offering: Any, attempt: Any) -> None:
    before = stored_bytes(file)
    reference = Approval.objects.get(offering=offering).reference
    let_go(offering)
    with pytest.raises(FileIsNamed, match=reference), transaction.atomic():
        attempt(type(file).objects.get(pk=file.pk), kind)
    assert stored_bytes(file) == before


def test_a_copy_of_the_same_bytes_is_not_held(
    kind: str, file: Any, offering: Any, root: Any
) -> None:
    copy = type(file)(title="Copy", file=file.file.storage.open(file.file.name))
    copy.file.name = f"copy-{copy.file.name.rpartition('/')[2]}"
    copy.file_hash = file.file_hash
    copy.save()
    copy.delete()
    assert stored_bytes(file)
