"""Where the record names a file of the library: each app tells what it knows, through a hook.

An app registers functions under the hook `register_named_files`. Wagtail's own index of references
leaves the record out, and knows nothing of what stands in it as text.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models.functions import Cast
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

HOOK = "register_named_files"
CHUNK = 500


@dataclass(frozen=True)
class Naming:
    """One place of the record that names a picture or a document, in words.

    `file_hash` is the SHA-1 of the file as it was named; empty where only the row is named.
    """

    place: str
    model: type[models.Model]
    key: int
    file_hash: str = ""

    def is_of(self, file: Any) -> bool:
        """Whether it names this picture or document with the file that it has."""
        is_same = self.model is type(file) and self.key == file.pk
        return is_same and self.file_hash in ("", file.file_hash)


Source = Callable[[Any | None], Iterator[Naming]]
"""Tells all namings; given a picture or document it may leave out what cannot name that."""


def namings(file: Any | None = None) -> Iterator[Naming]:
    """Everything that the record names, or every place that names this picture or document.

    What is stored is asked about: what is in hand may be older, or changed already.
    """
    if file is not None:
        file = type(file)._default_manager.filter(pk=file.pk).first()
        if file is None:
            return
    for source in hooks.get_hooks(HOOK):
        for naming in source(file):
            if file is None or naming.is_of(file):
                yield naming


def file_models() -> tuple[type[models.Model], ...]:
    """The models of pictures and documents, whichever this project uses."""
    return (get_image_model(), get_document_model())


def is_file_key(field: Any) -> bool:
    """Whether a field is a foreign key to a picture or document."""
    return isinstance(field, models.ForeignKey) and field.related_model in file_models()


@cache
def _models_by_field_name() -> dict[str, type[models.Model]]:
    """Names of fields that hold a picture or document, anywhere in our apps: "image", ..."""
    fields: Iterator[Any] = (f for model in apps.get_models() for f in model._meta.fields)
    return {
        field.name: field.related_model
        for field in fields
        if is_file_key(field) and not field.model.__module__.startswith("wagtail.")
    }


def files_in(data: Any) -> Iterator[tuple[type[models.Model], int, str]]:
    """Find the files in plain data: (model, key, SHA-1 or empty), by the names of their fields.

    Content says {"id", "file"}, the content of a draft a key, a self-study a key beside a "file".
    """
    if isinstance(data, list):
        for item in data:
            yield from files_in(item)
    if not isinstance(data, dict):
        return
    for name, value in data.items():
        model = _models_by_field_name().get(name)
        if model and isinstance(value, dict) and "file" in value:
            yield model, value["id"], value["file"]
        elif model and isinstance(value, int):
            yield model, value, str(data.get("file", ""))
        else:
            yield from files_in(value)


def named_in_texts(
    rows: "models.QuerySet[Any]", field: str, place: Callable[[Any], str], file: Any | None
) -> Iterator[Naming]:
    """What a field of JSON names in each of these rows; read in chunks, not all at once."""
    if file is not None:
        as_text = Cast(field, models.TextField())
        rows = rows.annotate(as_text=as_text).filter(as_text__contains=file.file_hash)
    for row in rows.iterator(chunk_size=CHUNK):
        value = getattr(row, field)
        for found in files_in(json.loads(value) if isinstance(value, str) else value):
            yield Naming(place(row), *found)
