"""Where the site serves media itself: pictures that pages show, and never a document (law 6)."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

SECRET, PICTURE = b"INTERNAL letter", b"a picture"


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """A folder of media with something in each of its rooms."""
    settings.MEDIA_ROOT = str(tmp_path)
    for name, content in {
        "documents/letter.pdf": SECRET,
        "original_images/badge.png": SECRET,
        "images/badge.max-400x400.png": PICTURE,
        "published/ab/badge.png": PICTURE,
        "images.pdf": SECRET,
        "imagesque/letter.pdf": SECRET,
        "Documents/letter.pdf": SECRET,
    }.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (tmp_path / "images" / "linked.pdf").symlink_to(tmp_path / "documents" / "letter.pdf")
    (tmp_path / "images" / "rooms").symlink_to(tmp_path / "documents")
    (tmp_path / "published" / "self.png").symlink_to(tmp_path / "published" / "ab" / "badge.png")
    return tmp_path


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "documents/letter.pdf",
        "images/../documents/letter.pdf",
        "images/%2e%2e/documents/letter.pdf",
        "images/%2E%2E%2Fdocuments%2Fletter.pdf",
        "images/%252e%252e/documents/letter.pdf",
        "images/..%5cdocuments%5cletter.pdf",
        "images%2f..%2fdocuments/letter.pdf",
        "images/./../documents/letter.pdf",
        "images//../documents/letter.pdf",
        "published/%2e%2e/documents/letter.pdf",
        "Images/../documents/letter.pdf",
        "IMAGES/badge.max-400x400.png",
        "documents/../images/badge.max-400x400.png",
        "original_images/badge.png",
        "images.pdf",
        "imagesque/letter.pdf",
        "images/linked.pdf",
        "images/rooms/letter.pdf",
        "images/",
        "images",
        "images/rooms/",
        "%2e/documents/letter.pdf",
        "/documents/letter.pdf",
        "Documents/letter.pdf",
        "documents/",
        "",
    ],
)
def test_nothing_else_is_served(media: Path, client: Client, path: str) -> None:
    response = client.get(f"/media/{path}", follow=True)
    assert response.status_code == 404, path
    assert SECRET not in response.getvalue()
    assert PICTURE not in response.getvalue()


@pytest.mark.parametrize(
    "path", ["images/badge.max-400x400.png", "published/ab/badge.png", "published/self.png"]
)
def test_pictures_of_pages_are_served(media: Path, client: Client, path: str) -> None:
    response = client.get(f"/media/{path}")
    assert response.getvalue() == PICTURE
    assert client.head(f"/media/{path}").status_code == 200


def test_media_are_only_read(media: Path, client: Client) -> None:
    assert client.post("/media/images/badge.max-400x400.png").status_code == 405
