"""Names of files that people give: shown and saved under, never trusted, never a path."""

import unicodedata

LONGEST = 120
# Control marks, and those that turn or hide text, such as the right-to-left override; what has no
# meaning of its own or is no letter at all.
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
# What file systems and shells take for something else.
UNSAFE = frozenset('<>:"|?*%;&$`')


def shown_name(name: str) -> str:
    """The name as it was given, without folders and without what cannot be seen."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(letter for letter in unicodedata.normalize("NFC", last) if _is_plain(letter))
    return " ".join(seen.split())[:LONGEST].strip(". ") or "file"


def safe_name(name: str, extension: str) -> str:
    """The name under which it is kept for people: the ending is the one of its content."""
    shown = shown_name(name)
    stem = shown.rsplit(".", 1)[0] if "." in shown else shown
    return f"{stem[:LONGEST].strip('. ') or 'file'}.{extension}"


def _is_plain(letter: str) -> bool:
    return unicodedata.category(letter) not in UNSEEN and letter not in UNSAFE
