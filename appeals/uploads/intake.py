"""Taking files from a request: its size is judged before it is read, its files one by one."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from appeals.uploads.checked import CheckedFile
from appeals.uploads.inspection import LARGEST, check_upload
from appeals.uploads.names import shown_name
from appeals.uploads.refusals import UploadRefused

MOST_AT_ONCE = 3 * LARGEST  # bytes of a whole request
MOST_FILES = 20  # of one person on one appeal
MOST_TOGETHER = 5 * LARGEST  # bytes of these


@dataclass
class Received:
    """Files that passed, and a sentence for each that did not."""

    files: list[CheckedFile] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


def is_too_large(request: HttpRequest) -> bool:
    """Whether a request claims more than is read at once. Reads nothing of it."""
    claimed = str(request.META.get("CONTENT_LENGTH") or 0)
    return not claimed.isdecimal() or int(claimed) > MOST_AT_ONCE


def receive(uploads: Iterable[UploadedFile], *, count: int, size: int, title: str = "") -> Received:
    """Check files against what is there: `count` of them, of `size` bytes together."""
    received = Received()
    for upload in uploads:
        given = shown_name(upload.name or "")
        try:
            if count >= MOST_FILES:
                raise UploadRefused(
                    given,
                    _("%(most)s files are there already. Remove one, or put several in one PDF.")
                    % {"most": MOST_FILES},
                )
            file = check_upload(upload, title)
            if size + file.size > MOST_TOGETHER:
                raise UploadRefused(
                    given, _("all files together would be too large. Make some of them smaller.")
                )
        except UploadRefused as refused:
            received.refusals.append(refused.sentence)
        else:
            received.files.append(file)
            count, size = count + 1, size + file.size
    if not received.files and not received.refusals:
        received.refusals.append(_("No file was chosen. Choose one first, then add it."))
    return received
