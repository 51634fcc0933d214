"""Compares the files with the record: one sentence for each that is missing or another (law 3)."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.db import models
from wagtail.utils.file import hash_filelike

from credentials.files.named_files import CHUNK, namings
from credentials.record.ledger import PublishedVersion
from credentials.record.pictures import FOLDER

REMEMBERED = 4096  # files; many versions and approvals name the same
# The part of a public address that is the file's name in the storage.
_NAME = re.compile(rf"(?:images|{FOLDER})/.+$")


def file_faults(tick: Callable[[], None] = lambda: None) -> Iterator[str]:
    """Yield a sentence for each file that the record names and that is missing or has other bytes.

    First the pictures of all published versions, then all files that were named by anything else:
    approved, submitted, put to the vote. Memory is constant; each file is read once. `tick` is
    called for each version.
    """
    yield from _published_faults(lru_cache(REMEMBERED)(_picture_fault), tick)
    file_fault = lru_cache(REMEMBERED)(_file_fault)
    for naming in namings():
        fault = file_fault(naming.model, naming.key, naming.file_hash)
        if fault:
            yield f"{naming.place[:1].upper()}{naming.place[1:]}: {fault}."


def _published_faults(
    picture_fault: Callable[[str, str], str], tick: Callable[[], None]
) -> Iterator[str]:
    versions = PublishedVersion.objects.in_order().values_list(
        "offering__title", "number", "document"
    )
    for title, number, document in versions.iterator(chunk_size=CHUNK):
        tick()
        picture = json.loads(document).get("image")
        fault = picture and picture_fault(picture["url"], picture.get("sha256", ""))
        if fault:
            yield f"“{title}”, version {number}: {fault}."


def _picture_fault(url: str, sha256: str) -> str:
    """What is wrong with a published picture. Older documents do not say its hash."""
    name = _NAME.search(unquote(urlsplit(url).path))
    try:
        with default_storage.open(name.group() if name else url) as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, SuspiciousOperation):
        return f"its picture {url} is missing"
    return f"its picture {url} has other bytes" if sha256 not in ("", found) else ""


def _file_fault(model: type[models.Model], key: Any, file_hash: str) -> str:
    """What is wrong with a picture or document of the library."""
    stored: Any = model._default_manager.filter(pk=key).first()
    what = f"its {model._meta.verbose_name} {key}"
    if stored is None:
        return f"{what} is gone"
    what = f"{what} “{stored}”"
    try:
        with stored.file.storage.open(stored.file.name) as file:
            found = hash_filelike(file)
    except OSError:
        return f"the file of {what} is missing"
    if file_hash not in ("", stored.file_hash):
        return f"{what} has another file now"
    return f"{what} has other bytes than it says" if stored.file_hash not in ("", found) else ""
