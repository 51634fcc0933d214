"""Documents that are archives inside (DOCX, ODT): what is in them, before anything is unpacked."""

import zipfile
from pathlib import PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

SIGNATURE = b"PK\x03\x04"
MOST_ENTRIES = 2_000
MOST_UNPACKED = 200 * 1024 * 1024  # bytes, of all entries together
# Text compresses to a tenth or so. A bomb is far beyond.
MOST_RATIO = 150
RATIO_FROM = 1024 * 1024  # bytes unpacked, below which a ratio says nothing
NESTED = (".zip", ".7z", ".rar", ".gz", ".tar", ".bz2", ".xz", ".jar", ".exe", ".docm", ".dll")
MACROS = ("vbaproject.bin", "vbadata.xml", "basic/script-lc.xml", "scripts/")
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
DOCX_PART = "word/document.xml"
ENCRYPTED = 0x1


def is_archive(head: bytes) -> bool:
    """Whether a file begins as an archive does."""
    return head.startswith(SIGNATURE)


def hides_archive(file: IO[bytes], extension: str) -> bool:
    """Whether a file of another kind can be opened as an archive as well."""
    if extension in ("docx", "odt"):
        return False
    file.seek(0)
    return zipfile.is_zipfile(file)


def document_in(file: IO[bytes]) -> str:
    """ "docx", "odt", or "" for every other archive. Nothing but the list and one word is read."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if DOCX_PART in names and "[Content_Types].xml" in names:
                return "docx"
            if "mimetype" in names and archive.getinfo("mimetype").file_size == len(ODT_TYPE):
                return "odt" if archive.read("mimetype") == ODT_TYPE else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return ""
    return ""


def reason_against(file: IO[bytes]) -> str:
    """Why an archive is not taken; its sizes are what its list claims and what reading proves."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _listed(archive.infolist()) or _unpacked(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return _damaged()


def _listed(entries: list[zipfile.ZipInfo]) -> str:
    if len(entries) > MOST_ENTRIES:
        return _("it holds more parts than a document does. Save it as PDF.")
    names = [entry.filename.replace("\\", "/") for entry in entries]
    if len(set(names)) != len(names):
        return _damaged()
    for entry, name in zip(entries, names, strict=True):
        if reason := _against_entry(entry, name):
            return reason
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    return _too_large(unpacked, packed)


def _against_entry(entry: zipfile.ZipInfo, name: str) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or ":" in name:
        return _("it holds paths that lead out of it. Save it as PDF.")
    if name.lower().endswith(NESTED):
        return _("it holds other files packed inside. Give them one by one.")
    if any(mark in name.lower() for mark in MACROS):
        return _("it holds macros, which are programs. Save it without them, or as PDF.")
    if entry.flag_bits & ENCRYPTED:
        return _("it is protected by a password. Save it without one.")
    return ""


def _unpacked(archive: zipfile.ZipFile) -> str:
    """A list may claim less than there is, so all of it is read, as far as the limit."""
    total = 0
    packed = sum(entry.compress_size for entry in archive.infolist())
    for entry in archive.infolist():
        with archive.open(entry) as part:
            while chunk := part.read(64 * 1024):
                total += len(chunk)
                if reason := _too_large(total, packed):
                    return reason
    return ""


def _too_large(unpacked: int, packed: int) -> str:
    is_bomb = unpacked > RATIO_FROM and unpacked > packed * MOST_RATIO
    if unpacked > MOST_UNPACKED or is_bomb:
        return _("unpacked it would be far larger than a document is. Save it as PDF.")
    return ""


def _damaged() -> str:
    return _("it is damaged and cannot be opened. Save it anew, or as PDF.")
