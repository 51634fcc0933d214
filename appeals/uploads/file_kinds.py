"""Which kinds of files are taken, and how each is told from its content (ADR 43)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

import filetype
from django.utils.translation import gettext as _

from appeals.uploads import archives, images, pdf, plain_text

HEAD = 8192  # bytes: as much as the library needs to tell a kind
Check = Callable[[IO[bytes]], str]  # the reason for which it is refused, or ""


@dataclass(frozen=True)
class Kind:
    """A kind of file: media type, ending, and what its content has to pass."""

    content_type: str
    extension: str
    check: Check


PDF = Kind("application/pdf", "pdf", pdf.reason_against)
PNG = Kind("image/png", "png", images.reason_against)
JPEG = Kind("image/jpeg", "jpg", images.reason_against)
DOCX = Kind(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "docx",
    archives.reason_against,
)
ODT = Kind("application/vnd.oasis.opendocument.text", "odt", archives.reason_against)
TEXT = Kind("text/plain", "txt", plain_text.reason_against)
KINDS = (PDF, PNG, JPEG, DOCX, ODT, TEXT)
ENDINGS = ",".join(f".{kind.extension}" for kind in KINDS) + ",.jpeg"


def kind_of(file: IO[bytes]) -> tuple[Kind | None, str]:
    """The kind of a file and the reason for which it is not taken, "" if it is."""
    file.seek(0)
    head = file.read(HEAD)
    found = filetype.guess(head)
    mime = found.mime if found else ""
    known = next((kind for kind in KINDS if kind.content_type == mime), None)
    if archives.is_archive(head):
        known = {"docx": DOCX, "odt": ODT}.get(archives.document_in(file))
    elif not mime and plain_text.looks_like_text(head):
        known = TEXT
    if known is None:
        return None, _(
            "by its content it is none of the kinds that can be read here. Save it as PDF, or "
            "give a PNG, JPEG, DOCX, ODT or text file."
        )
    if archives.hides_archive(file, known.extension):
        return known, _(
            "it is two kinds of file in one, which is a way to hide something. Save it anew as PDF."
        )
    file.seek(0)
    return known, known.check(file)
