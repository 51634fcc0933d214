"""Files are told by their content: hostile ones are refused with a sentence (AP-1)."""

import io
import logging
import struct
import zipfile
import zlib
from typing import IO, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from appeals.uploads.inspection import LARGEST, check_upload
from appeals.uploads.intake import MOST_FILES, MOST_TOGETHER, receive
from appeals.uploads.names import safe_name, shown_name
from appeals.uploads.refusals import UploadRefused
from tests.appeals.uploads.samples import DOCX_PARTS, ODT_PARTS, PDF, archive, picture

pytestmark = pytest.mark.clause("AP-1")

PAGE = b"<!doctype html><html><body><script>alert(1)</script></body></html>"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
RIGHT_TO_LEFT = "\u202e"


def upload(name: str, content: bytes, claimed: str = "application/pdf") -> SimpleUploadedFile:
    """A file as a browser sends it, with what it claims."""
    return SimpleUploadedFile(name, content, claimed)


def refusal(name: str, content: bytes) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(UploadRefused) as refused:
        check_upload(upload(name, content))
    return str(refused.value.sentence)


GOOD = {
    "letter.pdf": (PDF, "application/pdf", "letter.pdf"),
    "grade.png": (picture(), "image/png", "grade.png"),
    "photo.jpeg": (picture("JPEG"), "image/jpeg", "photo.jpg"),
    "notes.txt": ("Bonjour, à bientôt.\n".encode(), "text/plain", "notes.txt"),
    "essay.docx": (
        archive(DOCX_PARTS),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "essay.docx",
    ),
    "essay.odt": (archive(ODT_PARTS), "application/vnd.oasis.opendocument.text", "essay.odt"),
    # By content a picture, so it is kept as one.
    "scan.pdf": (picture(), "image/png", "scan.png"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_file_of_an_allowed_kind_is_taken_as_what_it_is(name: str) -> None:
    content, content_type, kept_as = GOOD[name]
    file = check_upload(upload(name, content, "application/x-msdownload"))
    assert (file.content_type, file.name, file.size) == (content_type, kept_as, len(content))
    assert file.content.read() == content


def _bomb() -> bytes:
    return archive(DOCX_PARTS | {"word/media/image1.bmp": b"\0" * (30 * 1024 * 1024)})


def _lying_bomb() -> bytes:
    """The same, with a list that claims that it is small."""
    content = bytearray(_bomb())
    size = struct.pack("<L", 30 * 1024 * 1024)
    return bytes(content.replace(size, struct.pack("<L", 64)))


def _huge_picture() -> bytes:
    """A picture of a few bytes that claims to be 60,000 by 60,000."""
    content = bytearray(picture())
    content[16:24] = struct.pack(">LL", 60_000, 60_000)
    content[29:33] = struct.pack(">L", zlib.crc32(bytes(content[12:29])))
    return bytes(content)


def _with_twice_the_same_name() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made, pytest.warns(UserWarning, match="Duplicate"):
        for name, part in (*DOCX_PARTS.items(), ("word/document.xml", b"another")):
            made.writestr(name, part)
    return content.getvalue()


HOSTILE = {
    "html-named-pdf": ("letter.pdf", PAGE, "web page"),
    "html-after-space": ("letter.txt", b" \n\t" + PAGE, "web page"),
    "html-in-two-bytes": ("letter.txt", PAGE.decode().encode("utf-16"), "none of the kinds"),
    "svg-with-script": ("drawing.svg", DRAWING, "web page"),
    "svg-named-png": ("drawing.png", DRAWING, "web page"),
    "script": ("notes.txt", b"#!/bin/sh\nrm -rf /\n", "program"),
    "program": ("notes.pdf", b"MZ\x90\x00" + b"\0" * 200, "none of the kinds"),
    "zip": ("all.zip", archive({"a.txt": b"a"}), "none of the kinds"),
    "zip-bomb": ("essay.docx", _bomb(), "far larger"),
    "lying-zip-bomb": ("essay.docx", _lying_bomb(), "damaged"),
    "nested": ("essay.docx", archive(DOCX_PARTS | {"word/a.zip": b"PK"}), "packed inside"),
    "path-inside": ("essay.docx", archive(DOCX_PARTS | {"../../etc/x": b"x"}), "lead out"),
    "macros": ("essay.docx", archive(DOCX_PARTS | {"word/vbaProject.bin": b"x"}), "macros"),
    "same-part-twice": ("essay.docx", _with_twice_the_same_name(), "damaged"),
    "too-many-parts": (
        "essay.docx",
        archive(DOCX_PARTS | {f"word/{n}.xml": b"" for n in range(2_100)}),
        "more parts",
    ),
    "pdf-and-zip": ("letter.pdf", PDF + archive({"a.txt": b"a"}), "two kinds"),
    "png-and-zip": ("grade.png", picture() + archive({"a.txt": b"a"}), "two kinds"),
    "png-and-html": ("grade.png", picture() + PAGE, "hides a web page"),
    "pdf-and-html": ("letter.pdf", PDF + PAGE, "hides a web page"),
    "html-before-pdf": ("letter.pdf", PAGE + PDF, "web page"),
    "pdf-cut-off": ("letter.pdf", PDF[:-8], "cut off"),
    "pdf-with-program": ("letter.pdf", PDF.replace(b"/Catalog", b"/Launch"), "program"),
    "picture-cut-off": ("grade.png", picture()[:40], "damaged"),
    "pixel-bomb": ("grade.png", _huge_picture(), "pixels"),
    "empty": ("empty.pdf", b"", "empty"),
    "unreadable-text": ("notes.txt", b"\xff\xfe\xfa caf\xe9", "letters cannot be read"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_with_its_name_a_reason_and_a_remedy(case: str) -> None:
    name, content, reason = HOSTILE[case]
    sentence = refusal(name, content)
    assert f"“{name}” was not added" in sentence
    assert reason in sentence
    assert sentence.count(".") >= 2  # the ending of the name, and that of a sentence


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    class Unread(SimpleUploadedFile):
        def read(self, *args: Any) -> bytes:
            raise AssertionError("It was read.")

    large = Unread("film.pdf", PDF)
    large.size = LARGEST + 1
    with pytest.raises(UploadRefused, match="larger than 20 MB"):
        check_upload(large)


NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\windows\\win.pdf": "win.pdf",
    "C:\\secret\\a.pdf": "a.pdf",
    f"grade{RIGHT_TO_LEFT}fdp.exe": "gradefdp.pdf",
    "a\0b\r\nc.pdf": "abc.pdf",
    "zero\u200bwidth.pdf": "zerowidth.pdf",
    'quo"te;.pdf': "quote.pdf",
    "...": "file.pdf",
    "": "file.pdf",
    "two.exe.pdf": "two.exe.pdf",
    "é" * 300 + ".pdf": "é" * 120 + ".pdf",
}


@pytest.mark.parametrize("name", NAMES)
def test_names_lose_paths_and_what_cannot_be_seen(name: str) -> None:
    assert safe_name(name, "pdf") == NAMES[name]


@given(st.text(max_size=400))
def test_no_name_is_a_path_or_turns_the_text(name: str) -> None:
    for cleaned in (safe_name(name, "pdf"), shown_name(name)):
        assert cleaned
        assert len(cleaned) <= 124
        assert not set(cleaned) & set('/\\"\0\r\n\u202e\u2066\u200f')
        assert cleaned not in (".", "..")


def _finds_nothing(file: IO[bytes]) -> bool:
    return file.read(4) == b"%PDF"


def _finds_something(file: IO[bytes]) -> bool:
    return False


def _breaks(file: IO[bytes]) -> bool:
    raise OSError("cannot reach the scanner about letter.pdf")


def _set_scanner(settings: Any, name: str) -> None:
    settings.CREDENCE = {**settings.CREDENCE, "UPLOAD_SCANNER": f"{__name__}.{name}"}


def test_a_scanner_that_finds_nothing_lets_a_file_in(settings: Any) -> None:
    _set_scanner(settings, "_finds_nothing")
    assert check_upload(upload("letter.pdf", PDF)).content.read() == PDF


@pytest.mark.parametrize(
    ("scanner", "reason"),
    [
        ("_finds_something", "virus scanner"),
        ("_breaks", "could not be checked"),
        ("_missing", "could not be checked"),
    ],
)
def test_an_unclean_file_and_a_failing_scanner_refuse(
    settings: Any, caplog: Any, scanner: str, reason: str
) -> None:
    _set_scanner(settings, scanner)
    with caplog.at_level(logging.DEBUG):
        assert reason in refusal("letter.pdf", PDF)
    assert "letter.pdf" not in caplog.text


def test_there_are_limits_for_all_files_together() -> None:
    received = receive([upload("a.pdf", PDF), upload("b.pdf", PDF)], count=MOST_FILES - 1, size=0)
    assert [file.name for file in received.files] == ["a.pdf"]
    assert "b.pdf" in received.refusals[0]
    received = receive([upload("a.pdf", PDF)], count=0, size=MOST_TOGETHER)
    assert "together" in received.refusals[0]


def test_one_refused_file_keeps_no_other_out() -> None:
    received = receive([upload("a.pdf", PAGE), upload("b.pdf", PDF)], count=0, size=0)
    assert [file.name for file in received.files] == ["b.pdf"]
    assert len(received.refusals) == 1
