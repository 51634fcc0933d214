"""Words by which a browser takes something for a web page or a program."""

import re

# Not “<?xpacket” and the like, in which cameras and programs write who took a picture.
MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|img|meta|link|style|form|\?php)\b",
    re.IGNORECASE,
)


def holds_markup(content: bytes) -> bool:
    """Whether such a word stands in it, also where each letter takes two bytes."""
    return bool(MARKUP.search(content) or MARKUP.search(content.replace(b"\0", b"")))
