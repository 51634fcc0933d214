"""A file whose content was checked."""

from dataclasses import dataclass
from typing import Any

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

    def columns(self) -> dict[str, Any]:
        """What a row that keeps the file has of it, by column."""
        return {
            "title": self.title,
            "name": self.name,
            "file": self.content,
            "content_type": self.content_type,
            "size": self.size,
            "sha256": self.sha256,
        }
