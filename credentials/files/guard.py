"""Holds the files that the record names, whichever code would replace or delete them (law 3).

Title, tags, description, collection and focal point may change: they change no file. What names a
file without saving its row, such as a queryset's update(), is told by `credentials.files.faults`.
"""

from typing import Any

from django.core.files.storage import Storage
from django.db import models
from django.db.models.signals import pre_delete, pre_save
from django.utils.deconstruct import deconstructible
from django.utils.encoding import filepath_to_uri
from wagtail.images import get_image_model

from credentials.exceptions import FileIsNamed
from credentials.files.named_files import file_models, namings
from credentials.record.ledger import PublishedVersion


@deconstructible
class KeptFiles(Storage):
    """Where Wagtail is sent to delete the file of a rendition that must stay."""

    def delete(self, name: str) -> None:
        """Keep the file."""


def refusal_to_go(file: Any) -> FileIsNamed | None:
    """Why the file of a picture or document must stay; None when nothing in the record names it."""
    naming = next(namings(file), None)
    return FileIsNamed(str(file), naming.place) if naming else None


def hold_replaced(
    sender: type[models.Model], instance: Any, raw: bool, update_fields: Any, **kwargs: Any
) -> None:
    """Before a picture or document is saved. Raises FileIsNamed when a named file would go."""
    writes_file = update_fields is None or {"file", "file_hash"} & set(update_fields)
    if raw or instance.pk is None or not writes_file:
        return
    stored: Any = sender._default_manager.filter(pk=instance.pk).first()
    if stored is not None and _is_another_file(instance, stored):
        _refuse(stored)


def _is_another_file(instance: Any, stored: Any) -> bool:
    """Whether what is in hand has another file than what is stored; a first hash is no change."""
    is_same = instance.file._committed and instance.file.name == stored.file.name
    return not is_same or stored.file_hash not in ("", instance.file_hash)


def hold_deleted(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Before a picture or document is deleted. Raises FileIsNamed when the record names it."""
    _refuse(instance)


def _refuse(file: Any) -> None:
    refusal = refusal_to_go(file)
    if refusal is not None:
        raise refusal


def keep_published(sender: type[models.Model], instance: Any, **kwargs: Any) -> None:
    """Before a rendition is deleted: its row may go, the file at a published address stays."""
    address = filepath_to_uri(instance.file.name)
    if PublishedVersion.objects.filter(document__contains=address).exists():
        instance.file.storage = KeptFiles()


for model in file_models():
    pre_save.connect(hold_replaced, sender=model, dispatch_uid=f"held.{model.__name__}")
    pre_delete.connect(hold_deleted, sender=model, dispatch_uid=f"held.{model.__name__}")
pre_delete.connect(keep_published, sender=get_image_model().get_rendition_model())
