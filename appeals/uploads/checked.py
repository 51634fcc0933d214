"""A file whose content was checked."""

from dataclasses import dataclass

from django.core.files.base import File


@dataclass(frozen=True)
class CheckedFile:
    """What was found in a file: its type by content, size in bytes, SHA-256 in hexadecimal.

    `name` is safe to show and never a path.
    """

    title: str
    name: str
    content: File
    content_type: str
    size: int
    sha256: str
