"""What is wrong with the files that the record names is told, one sentence each (law 3)."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from credentials.files.faults import file_faults
from credentials.models import Approval
from tests.credentials.catalogue.ledger_entries import append
from tests.credentials.files.library import PICTURE, let_go, offering_with

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """Files of each test alone: it takes some away."""
    backend = settings.STORAGES["default"] | {"OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"default": backend}
    return tmp_path


def published_file(offering: Any, media: Path) -> Path:
    """The file of the picture that the public sees."""
    image = offering.versions.get().public_document["image"]
    return media / image["url"].removeprefix("/media/")


def test_a_sound_record_has_no_faults(offering: Any) -> None:
    assert list(file_faults()) == []


@pytest.mark.parametrize("kind", [PICTURE], indirect=True)
def test_a_published_picture_that_is_missing(offering: Any, media: Path) -> None:
    file = published_file(offering, media)
    file.unlink()
    assert list(file_faults()) == [
        f"“{offering.title}”, version 1: its picture /media/published/{file.name} is missing."
    ]


@pytest.mark.parametrize("kind", [PICTURE], indirect=True)
def test_a_published_picture_that_is_another(offering: Any, media: Path) -> None:
    published_file(offering, media).write_bytes(b"another")
    (fault,) = file_faults()
    assert fault.startswith(f"“{offering.title}”, version 1: its picture /media/published/")
    assert fault.endswith("has other bytes.")


@pytest.mark.parametrize("kind", [PICTURE], indirect=True)
@pytest.mark.parametrize("url", ["/media/images/gone.webp", "/media/images/../x", "/elsewhere"])
def test_an_older_address_with_nothing_behind_it(offering: Any, url: str) -> None:
    append(offering, "revised", image={"url": url, "width": 1, "height": 1, "alt": ""})
    assert list(file_faults()) == [f"“{offering.title}”, version 2: its picture {url} is missing."]


def test_a_row_that_names_another_file(file: Any, offering: Any) -> None:
    """As if a statement went past the guard."""
    name = file.file.storage.save("other.bin", ContentFile(b"other"))
    type(file).objects.filter(pk=file.pk).update(file=name, file_hash="0" * 40)
    approval = Approval.objects.get(offering=offering)
    assert list(file_faults()) == [
        f"Approval {approval.reference} of “{offering.title}”: "
        f"its {file._meta.verbose_name} {file.pk} “{file}” has another file now."
    ]


def test_bytes_that_were_overwritten_in_their_place(file: Any, offering: Any) -> None:
    Path(file.file.path).write_bytes(b"other")
    (fault,) = file_faults()
    assert "has other bytes than it says" in fault


def test_bytes_that_are_gone(file: Any, offering: Any) -> None:
    Path(file.file.path).unlink()
    (fault,) = file_faults()
    assert f"the file of its {file._meta.verbose_name} {file.pk}" in fault


def test_a_row_that_is_gone(file: Any, offering: Any) -> None:
    """As if a statement went past the guard, once a newer version needs it no longer."""
    let_go(offering)
    rows = type(file).objects.filter(pk=file.pk)
    rows._raw_delete(rows.db)
    (fault,) = file_faults()
    assert fault.endswith(f"its {file._meta.verbose_name} {file.pk} is gone.")


def test_each_file_is_read_once_however_often_it_is_named(
    kind: str, file: Any, offering: Any, root: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(20):
        list(file_faults())
    for _number in range(3):
        offering_with(kind, file, root)
    with django_assert_max_num_queries(20):
        assert list(file_faults()) == []
