"""Characters that are no text: PostgreSQL, XML and PDF keep none of them, and SQLite should not."""

import re
from urllib.parse import unquote_to_bytes

# Control characters but tabulators, line breaks and what word processors break lines and pages
# with; halves of pairs (surrogates), which no encoding of text has.
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff]")


def no_text_in(text: str) -> str:
    """The first character that is no text, as “U+0000”; empty when all of it is text."""
    found = _NO_TEXT.search(text)
    return f"U+{ord(found.group()):04X}" if found else ""


def is_utf8(quoted: str | bytes) -> bool:
    """Whether what is percent-encoded is UTF-8: Django would quietly replace what is not."""
    try:
        unquote_to_bytes(quoted).decode()
    except UnicodeDecodeError:
        return False
    return True


def shown(name: str) -> str:
    """A name as a sentence can show it, whatever was sent as one."""
    return _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", name)[:100]
