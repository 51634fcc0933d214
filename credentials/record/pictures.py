"""The picture in a public document: made once, at an address that says what its bytes are.

Nothing deletes or overwrites these files, so the address answers as long as the site does.
"""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import get_image_dimensions
from django.core.files.storage import default_storage
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import Filter

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed

FOLDER = "published"
SHAPE = Filter("fill-1200x630|format-webp")
_IN_A_NAME = 32  # hexadecimal digits of the hash


class PublishedPicture(AppendOnly):
    """What the public sees of an uploaded picture, cut around its focal point.

    It is remembered, so that the same upload gives the same bytes for ever, whichever version of
    the image library is installed, and no file is read again. Uploads are told by their SHA-1.
    """

    sealed = Sealed.INTERNAL

    upload_hash = models.CharField(_("hash of the upload"), max_length=40)
    focal_point = models.CharField(_("focal point"), max_length=16, blank=True)
    shape = models.CharField(_("shape"), max_length=100)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("published picture")
        verbose_name_plural = _("published pictures")
        constraints = [
            models.UniqueConstraint(
                fields=["upload_hash", "focal_point", "shape"], name="one_picture_per_upload"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its file in the default storage."""
        return f"{FOLDER}/{self.sha256[:_IN_A_NAME]}.webp"

    @property
    def url(self) -> str:
        """Its address for ever."""
        return str(default_storage.url(self.name))


def public_picture(image: Any) -> PublishedPicture:
    """The public picture of an upload, made when it is first asked for. One query afterwards."""
    made_of = {
        "upload_hash": image.get_file_hash(),
        "focal_point": SHAPE.get_cache_key(image),
        "shape": SHAPE.spec,
    }
    found: PublishedPicture | None = PublishedPicture.objects.filter(**made_of).first()
    return found or _make(image, made_of)


def _make(image: Any, made_of: dict[str, str]) -> PublishedPicture:
    file = image.generate_rendition_file(SHAPE)
    width, height = get_image_dimensions(file)
    file.seek(0)
    content = file.read()
    facts = {"sha256": hashlib.sha256(content).hexdigest(), "width": width, "height": height}
    _write_once(PublishedPicture(**facts).name, content)
    picture, _created = PublishedPicture.objects.get_or_create(**made_of, defaults=facts)
    return picture


def _write_once(name: str, content: bytes) -> None:
    """Write a file that is named by its content; one that a crash cut short is written anew."""
    if default_storage.exists(name):
        if default_storage.size(name) == len(content):
            return
        default_storage.delete(name)
    written = default_storage.save(name, ContentFile(content))
    if written != name:  # another process wrote the same bytes in between
        default_storage.delete(written)
