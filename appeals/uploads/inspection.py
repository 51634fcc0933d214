"""What files may be given, told from their content and never from their name (ADR 43)."""

import hashlib

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from appeals.uploads import scanner
from appeals.uploads.checked import CheckedFile
from appeals.uploads.file_kinds import kind_of
from appeals.uploads.names import safe_name, shown_name
from appeals.uploads.refusals import UploadRefused

LARGEST_MB = 20
LARGEST = LARGEST_MB * 1024 * 1024  # bytes


def check_upload(upload: UploadedFile, title: str = "") -> CheckedFile:
    """The file with its type, size and SHA-256. Raises UploadRefused saying what to do."""
    given = shown_name(upload.name or "")
    size = upload.size or 0
    if not size:
        raise UploadRefused(given, _("it is empty. Choose another file."))
    if size > LARGEST:
        raise UploadRefused(
            given,
            _("it is larger than %(most)s MB. Make it smaller, or give it in parts.")
            % {"most": LARGEST_MB},
        )
    kind, reason = kind_of(upload)
    reason = reason or scanner.reason_against(upload)
    if kind is None or reason:
        raise UploadRefused(given, reason)
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    name = safe_name(upload.name or "", kind.extension)
    called = " ".join(title.split())[:200] or name
    return CheckedFile(called, name, upload, kind.content_type, size, digest.hexdigest())
