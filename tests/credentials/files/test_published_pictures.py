"""A published picture keeps its address and its bytes, whatever happens to the upload (law 3)."""

import hashlib
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import CollectionViewRestriction

from credentials.api.schemas.offerings import OfferingDocument
from credentials.models import PublishedPicture, PublishedVersion
from credentials.record.content import canonical
from credentials.record.document import document_of
from tests.credentials.catalogue.ledger_entries import append
from tests.credentials.files.library import (
    PICTURE,
    another_file,
    delete_in_admin,
    offering_with,
    save_in_admin,
    upload,
)
from tests.factories import CourseFactory

pytestmark = pytest.mark.django_db

RENDITION = "fill-1200x630|format-webp"


@pytest.fixture
def published(picture: Any, root: Any) -> Any:
    """A published offering with a picture."""
    return offering_with(PICTURE, picture, root)


def image_of(offering: Any) -> dict[str, Any]:
    """The picture in the public document."""
    version = PublishedVersion.objects.head_of(offering.pk)
    assert version is not None
    return dict(version.public_document["image"])


def served(client: Client, url: str) -> bytes:
    """What the public gets at an address; nothing where there is nothing."""
    response = client.get(url)
    return b"".join(response.streaming_content) if response.status_code == 200 else b""


def test_the_document_binds_to_the_bytes_that_are_served(published: Any, client: Client) -> None:
    image = image_of(published)
    digest = hashlib.sha256(served(client, image["url"])).hexdigest()
    assert image["sha256"] == digest
    assert image["url"] == f"/media/published/{digest[:32]}.webp"
    assert (image["width"], image["height"], image["alt"]) == (1200, 630, "All teal.")
    document = client.get(f"/api/v1/offerings/{published.uuid}").json()
    assert document["image"] == image
    assert image["url"] in client.get(published.get_url()).content.decode()


def test_the_document_is_the_same_whenever_it_is_built(published: Any) -> None:
    live = type(published).objects.get(pk=published.pk)
    once = canonical(document_of(live))
    live.image.renditions.all().delete()
    assert canonical(document_of(type(published).objects.get(pk=published.pk))) == once


def test_a_picture_is_made_once(published: Any, root: Any, picture: Any) -> None:
    other = CourseFactory(parent=root, image=picture)
    document_of(other)
    assert PublishedPicture.objects.count() == 1
    loaded = type(other).objects.select_related("image").get(pk=other.pk)
    with_image = _queries_of(loaded)
    loaded.image = None
    assert with_image - _queries_of(loaded) == 1


def _queries_of(offering: Any) -> int:
    with CaptureQueriesContext(connection) as captured:
        document_of(offering)
    return len(captured)


def test_what_a_crash_cut_short_is_written_anew(root: Any, client: Client) -> None:
    picture = upload("orchid")  # a file of this test alone
    offering = CourseFactory(parent=root, image=picture)
    image = document_of(offering)["image"]
    whole, name = served(client, image["url"]), image["url"].removeprefix("/media/")
    with default_storage.open(name, "wb") as file:
        file.write(whole[:100])
    picture.focal_point_x = picture.focal_point_y = 600
    picture.focal_point_width = picture.focal_point_height = 1
    picture.save()
    assert document_of(type(offering).objects.get(pk=offering.pk))["image"]["url"] == image["url"]
    assert served(client, image["url"]) == whole


def _replace_in_admin(client: Client, picture: Any) -> None:
    save_in_admin(client, PICTURE, picture, file=another_file(PICTURE))


def _delete_in_admin(client: Client, picture: Any) -> None:
    delete_in_admin(client, PICTURE, picture)


def _purge(client: Client, picture: Any) -> None:
    call_command("wagtail_update_image_renditions", purge_only=True)


def _delete_renditions(client: Client, picture: Any) -> None:
    picture.renditions.all().delete()


def _move_focal_point(client: Client, picture: Any) -> None:
    point = {f"focal_point_{name}": 40 for name in ("x", "y", "width", "height")}
    save_in_admin(client, PICTURE, picture, **point)


def _make_private(client: Client, picture: Any) -> None:
    CollectionViewRestriction.objects.create(
        collection=picture.collection, restriction_type=CollectionViewRestriction.LOGIN
    )


@pytest.mark.parametrize(
    "attempt",
    [
        _replace_in_admin,
        _delete_in_admin,
        _purge,
        _delete_renditions,
        _move_focal_point,
        _make_private,
    ],
)
@pytest.mark.parametrize("is_old", [False, True], ids=["by its hash", "by its rendition"])
def test_its_address_goes_on_answering(
    published: Any,
    picture: Any,
    client: Client,
    people: Any,
    attempt: Any,
    is_old: bool,
    django_capture_on_commit_callbacks: Any,
) -> None:
    url = _publish_as_before(published, picture) if is_old else image_of(published)["url"]
    before = served(client, url)
    client.force_login(people["superuser"])
    with django_capture_on_commit_callbacks(execute=True):
        attempt(client, type(picture).objects.get(pk=picture.pk))
    client.logout()
    assert before and served(client, url) == before
    assert url in client.get(published.get_url()).content.decode()


def _publish_as_before(published: Any, picture: Any) -> str:
    """Publish as it was done before: by the address of Wagtail's rendition, without a hash."""
    rendition = picture.get_rendition(RENDITION)
    image = {"url": rendition.url, "width": 1200, "height": 630, "alt": "All teal."}
    append(published, "revised", image=image)
    return str(rendition.url)


def test_a_version_without_the_hash_keeps_to_the_contract(
    published: Any, picture: Any, client: Client
) -> None:
    _publish_as_before(published, picture)
    OfferingDocument.model_validate(client.get(f"/api/v1/offerings/{published.uuid}").json())


def test_other_renditions_are_deleted_as_ever(
    published: Any, picture: Any, django_capture_on_commit_callbacks: Any
) -> None:
    rendition = picture.get_rendition("max-165x165")
    with django_capture_on_commit_callbacks(execute=True):
        picture.renditions.all().delete()
    assert not default_storage.exists(rendition.file.name)


def test_what_lies_beside_has_no_address(published: Any, client: Client) -> None:
    assert served(client, f"/media/{published.image.file.name}") == b""
