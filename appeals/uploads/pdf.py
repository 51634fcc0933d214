"""PDF files: whole, from the first byte to the last, and nothing around them."""

from typing import IO

from django.utils.translation import gettext as _

from appeals.uploads.markup import holds_markup

END = b"%%EOF"
TAIL = 2048  # bytes: what may come after the last mark is far less
MOST_AFTER_END = 1024
BEGIN = 1024  # bytes in which readers look for the first mark
STARTS_PROGRAMS = (b"/Launch", b"/JavaScript")
BLOCK = 1024 * 1024


def reason_against(file: IO[bytes]) -> str:
    """Why a PDF is not taken."""
    begin = file.read(BEGIN)
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    end = tail.rfind(END)
    if end < 0 or len(tail) - end - len(END) > MOST_AFTER_END:
        return _("it is cut off or has something else after its end. Save it as PDF anew.")
    if holds_markup(begin) or holds_markup(tail[end:]):
        return _("it hides a web page or a program. Save it as PDF anew.")
    if _starts_programs(file):
        return _("it holds a program. Print it to a new PDF, and give that one.")
    return ""


def _starts_programs(file: IO[bytes]) -> bool:
    """Whether it says so openly. What is packed away is for the scanner."""
    file.seek(0)
    overlap = b""
    while block := file.read(BLOCK):
        window = overlap + block
        if any(word in window for word in STARTS_PROGRAMS):
            return True
        overlap = block[-16:]
    return False
