"""Text files: readable as text, and nothing that a browser would run."""

from typing import IO

from django.utils.translation import gettext as _

from appeals.uploads.markup import holds_markup

BLOCK = 1024 * 1024
NO_TEXT = bytes(set(range(0x20)) - set(b"\t\n\r\f"))
PROGRAMS = (b"#!", b"<?", b"<%")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def looks_like_text(head: bytes) -> bool:
    """Whether no byte of it is a control that text does not have."""
    return len(head.translate(None, NO_TEXT)) == len(head)


def reason_against(file: IO[bytes]) -> str:
    """Why a text file is not taken."""
    begin = file.read(BLOCK)
    if begin.removeprefix(BYTE_ORDER_MARK).lstrip().startswith(PROGRAMS):
        return _web_page()
    content = begin + file.read()
    if holds_markup(content):
        return _web_page()
    if not looks_like_text(content):
        return _("it is no plain text. Save it as PDF.")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _("its letters cannot be read. Save it as UTF-8 text, or as PDF.")
    return ""


def _web_page() -> str:
    return _("by its content it is a web page or a program, whatever its name. Save it as PDF.")
